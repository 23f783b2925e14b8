import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { type Scratch, scratch, TSCONFIG } from '../support/scratch.ts';
import { invoke } from './console.ts';

const HELLO = 'export const hello = 1;\n';

describe('doctor', () => {
  let project: Scratch;

  afterEach(() => project.remove());

  const given = (
    files: Readonly<Record<string, string>>,
    tsconfig: string | undefined = TSCONFIG,
  ) => {
    project = scratch({ 'a.ts': HELLO, ...files }, tsconfig);
  };
  const doctor = (...argv: readonly string[]) => invoke(['doctor', ...argv], project.folder);

  /** What is told under a title. */
  const under = (out: string, title: string): readonly string[] => {
    const [, rest = ''] = out.split(`${title}\n`);
    return (
      rest
        .split('\n\n')[0]
        ?.split('\n')
        .map((line) => line.slice(2)) ?? []
    );
  };

  it('tells of programs, config and projects', async () => {
    given({ 'asynclint.jsonc': '{ "extends": "./base.json" }', 'base.json': '{}' });
    const { exit, out, err } = await doctor();
    assert.equal(err, '');
    assert.equal(exit, 0);
    const [asynclint, node, typescript] = under(out, 'Programs');
    assert.equal(asynclint, 'asynclint 1.2.3');
    assert.match(node ?? '', /^Node \d+\.\d+\.\d+ on \w+ \w+$/);
    assert.match(typescript ?? '', /^TypeScript 7\.\d+\.\d+: .*\/tsc(\.exe)?$/);
    assert.deepEqual(under(out, 'Config'), ['base.json', 'asynclint.jsonc']);
    assert.deepEqual(under(out, 'Projects'), [
      'tsconfig.json: 1 file',
      '  config: asynclint.jsonc',
    ]);
  });

  it('tells of every project, how many files it has, and how many are ignored', async () => {
    given(
      {
        'asynclint.jsonc': '{ "ignore": ["*.gen.ts"] }',
        'b.gen.ts': HELLO,
        'part/tsconfig.json': '{ "files": ["c.ts"] }',
        'part/c.ts': HELLO,
        'part/d.ts': HELLO,
      },
      TSCONFIG.replace('{', '{ "exclude": ["part"], '),
    );
    const { out } = await doctor();
    assert.deepEqual(under(out, 'Projects'), [
      'part/tsconfig.json: 1 file',
      '  config: asynclint.jsonc',
      'tsconfig.json: 1 file, 1 more ignored by the config',
      '  config: asynclint.jsonc',
    ]);
    assert.deepEqual(under(out, 'Not as it could be'), [
      '1 file that no tsconfig.json holds, so no run finds them; named they are linted:',
      '  part/d.ts',
    ]);
  });

  it('tells which options are overridden, and what of a tsconfig is broken', async () => {
    given({}, '{ "compilerOptions": { "moduleResolution": "node10", "module": "commonjs" } }');
    assert.match((await doctor()).out, /\n {4}linted as if it had .*`moduleResolution: /);
    project.write('tsconfig.json', '{ "compilerOptions": { "strict": tru } }');
    assert.match(
      (await doctor()).out,
      /\n {4}.*\(line 1, column \d+\).* Linted with what could be read/,
    );
  });

  it('tells of packages that are not installed, and of files without a tsconfig', async () => {
    given({ 'package.json': '{}' }, undefined);
    project.remove();
    project = scratch({ 'a.js': HELLO, 'package.json': '{ "dependencies": { "x": "1" } }' });
    const { exit, out } = await doctor();
    assert.equal(exit, 0);
    assert.deepEqual(under(out, 'Projects'), ['no tsconfig.json: 1 file, with standard options']);
    assert.match(out, /\.: its packages are not installed, so much has no type/);
    project.write('node_modules/x/index.js', '');
    assert.doesNotMatch((await doctor()).out, /not installed/);
  });

  it('tells what happens to one file', async () => {
    given(
      {
        'asynclint.jsonc': '{ "ignore": ["/b.ts"], "rules": { "shouting": "off" } }',
        'b.ts': HELLO,
        'part/c.ts': HELLO,
        '.gitignore': 'out',
        '.git/HEAD': '',
        'out/d.ts': HELLO,
        'e.d.ts': HELLO,
        'f.min.js': HELLO,
        'g.css': HELLO,
        'node_modules/x/h.ts': HELLO,
      },
      TSCONFIG.replace('{', '{ "include": ["*.ts"], '),
    );
    for (const [file, told] of [
      ['a.ts', 'It is linted with 3 rules of 5, as a part of the project above.'],
      ['b.ts', 'It is not linted: `ignore` in the config covers it.'],
      [
        'part/c.ts',
        'It is linted with 3 rules of 5, and standard options: no tsconfig.json includes it.',
      ],
      ['out/d.ts', 'Git ignores it, so no run finds it; named by itself it is linted.'],
      ['e.d.ts', 'It is a declaration: it holds no code that runs.'],
      ['f.min.js', 'It is minified: nobody wrote it as it is.'],
      ['g.css', 'It is neither TypeScript nor JavaScript, by its name.'],
      [
        'node_modules/x/h.ts',
        'It lies in `node_modules`, where no run looks; named by itself it is linted.',
      ],
    ] as const) {
      const { exit, out } = await doctor(file);
      assert.equal(under(out, `\n${file}`)[0], told);
      assert.equal(exit, 0, file);
    }
  });

  it('tells of a file that cannot be read', async () => {
    // The system lets root read everything.
    if (process.getuid?.() === 0) process.seteuid?.(65_534);
    try {
      given({});
      chmodSync(project.path('a.ts'), 0);
      const { exit, out } = await doctor('a.ts');
      assert.deepEqual(under(out, '\na.ts'), ['It is not linted: it cannot be read. Allow it.']);
      assert.equal(exit, 2);
    } finally {
      if (process.getuid?.() === 0) process.seteuid?.(0);
    }
  });

  it('2: a run would not start, or would find nothing', async () => {
    given({ 'asynclint.jsonc': '{ "prest": 1 }' });
    const { exit, out } = await doctor();
    assert.equal(exit, 2);
    assert.deepEqual(under(out, 'Config'), [
      'asynclint.jsonc:1:3 There is no key `prest`. Did you mean `preset`?',
    ]);
    project.write('empty/x.css', '');
    assert.equal((await doctor('empty')).exit, 2);
    assert.match((await doctor('empty')).out, /There is nothing to lint here\./);
  });

  it('2: wrong usage; --help', async () => {
    given({});
    for (const [argv, problem] of [
      [['gone.ts'], /^There is no file or folder `gone\.ts`\.\n$/],
      [['a.ts', 'b.ts'], /too many arguments/],
      [['--config', 'gone.json'], /^There is no config `gone\.json`\.\n$/],
      [['--project', 'gone.json'], /^There is no tsconfig `gone\.json`\.\n$/],
      [['--fix'], /unknown option '--fix'/],
    ] as const) {
      const { exit, err } = await doctor(...argv);
      assert.match(err, problem);
      assert.equal(exit, 2, argv.join(' '));
    }
    assert.match((await doctor('--help')).out, /^Usage: asynclint doctor \[options\] \[path\]\n/);
  });

  it('--config and --project', async () => {
    given({ 'few.jsonc': '{}', 'part/tsconfig.json': '{ "files": ["../a.ts"] }' });
    assert.match((await doctor('--config', 'few.jsonc')).out, /\n {2}few\.jsonc\n/);
    const { out } = await doctor('a.ts', '--project', 'part/tsconfig.json');
    assert.deepEqual(under(out, 'Projects'), ['part/tsconfig.json: 1 file']);
  });
});
