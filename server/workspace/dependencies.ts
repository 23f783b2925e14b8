import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'jsonc-parser';
import { nearest, nearestModules } from './nearest.ts';

/** Tells that a project's dependencies are not installed, in one sentence with the way out; nothing when they are. */
export function missingDependencies(file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  const manifest = nearest(dirname(file), ['package.json']);
  if (manifest === undefined || !wantsDependencies(manifest)) return undefined;
  const folder = dirname(manifest);
  if (nearestModules(folder) !== undefined) return undefined;
  if (existsSync(join(folder, '.pnp.cjs'))) return undefined;
  return `The dependencies of ${folder} are not installed: what needs their types is not reported until they are.`;
}

function wantsDependencies(manifest: string): boolean {
  const content: unknown = parse(readFileSync(manifest, 'utf8'));
  const { dependencies, devDependencies } = { ...Object(content) };
  return [dependencies, devDependencies].some(
    (list) => Object.keys({ ...Object(list) }).length > 0,
  );
}
