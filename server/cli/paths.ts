import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageMistake } from '../workspace/project.ts';

/**
 * Absolute names of what the command line names, globs expanded.
 * @throws {UsageMistake} when there is no such thing.
 */
export async function expandPaths(
  paths: readonly string[],
  cwd: string,
): Promise<readonly string[]> {
  const expanded: string[] = [];
  for (const path of paths) {
    const name = resolve(cwd, path);
    if (existsSync(name)) expanded.push(name);
    else if (/[*?{[]/.test(path)) expanded.push(...(await matching(path, cwd)));
    else throw new UsageMistake(`There is no file or folder \`${path}\`.`);
  }
  return expanded;
}

async function matching(pattern: string, cwd: string): Promise<readonly string[]> {
  const { glob } = await import('tinyglobby');
  const { isSource } = await import('../workspace/files.ts');
  const found = await glob(pattern, { cwd, absolute: true, ignore: ['**/node_modules/**'] });
  const sources = found.filter(isSource).sort();
  if (sources.length > 0) return sources;
  throw new UsageMistake(`No TypeScript or JavaScript file matches \`${pattern}\`.`);
}
