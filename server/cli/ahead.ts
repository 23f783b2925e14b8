import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Opening } from '../workspace/opening.ts';
import type { LinterOptions } from '../workspace/options.ts';
import type { Arguments } from './arguments/arguments.ts';
import { wantsFixes } from './arguments/fixes.ts';
import { startsOf, tsconfigsOf } from './paths.ts';

/**
 * Lets the compiler open what is to be linted while the rules are loaded: nothing where there may be other texts than those
 * on the disk, or where paths are still to be found. What is wrong is told by the run, which meets the same.
 */
export async function openedAhead(
  given: Arguments,
  cwd: string,
  parts: Partial<LinterOptions>,
): Promise<Opening | undefined> {
  const { stdinFilename, printConfig } = given;
  if (wantsFixes(given) || (stdinFilename ?? printConfig ?? parts.overlay) !== undefined) return;
  const paths = startsOf(given, cwd).map((path) => resolve(cwd, path));
  if (!paths.every((path) => existsSync(path))) return;
  try {
    const { openAhead } = await import('../workspace/opening.ts');
    return openAhead({ cwd, ...tsconfigsOf(given, cwd), ...parts }, paths);
  } catch {
    return undefined;
  }
}
