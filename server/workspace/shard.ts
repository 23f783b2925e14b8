import { statSync } from 'node:fs';
import type { ProgramFiles } from './options.ts';

/** One part of several that a run is split into; counted from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** What a file costs beside its text. */
const PER_FILE = 1000;

/**
 * The files of one part. Files are laid in a row, project by project, and the row is cut where the parts cost the same: the
 * same files give the same parts everywhere, and a part goes over as few projects as can be.
 */
export function shardOf(
  programs: readonly ProgramFiles[],
  { index, count }: Shard,
): ReadonlySet<string> {
  const row = programs
    .toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
    .flatMap(({ files }) => files.toSorted())
    .map((file) => ({ file, cost: PER_FILE + sizeOf(file) }));
  const all = row.reduce((sum, { cost }) => sum + cost, 0);
  let before = 0;
  const chosen = row.filter(({ cost }) => {
    const middle = before + cost / 2;
    before += cost;
    return Math.floor((middle / all) * count) === index - 1;
  });
  return new Set(chosen.map(({ file }) => file));
}

/** Configs that we make up lie wherever there is room, so that their files name them better. */
function nameOf({ config, files }: ProgramFiles): string {
  return config ?? files.toSorted()[0] ?? '';
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
