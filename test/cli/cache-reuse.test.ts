import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { defineRule, type Rule } from '#engine';
import { rules } from '#rules';
import { type Scratch, scratch, TSCONFIG } from '../support/scratch.ts';
import { invoke } from './console.ts';

/** Leaves behind which files it was asked about. */
function spy(visited: string[]): Rule {
  return defineRule({
    id: 'spying',
    family: 'errors',
    severity: 'error',
    preset: 'recommended',
    summary: 'It looks.',
    advice: 'Look away.',
    visit: {
      ExpressionStatement(node) {
        visited.push(basename(node.getSourceFile().fileName));
      },
    },
  });
}

const load = 'export async function load() {}\n';

/** `top` calls through `middle` what `bottom` declares; `apart` has nothing to do with them. */
const FILES = {
  'src/bottom.ts': `import 'node:fs';\n${load}load();\n`,
  'src/middle.ts': `export * from './bottom.js';\nimport { load } from './bottom.ts';\nload();\n`,
  'src/top.ts': `import { load } from './middle';\nload();\n`,
  'src/lazy.ts': `export const late = async () => {\n  (await import('#top')).toString();\n};\n`,
  'src/typed.ts': `export type Top = typeof import('./top.ts');\nconst x: Top | undefined = undefined;\nvoid x;\n`,
  'src/apart.ts': `${load}load();\n`,
  'package.json': '{ "type": "module", "imports": { "#top": "./src/top.ts" } }',
};

/** Starts as many requests as there are users. */
const JOBS = `import './other.ts';
export async function all(urls: string[]) {
  return Promise.all(urls.map((url) => fetch(url)));
}
all([]).catch(String);
`;

/** A neighbour that offers to start fewer. */
const POOL = `export async function mapWithLimit<T, R>(items: readonly T[], limit: number, fn: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await fn(item));
  return results;
}
`;

describe('--cache after a change of few files', () => {
  let project: Scratch;
  let visited: string[];
  let known: readonly Rule[];

  before(() => {
    visited = [];
    known = [...rules, spy(visited)];
  });

  beforeEach(() => {
    project = scratch(
      FILES,
      TSCONFIG.replace('"strict":true', '"strict":true,"allowImportingTsExtensions":true'),
    );
  });

  afterEach(() => project.remove());

  const run = async (...argv: readonly string[]) => {
    visited.length = 0;
    const all = ['--format', 'json', '--only', 'floating-promise', '--only', 'spying', ...argv];
    const { out } = await invoke(all, project.folder, { parts: { rules: known } });
    return out;
  };

  /** The files that are linted after a change; what is told must be what a run without a cache tells. */
  const lintedAfter = async (
    edit: () => void,
    argv: readonly string[] = [],
  ): Promise<readonly string[]> => {
    await run('--cache', ...argv);
    edit();
    const told = await run('--cache', ...argv);
    const linted = [...new Set(visited)].sort();
    assert.equal(told, await run(...argv));
    assert.equal(await run('--cache', ...argv), told);
    assert.deepEqual(visited, []);
    return linted;
  };

  const change = (name: string, edit: (text: string) => string) => () => {
    project.write(name, edit(readFileSync(project.path(name), 'utf8')));
  };

  const ALL = ['apart.ts', 'bottom.ts', 'lazy.ts', 'middle.ts', 'top.ts', 'typed.ts'];

  it('a file that nobody imports is linted alone', async () => {
    assert.deepEqual(await lintedAfter(change('src/apart.ts', (text) => `// Moved.\n${text}`)), [
      'apart.ts',
    ]);
  });

  it('whatever imports a changed file is linted again, however far away and in whichever way', async () => {
    const sync = change('src/bottom.ts', (text) => text.replace('async ', ''));
    assert.deepEqual(await lintedAfter(sync), ALL.slice(1));
    const none = JSON.parse(await run('--cache')).findings.map(
      ({ file }: { file: string }) => file,
    );
    assert.deepEqual(none, ['src/apart.ts']);
  });

  it('what a changed file imports is not', async () => {
    const more = change('src/top.ts', (text) => `${text}load();\n`);
    assert.deepEqual(await lintedAfter(more), ['lazy.ts', 'top.ts', 'typed.ts']);
  });

  it('imports that came and went count from then on', async () => {
    await run('--cache');
    change('src/apart.ts', () => `import { load } from './bottom.ts';\nload();\n`)();
    await run('--cache');
    const sync = change('src/bottom.ts', (text) => text.replace('async ', ''));
    assert.deepEqual(await lintedAfter(sync), ALL);
    const alone = change('src/apart.ts', () => `${load}load();\n`);
    assert.deepEqual(await lintedAfter(alone), ['apart.ts']);
    const back = change('src/bottom.ts', (text) =>
      text.replace('export function', 'export async function'),
    );
    assert.deepEqual(await lintedAfter(back), ALL.slice(1));
  });

  it('a file that all others see, now or before, has all of them linted', async () => {
    project.write('tsconfig.json', TSCONFIG.replace('"moduleDetection":"force",', ''));
    project.write('src/script.ts', 'declare const everywhere: number;\n');
    assert.deepEqual(await lintedAfter(change('src/script.ts', (text) => `${text}\n`)), ALL);
    assert.deepEqual(await lintedAfter(change('src/script.ts', () => 'export {};\n')), ALL);
    assert.deepEqual(await lintedAfter(change('src/script.ts', () => 'export {};\n\n')), []);
    const augmenting = 'declare global { interface Array<T> { own: T } }\nexport {};\n';
    assert.deepEqual(await lintedAfter(change('src/script.ts', () => augmenting)), ALL);
  });

  it('a file of which something is to be told is linted again and again', async () => {
    project.write('src/odd.ts', `${load}load(); // \0\n`);
    const edit = change('src/apart.ts', (text) => `${text}\n`);
    assert.deepEqual(await lintedAfter(edit), ['apart.ts', 'odd.ts']);
    assert.match(await run('--cache'), /It holds zero bytes/);
  });

  it('added and removed files have everything linted', async () => {
    const added = await lintedAfter(() => project.write('src/added.ts', `${load}load();\n`));
    assert.deepEqual(added, ['added.ts', ...ALL]);
    assert.deepEqual(await lintedAfter(() => rmSync(project.path('src/added.ts'))), ALL);
  });

  it('a fix that imports from a neighbour is made anew when the neighbour changes', async () => {
    project.write('src/jobs/all.ts', JOBS);
    project.write('src/jobs/pool.ts', 'export {};\n');
    project.write('src/jobs/other.ts', 'export {};\n');
    const only = ['--only', 'unbounded-fan-out'];
    const offer = change('src/jobs/pool.ts', () => POOL);
    assert.deepEqual(await lintedAfter(offer, only), ['all.ts', 'pool.ts']);
    const { findings } = JSON.parse(await run('--cache', ...only));
    assert.ok(
      findings.some(({ fixes }: { fixes: { title: string }[] }) =>
        fixes.some(({ title }) => title.includes('mapWithLimit')),
      ),
    );
    const none = change('src/jobs/pool.ts', () => 'export {};\n');
    assert.deepEqual(await lintedAfter(none, only), ['all.ts']);
  });
});
