import { readFileSync } from 'node:fs';
import type { Rule } from '#engine';
import { Lines, relativeName } from '../formats/place.ts';

/** Every mistake in config files, a line each, with its place. The checker is loaded only when there is a config. */
export async function tellConfigMistakes(
  files: readonly string[],
  rules: readonly Rule[],
  cwd: string,
): Promise<readonly string[]> {
  if (files.length === 0) return [];
  const { checkConfigs } = await import('../config/check.ts');
  return checkConfigs(files, rules).map(({ file, range, message }) => {
    const { line, column } = new Lines(readFileSync(file, 'utf8')).at(range.start);
    return `${relativeName(cwd, file)}:${line}:${column} ${message}`;
  });
}
