import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compilerVersion } from '#program/executable.ts';
import { proofOf } from '../workspace/cache/marks.ts';
import type { LinterOptions } from '../workspace/options.ts';
import { placeFor } from '../workspace/place.ts';
import type { Arguments } from './arguments/arguments.ts';
import type { Terminal } from './terminal.ts';

/** Options that change what is done with a report, and not what is found; every other is part of the key. */
const BESIDE = new Set<string>([
  'baseline',
  'cache',
  'cacheLocation',
  'color',
  'format',
  'maxWarnings',
  'output',
  'quiet',
  'stats',
]);

/** Options under which files are written, or are not what is on the disk, or git is asked, or more is told than is kept. */
const CHANGING = [
  'fix',
  'fixSuggested',
  'fixOnly',
  'diff',
  'stdinFilename',
  'printConfig',
  'since',
  'suppressed',
] as const;

/** Whether a run may take over what an earlier one found. */
export function isCacheable(given: Arguments): boolean {
  return given.cache && CHANGING.every((name) => !isSet(Reflect.get(given, name)));
}

/** Stands for all that a run is told; what it reads is not part of it. */
export function cacheKey(
  given: Arguments,
  paths: readonly string[],
  { cwd, version }: Terminal,
  { rules, executable }: Partial<LinterOptions>,
): string {
  const told = Object.entries(given).filter(([name]) => !BESIDE.has(name));
  const key = [
    version,
    build(),
    compilerVersion(executable),
    process.platform,
    cwd,
    paths,
    Object.fromEntries(told.sort(([a], [b]) => (a < b ? -1 : 1))),
    rules?.map(({ id }) => id),
  ];
  return Buffer.from(proofOf(JSON.stringify(key)), 'base64url')
    .toString('hex')
    .slice(0, 32);
}

/** Where results are kept: where the user says, else beside the dependencies. */
export function cacheLocation({ cacheLocation: chosen }: Arguments, cwd: string): string {
  return chosen === undefined ? join(placeFor(cwd).folder, 'runs') : resolve(cwd, chosen);
}

/** Tells one build from another with the same version. */
function build(): string {
  const bundle = fileURLToPath(new URL('command.cjs', import.meta.url));
  return existsSync(bundle) ? proofOf(readFileSync(bundle)) : '';
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);
}
