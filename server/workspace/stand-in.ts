import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { slashed } from './files.ts';
import { nearest } from './nearest.ts';
import { isWritable, makeFolder, placeFor } from './place.ts';
import { type Replacement, replaceRemoved } from './removed-options.ts';
import type { TsConfig } from './tsconfig.ts';

/** A config of ours that the compiler opens in place of the user's. */
export interface StandIn {
  readonly path: string;
  /** What is different, for people; empty when nothing that the user wrote was overridden. */
  readonly told: readonly string[];
  /** Names of the options that were overridden. */
  readonly overridden: readonly string[];
}

/**
 * Makes a config that extends one which TypeScript 7 would refuse, or whose types it would not find: up to
 * version 5 all of `@types` belonged to a project that named none. Nothing is made when it is fine as it is.
 */
export function standInFor(
  config: TsConfig,
  mayWrite: (folder: string) => boolean = isWritable,
): StandIn | undefined {
  const replacement = replaceRemoved(config);
  const types = wantsAllTypes(config, replacement);
  if (replacement === undefined && !types) return undefined;
  const place = placeFor(config.folder, mayWrite);
  const content = {
    extends: config.path,
    compilerOptions: {
      ...UNCHECKED,
      ...(basename(config.path) === 'jsconfig.json' && JAVASCRIPT),
      ...replacement?.options,
      ...(types && { types: ['*'] }),
      ...(config.options['typeRoots'] === undefined && place.typeRoots),
    },
    ...(config.hasFiles ? {} : everythingIn(config)),
    references: config.references.map((path) => ({ path })),
  };
  const { told = [], overridden = [] } = replacement ?? {};
  return { path: keep(place.folder, content), told, overridden };
}

/** Makes a config for files that no config holds. */
export function configFor(files: readonly string[], folder: string): StandIn {
  const place = placeFor(folder, isWritable);
  const compilerOptions = {
    ...UNCHECKED,
    allowJs: true,
    skipLibCheck: true,
    module: 'preserve',
    target: 'esnext',
    jsx: 'preserve',
    allowImportingTsExtensions: true,
    types: ['*'],
    ...place.typeRoots,
  };
  return { path: keep(place.folder, { compilerOptions, files }), told: [], overridden: [] };
}

/** We only read: nothing is written, so that options about output need not hold. */
const UNCHECKED = {
  noEmit: true,
  composite: false,
  incremental: false,
  tsBuildInfoFile: null,
  rootDir: null,
} as const;

/** What TypeScript itself assumes for a `jsconfig.json`. */
const JAVASCRIPT = { allowJs: true, maxNodeModuleJsDepth: 2, skipLibCheck: true } as const;

function wantsAllTypes(config: TsConfig, replacement: Replacement | undefined): boolean {
  if (config.options['types'] !== undefined) return false;
  return replacement !== undefined || isOlder(config.folder);
}

/** Whether the project's own compiler is older than version 6, the first that includes no types by itself. */
function isOlder(folder: string): boolean {
  const manifest = nearest(folder, ['node_modules/typescript/package.json']);
  if (manifest === undefined) return false;
  const [, major] = /"version":\s*"(\d+)\./.exec(readFileSync(manifest, 'utf8')) ?? [];
  return major !== undefined && Number(major) < 6;
}

/** What a config that names no files holds; said in full, as ours lies in another folder. */
function everythingIn({ folder, exclude }: TsConfig): object {
  return {
    include: [`${folder}/**/*`],
    exclude: exclude.map((pattern) => slashed(resolve(folder, pattern))),
  };
}

/** Writes a config under a name made of its content, unless it is there; half a file is never seen. */
function keep(folder: string, content: object): string {
  const text = `${JSON.stringify(content, undefined, 2)}\n`;
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
  const path = `${folder}/tsconfig.${hash}.json`;
  if (isSame(path, text)) return path;
  makeFolder(folder);
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, path);
  return path;
}

function isSame(path: string, text: string): boolean {
  try {
    return readFileSync(path, 'utf8') === text;
  } catch {
    return false;
  }
}
