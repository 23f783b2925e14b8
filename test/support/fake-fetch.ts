/** A service that answers `fetch` in the tests: what it is asked, when, and how much at once. */
import { mock } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';

/** One kind of request: paths that begin so are answered like this. */
export interface Answer {
  readonly after: number;
  /** Sent as JSON; left out, the request fails. */
  readonly with?: unknown;
}

/** What was asked. */
export interface Service {
  /** `GET /users/1`, in the order in which requests arrived. */
  readonly asked: readonly string[];
  /** Requests that were answered or refused. */
  readonly ended: readonly string[];
  /** The most requests that were under way at once. */
  readonly peak: number;
}

/** Runs work while `fetch` is answered by the first kind of request that matches: `{ '/users': … }`. */
export async function served<T>(
  answers: Readonly<Record<string, Answer>>,
  work: (service: Service) => Promise<T>,
): Promise<T> {
  const service = { asked: [] as string[], ended: [] as string[], peak: 0 };
  const fake = mock.method(globalThis, 'fetch', async (url: string, init?: RequestInit) => {
    const { pathname, search } = new URL(url);
    const request = `${init?.method ?? 'GET'} ${pathname}${search}`;
    service.asked.push(request);
    service.peak = Math.max(service.peak, service.asked.length - service.ended.length);
    const [, answer] = Object.entries(answers).find(([path]) => pathname.startsWith(path)) ?? [];
    await pause(answer?.after ?? 0);
    service.ended.push(request);
    if (answer?.with === undefined) throw new Error(`${request} failed`);
    return Object.assign(new Response(), { text: async () => JSON.stringify(answer.with) });
  });
  try {
    return await work(service);
  } finally {
    fake.mock.restore();
  }
}
