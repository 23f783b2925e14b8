import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseTsconfig } from 'get-tsconfig';
import { parse } from 'jsonc-parser';
import { isFile, slashed } from './files.ts';
import { configAt, nearest } from './nearest.ts';

/** A compiler config as far as we read it ourselves, those that it extends merged in. */
export interface TsConfig {
  /** Absolute, with forward slashes. */
  readonly path: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** Folder that `paths` without a `baseUrl` are relative to. */
  readonly folder: string;
  /** Absolute names of the configs that it refers to; those that do not exist are left out. */
  readonly references: readonly string[];
  /** Whether it says itself which files it holds. */
  readonly hasFiles: boolean;
  /** Patterns of what it leaves out, its own output included. */
  readonly exclude: readonly string[];
}

/** The parts of a config's content that matter to us. */
interface Content {
  readonly compilerOptions?: object;
  readonly references?: readonly { readonly path: string }[];
  readonly files?: unknown;
  readonly include?: unknown;
  readonly exclude?: unknown;
}

/** Reads a config and what it extends. Of a broken one, what can be read: the compiler says what is wrong. */
export function readTsConfig(path: string): TsConfig {
  const content = contentOf(path);
  const folder = dirname(path);
  const targets = (content.references ?? []).map((reference) => resolve(folder, reference.path));
  return {
    path,
    folder,
    options: { ...content.compilerOptions },
    references: targets.map(configAt).filter(isFile),
    hasFiles: content.files !== undefined || content.include !== undefined,
    exclude: Array.isArray(content.exclude) ? content.exclude.map(String) : [],
  };
}

/** The files that a config is made of: itself and, however far, those that it extends. */
export function configsReadFor(path: string): readonly string[] {
  const seen = new Map<string, string>();
  try {
    parseTsconfig(path, seen);
  } catch {
    // What could be read counts; that a base is missing is seen where it was looked for.
  }
  const reads = [...seen.keys()].map((key) => /:((?:\/|[A-Za-z]:).*?)(?::utf-?8)?$/.exec(key)?.[1]);
  return [path, ...reads.flatMap((file) => (file === undefined ? [] : slashed(file)))];
}

/** The nearest config at or above a folder. */
export function nearestConfig(folder: string): string | undefined {
  return nearest(folder, ['tsconfig.json', 'jsconfig.json']);
}

function contentOf(path: string): Content {
  try {
    return parseTsconfig(path);
  } catch {
    // What it extends is missing, or it is no valid JSON.
    const content: unknown = parse(readFileSync(path, 'utf8'));
    return isContent(content) ? content : {};
  }
}

function isContent(value: unknown): value is Content {
  if (typeof value !== 'object' || value === null) return false;
  if ('compilerOptions' in value && typeof value.compilerOptions !== 'object') return false;
  return (
    !('references' in value) ||
    (Array.isArray(value.references) && value.references.every(isReference))
  );
}

function isReference(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && 'path' in value && typeof value.path === 'string'
  );
}
