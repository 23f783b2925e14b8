import { type Channel, Pipeline } from './pipeline.ts';

/** The client's way of asking. Internals of the pinned version. */
export interface Requests {
  readonly channel: Channel & {
    readonly child: {
      once(event: 'exit', heard: () => void): unknown;
      kill(signal: 'SIGKILL'): boolean;
    };
    requestBinarySync(method: string, payload: string): Buffer;
  };
  close(): void;
  apiRequest(method: string, params: unknown): unknown;
  apiRequestBinary(method: string, params: unknown): unknown;
}

/** Makes the client ask through a pipeline. */
export function askAhead(requests: Requests, patience: number | undefined): Pipeline {
  const { channel } = requests;
  const pipeline = new Pipeline(channel, patience);
  const ask = (method: string, params: unknown): Buffer => {
    const payload = JSON.stringify(params);
    return pipeline.request(method, payload, () => channel.requestBinarySync(method, payload));
  };
  requests.apiRequest = (method, params) => {
    const bytes = ask(method, params);
    return bytes.length === 0 ? undefined : JSON.parse(bytes.toString('utf8'));
  };
  requests.apiRequestBinary = (method, params) => {
    const bytes = ask(method, params);
    return bytes.length === 0 ? undefined : bytes;
  };
  return pipeline;
}

/** Whether the client is as it was in the pinned version, as far as its way of asking goes. */
export function isRequests(value: unknown): value is Requests {
  return (
    typeof value === 'object' &&
    value !== null &&
    'apiRequest' in value &&
    'apiRequestBinary' in value &&
    'channel' in value &&
    typeof value.channel === 'object' &&
    value.channel !== null &&
    'child' in value.channel
  );
}

/** Whether an error says that nothing can be asked any more. */
export function isBrokenChannel(error: unknown): boolean {
  return error instanceof Error && /EPIPE|EOF|EBADF|Expected|closed/.test(error.message);
}
