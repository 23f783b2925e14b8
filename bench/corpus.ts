import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { constructorTypes } from './corpus/dependencies.ts';
import { createDice } from './corpus/dice.ts';
import { createEntities, type Entity, entityCount } from './corpus/domain.ts';
import { ImportTable } from './corpus/imports.ts';
import { kinds } from './corpus/kinds/index.ts';
import { type Plant, type Planted, plant, type SourceFile } from './corpus/plants.ts';

/** A generated code base on disk. */
export interface Corpus {
  readonly folder: string;
  readonly files: number;
  readonly lines: number;
  /** Where promises float, in paths relative to the folder; nowhere else. */
  readonly plants: readonly Plant[];
}

const kernelFolder = join(import.meta.dirname, 'corpus', 'kernel');
const corporaFolder = join(import.meta.dirname, '.corpora');

const compilerOptions = {
  target: 'es2024',
  lib: ['es2024'],
  module: 'nodenext',
  types: ['node'],
  rootDir: 'src',
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noImplicitOverride: true,
  noUnusedLocals: true,
  verbatimModuleSyntax: true,
  allowImportingTsExtensions: true,
  noEmit: true,
  skipLibCheck: true,
};

/** Writes a service code base of so many TypeScript files; the same size gives the same files. */
export function writeCorpus(size: number): Corpus {
  const folder = join(corporaFolder, `service-${size}`);
  const { files, plants } = createCorpus(size);
  rmSync(folder, { recursive: true, force: true });
  const settings = [
    { path: 'package.json', text: JSON.stringify({ private: true, type: 'module' }) },
    {
      path: 'tsconfig.json',
      text: JSON.stringify({ compilerOptions, include: ['src'] }, undefined, 2),
    },
    { path: 'planted.json', text: JSON.stringify(plants, undefined, 1) },
  ];
  for (const { path, text } of [...settings, ...files]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  // Peers stop looking for ignore files at the root of a repository; ours lists `.corpora`.
  mkdirSync(join(folder, '.git'));
  const lines = files.reduce((sum, { text }) => sum + text.split('\n').length - 1, 0);
  return { folder, files: files.length, lines, plants };
}

/** The files and the places where promises float: one for every ten files. */
export function createCorpus(size: number): Planted {
  const kernel = readKernel();
  const least = kernel.length + 1;
  const most = least + entityCount * (Object.keys(kinds).length + 1);
  if (size < least || size > most) throw new RangeError(`A corpus has ${least} to ${most} files.`);
  return plant([...kernel, ...writeEntities(kernel, size - kernel.length)], Math.round(size / 10));
}

function readKernel(): SourceFile[] {
  const names = readdirSync(kernelFolder).sort();
  return names.map((name) => ({
    path: `src/kernel/${name}`,
    text: readFileSync(join(kernelFolder, name), 'utf8'),
  }));
}

function writeEntities(kernel: readonly SourceFile[], count: number): SourceFile[] {
  const table = new ImportTable();
  for (const { path, text } of kernel) table.learn(path, text);
  const constructors = new Map<string, readonly string[]>();
  const files: SourceFile[] = [];
  for (const { path, body } of bodies(constructors)) {
    if (files.length === count - 1) break;
    const file = { path, text: table.complete(path, body) };
    table.learn(path, body);
    for (const [name, types] of constructorTypes(file.text)) constructors.set(name, types);
    files.push(file);
  }
  const path = 'src/main.ts';
  return [...files, { path, text: table.complete(path, mainBody(files)) }];
}

/** Lazy, because a module file needs the constructors of the files before it. */
function* bodies(
  constructors: ReadonlyMap<string, readonly string[]>,
): Generator<{ readonly path: string; readonly body: string }> {
  for (const entity of createEntities(entityCount)) {
    for (const [name, kind] of Object.entries(kinds)) {
      const path = `src/${entity.folder}/${name}.ts`;
      yield { path, body: kind(entity, createDice(path), constructors) };
    }
    yield { path: `src/${entity.folder}/index.ts`, body: barrel(entity) };
  }
}

function barrel({ many }: Entity): string {
  const lines = Object.keys(kinds).map((name) => `export * from './${name}.ts';`);
  return [`/** Everything about ${many}. */`, ...lines].join('\n');
}

function mainBody(files: readonly SourceFile[]): string {
  const installers = files.flatMap(
    ({ text }) => /^export function (install\w+)/m.exec(text)?.[1] ?? [],
  );
  return `/** The modules, in the order in which they start. */
const installers = [
${installers.map((name) => `  ${name},`).join('\n')}
] as const;

/** Starts every module and resolves when the signal has ended them all. */
export async function run(platform: Platform, signal: AbortSignal): Promise<void> {
  const modules = installers.map((install) => install(platform));
  const background = modules.flatMap((module) => module.background);
  await Promise.all(background.map((part) => part.start(signal)));
  platform.logger.info('running', { modules: modules.length });
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  await Promise.all(modules.map((module) => module.stop()));
}`;
}
