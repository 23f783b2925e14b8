import { InvalidArgumentError } from 'commander';
import type { Shard } from '#workspace/shard.ts';

export type { Shard };

/** Reads which part of how many. */
export function parseShard(value: string): Shard {
  const [, index = 0, count = 0] = /^(\d+)\/(\d+)$/.exec(value)?.map(Number) ?? [];
  if (index < 1 || index > count) {
    throw new InvalidArgumentError('Write <i>/<n>, such as 1/4 for the first of four parts.');
  }
  return { index, count };
}
