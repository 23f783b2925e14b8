// asynclint-allow-file blocking-chain: the command line has nothing else to do meanwhile.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'jsonc-parser';
import type { Agent } from 'package-manager-detector';
import { detect } from 'package-manager-detector/detect';
import { nearestConfigFile } from '../config/config.ts';
import { isFile } from '../workspace/files.ts';
import { nearest } from '../workspace/nearest.ts';
import { nearestConfig } from '../workspace/tsconfig.ts';

/** What there is round a folder that asynclint is to be set up in. */
export interface Surroundings {
  readonly folder: string;
  /** A config in the folder itself. */
  readonly config: string | undefined;
  /** The config that governs the folder from above. */
  readonly configAbove: string | undefined;
  readonly manifest: string | undefined;
  readonly tsconfig: string | undefined;
  /** The file that makes a folder at or above this one a workspace of several packages. */
  readonly workspace: string | undefined;
  /** Where the schema is, relative to the folder, installed or not. */
  readonly schema: string;
  readonly isInstalled: boolean;
  readonly manager: Agent;
  /** Configs of other linters, in the folder. */
  readonly others: readonly string[];
}

/** Names that other linters look for, those that win first. */
export const OTHER_CONFIGS = [
  ...['js', 'mjs', 'cjs', 'ts', 'mts', 'cts'].map((ending) => `eslint.config.${ending}`),
  ...['js', 'cjs', 'yaml', 'yml', 'json'].map((ending) => `.eslintrc.${ending}`),
  '.eslintrc',
  '.oxlintrc.json',
  '.oxlintrc.jsonc',
  'oxlint.json',
  'biome.json',
  'biome.jsonc',
  '.biome.json',
  '.biome.jsonc',
];

/** Looks round. */
export async function surroundingsOf(folder: string): Promise<Surroundings> {
  const governing = nearestConfigFile(folder);
  const installed = nearest(folder, ['node_modules/asynclint/asynclint.schema.json']);
  const isOwn = governing !== undefined && dirname(governing) === folder;
  return {
    folder,
    config: isOwn ? governing : undefined,
    configAbove: isOwn ? undefined : governing,
    manifest: existing(folder, ['package.json'])[0],
    tsconfig: nearestConfig(folder),
    workspace: workspaceOf(folder),
    schema: installed ?? join(folder, 'node_modules/asynclint/asynclint.schema.json'),
    isInstalled: installed !== undefined,
    manager: (await detect({ cwd: folder }))?.agent ?? 'npm',
    others: existing(folder, OTHER_CONFIGS),
  };
}

/** Absolute names of those that exist. */
function existing(folder: string, names: readonly string[]): readonly string[] {
  return names.map((name) => join(folder, name)).filter(isFile);
}

function workspaceOf(folder: string): string | undefined {
  for (let current = folder; ; current = dirname(current)) {
    const [file] = existing(current, [
      'pnpm-workspace.yaml',
      'nx.json',
      'lerna.json',
      'turbo.json',
    ]);
    if (file !== undefined) return file;
    const manifest = join(current, 'package.json');
    if (isFile(manifest) && 'workspaces' in contentOf(manifest)) return manifest;
    if (dirname(current) === current) return undefined;
  }
}

/** What a JSON file holds; nothing when it is no object. */
export function contentOf(file: string): Readonly<Record<string, unknown>> {
  const content: unknown = parse(readFileSync(file, 'utf8'), [], { allowTrailingComma: true });
  return { ...Object(content) };
}
