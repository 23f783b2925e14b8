import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { Compiler } from '#program';
import { configNote } from '../../server/workspace/notes.ts';
import { configFor, type StandIn, standInFor } from '../../server/workspace/stand-in.ts';
import { readTsConfig } from '../../server/workspace/tsconfig.ts';
import { type Scratch, scratch } from '../support/scratch.ts';

/** A dependency with types of its own kind: in `@types`, by `main`, and by `exports`. */
const DEPENDENCIES = {
  'node_modules/@types/globe/index.d.ts': 'declare function spin(): Promise<void>;\n',
  'node_modules/old/package.json': '{ "name": "old", "types": "./lib/main.d.ts" }',
  'node_modules/old/lib/main.d.ts': 'export declare function old(): Promise<string>;\n',
  'node_modules/old/lib/deep.d.ts': 'export declare function deep(): Promise<string>;\n',
  'node_modules/closed/package.json':
    '{ "name": "closed", "types": "./lib/main.d.ts", "exports": { ".": "./lib/main.js" } }',
  'node_modules/closed/lib/main.d.ts': 'export declare function main(): Promise<string>;\n',
  'node_modules/closed/lib/deep.d.ts': 'export declare function deep(): Promise<string>;\n',
};

describe('stand-ins for configs', () => {
  let project: Scratch;

  afterEach(() => project.remove());

  const given = (tsconfig: object, files: Readonly<Record<string, string>> = {}): void => {
    project = scratch({ ...DEPENDENCIES, ...files }, JSON.stringify(tsconfig));
  };

  const standIn = (name = 'tsconfig.json') => standInFor(readTsConfig(project.path(name)));

  /** What there is to complain of under a stand-in: in its files, and of its options. */
  const errorsUnder = (made: StandIn | undefined): readonly string[] => {
    assert.ok(made);
    const compiler = new Compiler({ cwd: project.folder });
    try {
      compiler.update({ open: [made.path] });
      const program = compiler.program(made.path);
      assert.ok(program);
      const note = configNote(made.path, program.configErrors(), made);
      const errors = program.rootFiles().flatMap((file) => program.errors(file));
      return [...(note ? [note.message] : []), ...errors.map(({ message }) => message)];
    } finally {
      compiler.dispose();
    }
  };

  it('is not made for a config that TypeScript 7 takes as it is', () => {
    given({ compilerOptions: { module: 'nodenext', target: 'es2022', esModuleInterop: true } });
    assert.equal(standIn(), undefined);
    assert.equal(existsSync(project.path('node_modules/.cache')), false);
  });

  for (const [option, value, told] of [
    ['moduleResolution', 'Node', '`moduleResolution: bundler`'],
    ['moduleResolution', 'node10', '`moduleResolution: bundler`'],
    ['moduleResolution', 'classic', '`moduleResolution: bundler`'],
    ['module', 'AMD', '`module: esnext`'],
    ['module', 'umd', '`module: esnext`'],
    ['module', 'system', '`module: esnext`'],
    ['module', 'none', '`module: esnext`'],
    ['target', 'ES3', '`target: esnext`'],
    ['target', 'es5', '`target: esnext`'],
    ['baseUrl', '.', '`baseUrl` as `paths`'],
    ['esModuleInterop', false, '`esModuleInterop: true`'],
    ['allowSyntheticDefaultImports', false, '`allowSyntheticDefaultImports: true`'],
    ['alwaysStrict', false, '`alwaysStrict: true`'],
    ['downlevelIteration', true, 'no `downlevelIteration`'],
    ['outFile', 'all.js', 'no `outFile`'],
    ['out', 'all.js', 'no `out`'],
    ['charset', 'utf8', 'no `charset`'],
    ['importsNotUsedAsValues', 'error', 'no `importsNotUsedAsValues`'],
    ['keyofStringsOnly', true, 'no `keyofStringsOnly`'],
    ['noImplicitUseStrict', true, 'no `noImplicitUseStrict`'],
    ['noStrictGenericChecks', true, 'no `noStrictGenericChecks`'],
    ['preserveValueImports', true, 'no `preserveValueImports`'],
    ['suppressExcessPropertyErrors', true, 'no `suppressExcessPropertyErrors`'],
    ['suppressImplicitAnyIndexErrors', true, 'no `suppressImplicitAnyIndexErrors`'],
  ] as const) {
    it(`${option}: ${value} is replaced, and told`, () => {
      given(
        { compilerOptions: { [option]: value }, include: ['src'] },
        { 'src/a.ts': "import { old } from 'old';\nexport const x: Promise<string> = old();\n" },
      );
      const made = standIn();
      assert.ok(made);
      assert.ok(made.told.includes(told), made.told.join());
      assert.deepEqual(errorsUnder(made), []);
    });
  }

  it('`baseUrl` goes on resolving, beside `paths` that are relative to it', () => {
    given(
      {
        compilerOptions: { baseUrl: './src', paths: { '@/*': ['shared/*'], '*': ['types/*'] } },
      },
      {
        'src/shared/a.ts': 'export const a = 1;\n',
        'src/types/b.ts': 'export const b = 1;\n',
        'src/c.ts': 'export const c = 1;\n',
        'src/main.ts':
          "import { a } from '@/a';\nimport { b } from 'b';\nimport { c } from 'c';\n" +
          "import { old } from 'old';\nexport const x: [1, 1, 1, Promise<string>] = [a, b, c, old()];\n",
      },
    );
    assert.deepEqual(errorsUnder(standIn()), []);
  });

  it('an option that is inherited counts, and is relative to where it stands', () => {
    given(
      { extends: './base/tsconfig.json' },
      {
        'base/tsconfig.json': '{ "compilerOptions": { "baseUrl": "../src" } }',
        'src/a.ts': 'export const a = 1;\n',
        'main.ts': "import { a } from 'a';\nexport const x: 1 = a;\n",
      },
    );
    assert.deepEqual(errorsUnder(standIn()), []);
  });

  it('what resolved past `exports` goes on resolving', () => {
    given(
      { compilerOptions: { moduleResolution: 'node', module: 'commonjs' } },
      {
        'a.ts':
          "import { deep } from 'closed/lib/deep';\nexport const x: Promise<string> = deep();\n",
      },
    );
    assert.deepEqual(errorsUnder(standIn()), []);
  });

  it('all of @types belong to a project that names none, as they used to', () => {
    given({ compilerOptions: { target: 'es5' } }, { 'a.ts': 'export const x = spin();\n' });
    assert.deepEqual(errorsUnder(standIn()), []);
  });

  it('also when it is only its own TypeScript that is older, of which nobody is told', () => {
    const typescript = (version: string) => ({
      'node_modules/typescript/package.json': JSON.stringify({ version }),
      'a.ts': 'export const x: Promise<void> = spin();\n',
    });
    given({}, typescript('5.9.2'));
    const made = standIn();
    assert.deepEqual(made?.told, []);
    assert.deepEqual(errorsUnder(made), []);
    project.remove();
    given({}, typescript('6.0.1'));
    assert.equal(standIn(), undefined);
    project.remove();
    given({ compilerOptions: { types: [] } }, typescript('5.9.2'));
    assert.equal(standIn(), undefined, 'none named is not the same as none wanted');
  });

  it('holds the same files as the config', () => {
    const files = {
      'a.ts': '',
      'deep/b.ts': '',
      'out/c.ts': '',
      'left/d.ts': '',
      'node_modules/e/f.ts': '',
    };
    const held = (tsconfig: object): readonly string[] => {
      given(tsconfig, files);
      const compiler = new Compiler({ cwd: project.folder });
      const { path } = standIn() ?? { path: '' };
      compiler.update({ open: [path] });
      const names = compiler.program(path)?.rootFiles() ?? [];
      compiler.dispose();
      project.remove();
      return names.map((file) => file.slice(project.folder.length + 1)).sort();
    };
    const old = { target: 'es5' };
    assert.deepEqual(held({ compilerOptions: { ...old, outDir: 'out' } }), [
      'a.ts',
      'deep/b.ts',
      'left/d.ts',
    ]);
    assert.deepEqual(held({ compilerOptions: old, exclude: ['left', 'out/**'] }), [
      'a.ts',
      'deep/b.ts',
    ]);
    assert.deepEqual(held({ compilerOptions: old, include: ['deep'] }), ['deep/b.ts']);
    assert.deepEqual(held({ compilerOptions: old, files: ['left/d.ts'] }), ['left/d.ts']);
    given({}, {});
  });

  it('a jsconfig.json holds JavaScript', () => {
    given({}, { 'js/jsconfig.json': '{ "compilerOptions": { "target": "es5" } }', 'js/a.js': '' });
    const compiler = new Compiler({ cwd: project.folder });
    const { path } = standIn('js/jsconfig.json') ?? { path: '' };
    compiler.update({ open: [path] });
    assert.deepEqual(compiler.program(path)?.rootFiles(), [project.path('js/a.js')]);
    compiler.dispose();
  });

  it('references go on leading from built declarations to source', () => {
    given(
      {
        compilerOptions: { target: 'es5' },
        include: ['app'],
        references: [{ path: './lib' }],
      },
      {
        'lib/package.json': '{ "name": "lib", "types": "dist/index.d.ts" }',
        'lib/tsconfig.json':
          '{ "compilerOptions": { "composite": true, "outDir": "dist", "rootDir": "src" } }',
        'lib/src/index.ts': 'export async function save(): Promise<void> {}\n',
        'app/a.ts':
          "import { save } from '../lib/dist/index';\nexport const x: Promise<void> = save();\n",
      },
    );
    assert.deepEqual(errorsUnder(standIn()), []);
  });

  it('lies beside the dependencies, under a name made of its content', () => {
    given({ compilerOptions: { target: 'es5' } });
    const made = standIn();
    assert.match(
      made?.path ?? '',
      /\/node_modules\/\.cache\/asynclint\/tsconfig\.[0-9a-f]{16}\.json$/,
    );
    assert.equal(standIn()?.path, made?.path);
    const names = readdirSync(project.path('node_modules/.cache/asynclint'));
    assert.equal(names.length, 1, 'no draft is left');
  });

  it('lies in the temporary folder when there is no other place, and types are found all the same', () => {
    const files = { 'a.ts': 'export const x: Promise<void> = spin();\n' };
    given({ compilerOptions: { target: 'es5' } }, files);
    const made = standInFor(readTsConfig(project.path('tsconfig.json')), () => false);
    assert.ok(made?.path.startsWith(tmpdir()), made?.path);
    assert.deepEqual(errorsUnder(made), []);
  });

  it('is made for files without any config, with types', () => {
    given({}, { 'loose/a.ts': 'export const x: Promise<void> = spin();\n' });
    const made = configFor([project.path('loose/a.ts')], project.folder);
    assert.deepEqual(errorsUnder(made), []);
  });
});
