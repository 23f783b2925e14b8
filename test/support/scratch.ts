/** A project made up for one test: files in a folder of their own, gone afterwards. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const TYPES = fileURLToPath(new URL('../../node_modules/@types', import.meta.url));

/** A tsconfig as a new project has it, Node's types included. */
export const TSCONFIG = JSON.stringify({
  compilerOptions: {
    target: 'esnext',
    module: 'esnext',
    moduleResolution: 'bundler',
    moduleDetection: 'force',
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ['node'],
    typeRoots: [TYPES],
  },
});

/** Where the files of a made-up project are. */
export interface Scratch {
  readonly folder: string;
  path(name: string): string;
  write(name: string, text: string): string;
  remove(): void;
}

/** Writes files by relative name, and a tsconfig if one is given. */
export function scratch(files: Readonly<Record<string, string>>, tsconfig?: string): Scratch {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'asynclint-test-')));
  const path = (name: string) => join(folder, name);
  const write = (name: string, text: string) => {
    mkdirSync(dirname(path(name)), { recursive: true });
    writeFileSync(path(name), text);
    return path(name);
  };
  if (tsconfig !== undefined) write('tsconfig.json', tsconfig);
  for (const [name, text] of Object.entries(files)) write(name, text);
  return { folder, path, write, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
