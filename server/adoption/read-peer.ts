/** Reads configs of other linters, by their names. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { type ParseError, parse as parseJsonc } from 'jsonc-parser';
import type { Source } from '#program';
import { UsageMistake } from '../workspace/project.ts';
import { biomeConfig } from './biome.ts';
import { flatConfig } from './eslint-flat.ts';
import { eslintrcConfig } from './eslintrc.ts';
import { oxlintConfig } from './oxlintrc.ts';
import type { PeerConfig } from './peer-config.ts';
import { exportedValue } from './static-value.ts';

/** How code is looked at. */
export interface Reading {
  /** Parses a file, and does something with its tree. */
  parse<T>(file: string, use: (source: Source) => T): T;
  /** Whether an ESLint config may be run. */
  readonly run: boolean;
}

/**
 * Reads one config.
 * @throws {UsageMistake} when nobody knows what it is, or it cannot be read.
 */
export async function readPeer(file: string, reading: Reading): Promise<PeerConfig> {
  const name = basename(file);
  const readBase = (from: string) => (base: string) =>
    baseOf(resolve(dirname(from), base), reading);
  if (/^eslint\.config\./.test(name)) {
    const exported = reading.run
      ? await exportsOf(file)
      : reading.parse(file, (source) => exportedValue(source));
    return flatConfig(exported, name);
  }
  if (/^\.eslintrc/.test(name)) {
    const content =
      reading.run && isCode(file) ? await exportsOf(file) : await contentOf(file, reading);
    return eslintrcConfig(content, name, readBase(file));
  }
  if (/^\.?oxlint/.test(name)) return oxlintConfig(await contentOf(file, reading), readBase(file));
  if (/^\.?biome\.jsonc?$/.test(name)) {
    return biomeConfig(await contentOf(file, reading), readBase(file));
  }
  throw new UsageMistake(
    `Nobody knows how to read \`${name}\`: name eslint.config.*, .eslintrc*, .oxlintrc.json or biome.json.`,
  );
}

function isCode(file: string): boolean {
  return /\.[cm]?[jt]s$/.test(file);
}

async function contentOf(file: string, reading: Reading): Promise<unknown> {
  if (isCode(file)) return reading.parse(file, (source) => exportedValue(source));
  const text = await readFile(file, 'utf8');
  if (!/ya?ml$/.test(extname(file)) && /^\s*(\/[/*]|\{)/.test(text)) return parseJson(file, text);
  const { parse } = await import('yaml');
  try {
    return parse(text);
  } catch (error) {
    throw new UsageMistake(`\`${basename(file)}\` cannot be read: ${messageOf(error)}`);
  }
}

function parseJson(file: string, text: string): unknown {
  const errors: ParseError[] = [];
  const content: unknown = parseJsonc(text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first === undefined) return content;
  const line = text.slice(0, first.offset).split('\n').length;
  throw new UsageMistake(`\`${basename(file)}\` cannot be read: line ${line} is no JSON.`);
}

/** What a config builds on; nothing when it is not there or is written in a way that bases seldom are. */
function baseOf(path: string, reading: Reading): unknown {
  const file = [path, `${path}.json`, `${path}.js`].find((one) => existsSync(one));
  if (file === undefined) return undefined;
  if (isCode(file)) return reading.parse(file, (source) => exportedValue(source));
  try {
    return parseJson(file, readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Milliseconds that a config may take to load. */
const PATIENCE = 60_000;

/** Prints what a config exports, apart from what plugins are made of. */
const PRINT = `
const { default: exported } = await import(process.argv[1]);
const plain = (key, value) => {
  if (key === 'plugins' || key === 'languageOptions' || key === 'settings') return undefined;
  return typeof value === 'function' ? undefined : value;
};
process.stdout.write('\\n\\0' + JSON.stringify(await exported, plain));
`;

/** Runs a config in a process of its own. */
async function exportsOf(file: string): Promise<unknown> {
  const argv = ['--input-type=module', '--eval', PRINT, pathToFileURL(file).href];
  const limits = { cwd: dirname(file), timeout: PATIENCE, maxBuffer: 1 << 26 };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, argv, limits);
    return JSON.parse(stdout.slice(stdout.lastIndexOf('\n\0') + 2));
  } catch (error) {
    const reason = /^\w*Error.*$/m.exec(String(Object(error).stderr))?.[0] ?? messageOf(error);
    throw new UsageMistake(`\`${basename(file)}\` failed when it was run: ${reason}`);
  }
}

function messageOf(error: unknown): string {
  const { message } = { ...Object(error), message: Object(error).message ?? String(error) };
  return String(message).split('\n', 1)[0] ?? '';
}
