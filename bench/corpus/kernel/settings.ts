import { existsSync, readFileSync } from 'node:fs';
import { InvalidFailure } from './failures.ts';
import type { Schema } from './schema.ts';

/** Text settings by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads settings once, at start: the file first, then the environment on top. */
export function loadSettings<Output>(
  schema: Schema<Output>,
  path: string,
  environment: Environment = process.env,
): Output {
  const fromFile: unknown = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
  const merged = typeof fromFile === 'object' ? { ...fromFile, ...environment } : environment;
  const result = schema.parse(merged);
  if (!result.ok) {
    const problems = result.failure.map(({ path: at, message }) => `${at}: ${message}`);
    throw new InvalidFailure(`Settings are wrong: ${problems.join('; ')}.`);
  }
  return result.value;
}

/** Reads `a=1, b=2` into a map. */
export function parsePairs(source: string): Map<string, string> {
  const pairs = new Map<string, string>();
  for (const part of source.split(',')) {
    const [name = '', value = ''] = part.split('=').map((word) => word.trim());
    if (name !== '') pairs.set(name, value);
  }
  return pairs;
}
