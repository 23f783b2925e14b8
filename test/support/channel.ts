import type { Channel } from '../../rules/program/pipeline.ts';

/** A channel to nobody: nothing is written or read. */
export function silentChannel() {
  return {
    child: { pid: 0 },
    readFd: -1,
    writeFd: -1,
    readBuf: Buffer.alloc(0),
    readBufPos: 0,
    readBufLen: 0,
    writeAllBuf: () => undefined,
    _msgType: 0,
    _msgPayload: Buffer.from('answer'),
    getMethodBuf: (method: string) => Buffer.from(method),
    writeTuple: () => undefined,
    readTuple: () => undefined,
  } satisfies Channel;
}
