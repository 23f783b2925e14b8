import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { rules } from '#rules';
import { type Scratch, scratch, TSCONFIG } from '../support/scratch.ts';
import { invoke } from './console.ts';

const FLOATING = '@typescript-eslint/no-floating-promises';

const HEAD = `declare function save(): Promise<void>;
declare function load(id: string): Promise<string>;
declare const names: string[];
`;

/** What, before, after. */
const REWRITTEN = [
  [
    'the line below, with its reason',
    `// eslint-disable-next-line ${FLOATING} -- on purpose\nsave();\n`,
    '// asynclint-allow floating-promise: on purpose\nsave();\n',
  ],
  [
    'the same line, without one',
    `save(); // eslint-disable-line ${FLOATING}\n`,
    'save(); // asynclint-allow floating-promise\n',
  ],
  [
    'the names of oxlint',
    '// oxlint-disable-next-line typescript/no-floating-promises\nsave();\n',
    '// asynclint-allow floating-promise\nsave();\n',
  ],
  [
    'Biome',
    '// biome-ignore lint/nursery/noFloatingPromises: told so\nsave();\n',
    '// asynclint-allow floating-promise: told so\nsave();\n',
  ],
  [
    'of several equivalents the one that reports',
    '// eslint-disable-next-line @typescript-eslint/no-misused-promises\nnames.forEach(async (name) => { await load(name); });\n',
    '// asynclint-allow dropped-async-callback\nnames.forEach(async (name) => { await load(name); });\n',
  ],
  [
    'names of others stay, on a line of their own',
    `function f() {\n  // eslint-disable-next-line no-x, ${FLOATING}, no-y -- both\n  save();\n}\n`,
    'function f() {\n  // asynclint-allow floating-promise: both\n  // eslint-disable-next-line no-x, no-y -- both\n  save();\n}\n',
  ],
  [
    'names of others stay, beside the code',
    `save(); // eslint-disable-line ${FLOATING}, no-x\n`,
    'save(); /* asynclint-allow floating-promise */ // eslint-disable-line no-x\n',
  ],
  [
    'blocks stay blocks',
    `/* eslint-disable-next-line ${FLOATING} */\nsave();\n`,
    '/* asynclint-allow floating-promise */\nsave();\n',
  ],
  [
    'in JSX',
    `export const p = (\n  <p>\n    {/* eslint-disable-next-line ${FLOATING}, no-x */}\n    {(() => { save(); })()}\n  </p>\n);\n`,
    'export const p = (\n  <p>\n    {/* asynclint-allow floating-promise */}\n    {/* eslint-disable-next-line no-x */}\n    {(() => { save(); })()}\n  </p>\n);\n',
  ],
  [
    'up to the end of the file',
    `/* eslint-disable ${FLOATING} */\nsave();\nsave();\n`,
    '/* asynclint-allow-file floating-promise */\nsave();\nsave();\n',
  ],
  [
    'the whole file, in Biome’s words',
    '// biome-ignore-all lint/nursery/noFloatingPromises: all of it\nsave();\n',
    '// asynclint-allow-file floating-promise: all of it\nsave();\n',
  ],
  [
    'other line ends',
    `// eslint-disable-next-line ${FLOATING}, no-x\r\nsave();\r\n`,
    '// asynclint-allow floating-promise\r\n// eslint-disable-next-line no-x\r\nsave();\r\n',
  ],
] as const;

/** Where, and the code that is not touched. */
const KEPT = [
  ['nothing is reported there', `// eslint-disable-next-line ${FLOATING}\nnames.sort();\n`],
  ['it holds for a range', `/* eslint-disable ${FLOATING} */\nsave();\n/* eslint-enable */\n`],
  [
    'it holds from somewhere on, and the same is reported above',
    `save();\n/* eslint-disable ${FLOATING} */\nsave();\n`,
  ],
  ['it names no rule', '// eslint-disable-next-line\nsave();\n'],
  [
    'its rule reports more than ours',
    `// eslint-disable-next-line @typescript-eslint/restrict-template-expressions\nconsole.log(\`\${save()}\`);\n`,
  ],
  [
    'it stands beside code and speaks of the line below',
    `names.sort(); // eslint-disable-next-line ${FLOATING}\nsave();\n`,
  ],
  ['its rule is not ours', '// eslint-disable-next-line no-console\nconsole.log(1);\n'],
] as const;

describe('migrate --comments', () => {
  let project: Scratch;
  let reports: readonly string[];

  before(async () => {
    project = scratch({}, TSCONFIG.replace('"target"', '"jsx": "preserve", "target"'));
    for (const [index, [, code]] of REWRITTEN.entries()) {
      project.write(`all/rewritten-${index}.tsx`, `${HEAD}${code}`);
    }
    for (const [index, [, code]] of KEPT.entries()) {
      project.write(`all/kept-${index}.tsx`, `${HEAD}${code}`);
    }
    const first = await report();
    const { exit, err } = await migrate('all');
    assert.equal(err, '');
    assert.equal(exit, 0);
    reports = [first, await report()];
  });

  after(() => project.remove());

  const migrate = (...argv: readonly string[]) =>
    invoke(['migrate', '--comments', ...argv], project.folder, { parts: { rules } });

  /** All that is reported of the tables, by rule and file. */
  const report = async (): Promise<string> => {
    const parts = { rules };
    const { out } = await invoke(['all', '--format', 'json'], project.folder, { parts });
    const { findings } = Object(JSON.parse(out));
    return findings
      .map((one: { rule: string; file: string }) => `${one.file} ${one.rule}`)
      .join('\n');
  };

  const codeOf = (name: string) =>
    readFileSync(project.path(`all/${name}`), 'utf8').slice(HEAD.length);

  it('reports as before', () => assert.equal(reports[1], reports[0]));

  for (const [index, [what, , after]] of REWRITTEN.entries()) {
    it(what, () => assert.equal(codeOf(`rewritten-${index}.tsx`), after));
  }

  for (const [index, [what, code]] of KEPT.entries()) {
    it(`stays where ${what}`, () => assert.equal(codeOf(`kept-${index}.tsx`), code));
  }

  it('counts what it did, and what it left', async () => {
    project.write(
      'b/b.ts',
      `${HEAD}// eslint-disable-next-line ${FLOATING}\nsave();\n// eslint-disable-next-line ${FLOATING}\nnames.sort();\n// eslint-disable-next-line\nnames.sort();\n`,
    );
    const { out } = await migrate('b');
    assert.match(out, /^Rewrote 1 comment in 1 file\.\n1 comment of equivalent rules left as /);
  });

  it('--dry-run prints a patch, and writes nothing', async () => {
    const text = `${HEAD}save(); // eslint-disable-line ${FLOATING}\n`;
    const file = project.write('c/c.ts', text);
    const { exit, out, err } = await migrate('--dry-run', 'c');
    assert.equal(exit, 0);
    assert.match(out, /^--- a\/c\/c\.ts\n\+\+\+ b\/c\/c\.ts\n/);
    assert.match(out, /\n\+save\(\); \/\/ asynclint-allow floating-promise\n/);
    assert.match(err, /^Would rewrite 1 comment in 1 file\.\n$/);
    assert.equal(readFileSync(file, 'utf8'), text);
  });

  it('keeps the mark at the start of a file', async () => {
    const file = project.path('d.ts');
    writeFileSync(file, `\ufeff${HEAD}save(); // eslint-disable-line ${FLOATING}\n`);
    await migrate('d.ts');
    assert.ok(readFileSync(file, 'utf8').startsWith('\ufeff'));
    assert.match(readFileSync(file, 'utf8'), /asynclint-allow/);
  });

  it('2: what cannot be done', async () => {
    const { exit, err } = await migrate('gone.ts');
    assert.equal(exit, 2);
    assert.equal(err, 'There is no file or folder `gone.ts`.\n');
    project.write('bad/asynclint.jsonc', '{ "prest": 1 }');
    project.write('bad/a.ts', 'export {};\n');
    assert.match((await migrate('bad')).err, /There is no key `prest`/);
  });
});
