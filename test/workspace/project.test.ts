import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { createLinter } from '../../server/workspace/linter.ts';
import type { LinterOptions } from '../../server/workspace/options.ts';
import { UsageMistake } from '../../server/workspace/project.ts';
import { type Scratch, scratch } from '../support/scratch.ts';
import { toyRules } from '../support/toy-rules.ts';

const SHOUT = 'declare function shout(): void;\nshout();\n';

describe('projects', () => {
  let project: Scratch;

  afterEach(() => project.remove());

  /** Writes files: texts as they are, objects as JSON. */
  const given = (files: Readonly<Record<string, string | object>>): void => {
    const texts = Object.entries(files).map(([name, content]) => [
      name,
      typeof content === 'string' ? content : JSON.stringify(content),
    ]);
    project = scratch(Object.fromEntries(texts));
  };

  /** Short names of the files that are linted when paths are named. */
  const linted = (
    names: readonly string[] = ['.'],
    options: Partial<LinterOptions> = {},
  ): readonly string[] => {
    const linter = createLinter({ cwd: project.folder, rules: toyRules, ...options });
    try {
      const { files, findings } = linter.lint(
        names.map((name) => (name === '.' ? project.folder : project.path(name))),
      );
      assert.equal(
        new Set(findings.map(({ file, range }) => `${file} ${range.start}`)).size,
        findings.length,
        'nothing is reported twice',
      );
      return files.map((file) => file.slice(project.folder.length + 1));
    } finally {
      linter.dispose();
    }
  };

  it('a folder: what its tsconfig includes, and what that imports', () => {
    given({
      'tsconfig.json': { files: ['a.ts'] },
      'a.ts': "import './b';\n",
      'b.ts': SHOUT,
      'c.ts': SHOUT,
    });
    assert.deepEqual(linted(), ['a.ts', 'b.ts']);
  });

  it('a folder inside a project: the part of the project that lies in it', () => {
    given({ 'tsconfig.json': {}, 'src/a.ts': SHOUT, 'src/deep/b.ts': SHOUT, 'test/c.ts': SHOUT });
    assert.deepEqual(linted(['src']), ['src/a.ts', 'src/deep/b.ts']);
  });

  it('a folder inside another that is named as well is linted once', () => {
    given({ 'tsconfig.json': {}, 'src/a.ts': SHOUT, 'src/deep/b.ts': SHOUT });
    assert.deepEqual(linted(['.', 'src/deep']), ['src/a.ts', 'src/deep/b.ts']);
  });

  it('a folder of projects: all of them', () => {
    given({
      'one/tsconfig.json': {},
      'one/a.ts': SHOUT,
      'two/jsconfig.json': {},
      'two/b.js': SHOUT,
      'loose.ts': SHOUT,
    });
    assert.deepEqual(linted(), ['one/a.ts', 'two/b.js']);
  });

  it('a file in several projects is linted once, by the nearest', () => {
    given({
      'tsconfig.json': {},
      'asynclint.json': { rules: { shouting: 'warning' } },
      'part/tsconfig.json': {},
      'part/asynclint.json': { rules: { shouting: 'error' } },
      'part/a.ts': SHOUT,
      'b.ts': SHOUT,
    });
    assert.deepEqual(linted(), ['b.ts', 'part/a.ts']);
    const linter = createLinter({ cwd: project.folder, rules: toyRules });
    const { findings } = linter.lint([project.folder]);
    linter.dispose();
    assert.deepEqual(
      findings.map(({ severity }) => severity),
      ['warning', 'error'],
    );
  });

  it('a file belongs to the config above it, also when a deeper one elsewhere includes it', () => {
    given({
      'tsconfig.json': { files: ['src/a.ts'] },
      'asynclint.json': { rules: { shouting: 'warning' } },
      'test/tsconfig.json': { include: ['.', '../src'] },
      'test/asynclint.json': { rules: { shouting: 'error' } },
      'src/a.ts': `import './b';\n${SHOUT}`,
      'src/b.ts': SHOUT,
      'test/c.ts': SHOUT,
    });
    const linter = createLinter({ cwd: project.folder, rules: toyRules });
    const { findings } = linter.lint([project.folder]);
    linter.dispose();
    const found = findings.map(({ file, severity }) => `${file.split('/').at(-1)} ${severity}`);
    assert.deepEqual(found, ['a.ts warning', 'b.ts warning', 'c.ts error']);
  });

  it('references are followed, from solutions and others, however deep, in circles too', () => {
    given({
      'tsconfig.json': { files: [], references: [{ path: 'app' }, { path: 'gone' }] },
      'app/tsconfig.json': {
        compilerOptions: { composite: true },
        references: [{ path: '../lib/tsconfig.build.json' }],
      },
      'app/a.ts': SHOUT,
      'lib/tsconfig.build.json': {
        compilerOptions: { composite: true },
        references: [{ path: '../app' }],
      },
      'lib/b.ts': SHOUT,
    });
    assert.deepEqual(linted(), ['app/a.ts', 'lib/b.ts']);
    assert.deepEqual(linted(['lib/b.ts']), ['lib/b.ts']);
  });

  it('a file that the nearest config does not hold belongs to the one above that does', () => {
    given({
      'tsconfig.json': { include: ['pack/tool.ts'] },
      'pack/tsconfig.json': { include: ['src'] },
      'pack/src/a.ts': SHOUT,
      'pack/tool.ts': SHOUT,
    });
    assert.deepEqual(linted(['pack/tool.ts']), ['pack/tool.ts']);
  });

  it('a file that no config holds is linted all the same when it is named', () => {
    given({ 'tsconfig.json': { include: ['src'] }, 'src/a.ts': SHOUT, 'tool.js': SHOUT });
    assert.deepEqual(linted(), ['src/a.ts']);
    assert.deepEqual(linted(['tool.js']), ['tool.js']);
    assert.deepEqual(linted(['tool.js', 'src/a.ts']), ['src/a.ts', 'tool.js']);
  });

  it('a folder without any config: all its TypeScript and JavaScript', () => {
    given({
      'a.ts': SHOUT,
      'b.js': SHOUT,
      'c.cjs': SHOUT,
      'd.mjs': SHOUT,
      'e.tsx': SHOUT,
      'f.jsx': SHOUT,
      'g.mts': SHOUT,
      'h.cts': SHOUT,
      'i.d.ts': 'declare const i: 1;',
      'j.min.js': SHOUT,
      'bundle.js': SHOUT + '/* */'.repeat(200_000),
      'node_modules/k/index.js': SHOUT,
      '.hidden/l.js': SHOUT,
    });
    const names = ['a.ts', 'b.js', 'c.cjs', 'd.mjs', 'e.tsx', 'f.jsx', 'g.mts', 'h.cts'];
    assert.deepEqual(linted(), names);
  });

  it('a folder that the config above leaves out is linted by itself', () => {
    given({ 'tsconfig.json': { include: ['src'] }, 'src/a.ts': SHOUT, 'tools/b.js': SHOUT });
    assert.deepEqual(linted(['tools']), ['tools/b.js']);
  });

  it('a folder whose own configs hold nothing is linted without them', () => {
    given({ 'tsconfig.json': { files: [] }, 'a.js': SHOUT, 'b.ts': SHOUT });
    assert.deepEqual(linted(), ['a.js', 'b.ts']);
  });

  it('what is to be said of many configs is said once', () => {
    const tsconfig = { compilerOptions: { target: 'es5' } };
    given({
      'a/tsconfig.json': tsconfig,
      'b/tsconfig.json': tsconfig,
      'c/tsconfig.json': tsconfig,
      'a/a.ts': '',
      'b/b.ts': '',
      'c/c.ts': '',
    });
    const linter = createLinter({ cwd: project.folder, rules: toyRules });
    const { notes } = linter.lint([project.folder]);
    linter.dispose();
    assert.equal(notes.length, 1);
    assert.match(notes[0]?.message ?? '', /`target: esnext`\. The same goes for 2 other files\.$/);
  });

  it('.gitignore is honoured, at every depth, in projects and outside', () => {
    given({
      '.gitignore': 'build/\n*.gen.ts\n!kept.gen.ts\n',
      'tsconfig.json': {},
      'a.ts': SHOUT,
      'b.gen.ts': SHOUT,
      'kept.gen.ts': SHOUT,
      'build/c.ts': SHOUT,
      'deep/.gitignore': '/d.ts\n!wanted.gen.ts\n',
      'deep/d.ts': SHOUT,
      'deep/e.ts': SHOUT,
      'deep/wanted.gen.ts': SHOUT,
      'build/tsconfig.json': {},
    });
    mkdirSync(project.path('.git'));
    assert.deepEqual(linted(), ['a.ts', 'deep/e.ts', 'deep/wanted.gen.ts', 'kept.gen.ts']);
    assert.deepEqual(linted(['b.gen.ts']), ['b.gen.ts'], 'who names a file means it');
    assert.deepEqual(linted(['build']), ['build/c.ts'], 'who names a folder means it');
  });

  it('patterns above the folder count up to the root of the repository', () => {
    given({
      '.gitignore': '*.ts\n',
      'repo/.gitignore': 'b.js\n',
      'repo/pack/a.ts': SHOUT,
      'repo/pack/b.js': SHOUT,
    });
    mkdirSync(project.path('repo/.git'));
    assert.deepEqual(linted(['repo/pack']), ['repo/pack/a.ts']);
  });

  it('one tsconfig instead of all others', () => {
    given({
      'tsconfig.json': {},
      'tsconfig.part.json': { files: ['a.ts'] },
      'a.ts': SHOUT,
      'b.ts': SHOUT,
    });
    assert.deepEqual(linted(['.'], { tsconfigs: [project.path('tsconfig.part.json')] }), ['a.ts']);
    assert.throws(() => linted(['.'], { tsconfigs: [project.path('gone.json')] }), UsageMistake);
  });

  it('a folder named tsconfig.json is no config', () => {
    given({ 'tsconfig.json/b.ts': SHOUT, 'a.ts': SHOUT });
    assert.deepEqual(linted(), ['a.ts', 'tsconfig.json/b.ts']);
    assert.deepEqual(linted(['tsconfig.json']), ['tsconfig.json/b.ts']);
    assert.deepEqual(linted(['a.ts']), ['a.ts']);
    assert.throws(() => linted(['.'], { tsconfigs: [project.folder] }), UsageMistake);
  });

  it('a broken tsconfig is noted with its place, and linted with what can be read', () => {
    given({ 'tsconfig.json': '{\n  "compilerOptions": { "strict" true }\n}', 'a.ts': SHOUT });
    const linter = createLinter({ cwd: project.folder, rules: toyRules });
    const { findings, notes } = linter.lint([project.folder]);
    linter.dispose();
    assert.equal(findings.length, 1);
    assert.equal(notes.length, 1);
    assert.equal(notes[0]?.file, project.path('tsconfig.json'));
    assert.match(notes[0]?.message ?? '', /\(line 2, column 33\)/);
  });

  it('a config that extends what is not there is noted, and linted', () => {
    given({ 'tsconfig.json': { extends: './gone.json' }, 'a.ts': SHOUT });
    const linter = createLinter({ cwd: project.folder, rules: toyRules });
    const { findings, notes } = linter.lint([project.folder]);
    linter.dispose();
    assert.equal(findings.length, 1);
    assert.match(notes[0]?.message ?? '', /gone\.json/);
  });

  it('a named file that is ignored, or in no project, is told of; a found one is not', () => {
    given({
      'tsconfig.json': { include: ['src'] },
      'asynclint.json': { ignore: ['*.gen.ts'] },
      'src/a.ts': '',
      'src/b.gen.ts': SHOUT,
      'tool.ts': '',
    });
    const linter = createLinter({ cwd: project.folder, rules: toyRules });
    const notes = (...names: string[]) => linter.lint(names.map(project.path)).notes;
    assert.deepEqual(notes('src'), []);
    const [ignored, stray] = notes('src/b.gen.ts', 'tool.ts');
    linter.dispose();
    assert.match(ignored?.message ?? '', /ignores it/);
    assert.equal(ignored?.file, project.path('src/b.gen.ts'));
    assert.match(stray?.message ?? '', /No tsconfig\.json includes it/);
    assert.equal(stray?.file, project.path('tool.ts'));
  });

  it('links that lead in circles are no way in', () => {
    given({ 'a.js': SHOUT });
    symlinkSync(project.folder, project.path('loop'), 'dir');
    assert.deepEqual(linted(), ['a.js']);
  });

  it('one missing path does not spoil the next run', () => {
    given({ 'tsconfig.json': {}, 'a.ts': SHOUT });
    const linter = createLinter({ cwd: project.folder, rules: toyRules });
    assert.throws(() => linter.lint([project.path('gone.ts')]), UsageMistake);
    assert.equal(linter.lint([project.folder]).findings.length, 1);
    linter.dispose();
  });
});
