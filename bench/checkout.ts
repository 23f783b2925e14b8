import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';

/** A code base that tools are run on. */
export interface Checkout {
  readonly name: string;
  readonly folder: string;
  /** What linters are told to lint, relative to the folder. */
  readonly paths: readonly string[];
  /** The tsconfig to use, relative to the folder; otherwise each tool looks for its own. */
  readonly project?: string;
  /** Whether it is known to compile; then a compile error means that something is wrong. */
  readonly isSound: boolean;
}

/** The JavaScript that starts TypeScript 7. */
export const compilerScript: string = join(
  import.meta.dirname,
  '..',
  'node_modules',
  'typescript',
  'bin',
  'tsc',
);

/**
 * Somebody's checkout. Linters differ in which files they pick from a folder, so they are given the
 * same list: the sources of the tsconfig's program that lie in the folder.
 */
export function openCheckout(path: string, project?: string): Checkout {
  const folder = resolve(path);
  const config = project ?? 'tsconfig.json';
  if (!existsSync(join(folder, config))) throw new Error(`There is no ${join(folder, config)}.`);
  const paths = listSources(folder, config);
  return {
    name: basename(folder),
    folder,
    // A solution's tsconfig has no files of its own: then every tool must choose by itself.
    paths: paths.length === 0 ? ['.'] : paths,
    ...(project && { project }),
    isSound: false,
  };
}

function listSources(folder: string, config: string): string[] {
  const args = [compilerScript, '--listFilesOnly', '--project', config];
  const output = listing(folder, args);
  const files = output.split('\n').filter((line) => line.startsWith(folder + sep));
  return files
    .map((file) => relative(folder, file))
    .filter(
      (file) => /(?<!\.d)\.[mc]?tsx?$/.test(file) && !file.split(sep).includes('node_modules'),
    );
}

/** The list is printed even where the options are wrong, but then the compiler leaves with an error. */
function listing(folder: string, args: readonly string[]): string {
  try {
    return execFileSync(process.execPath, args, {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    });
  } catch (error) {
    if (error instanceof Error && 'stdout' in error) return String(error.stdout);
    throw error;
  }
}
