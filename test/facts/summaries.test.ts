import assert from 'node:assert/strict';
import * as ast from '#ast';
import { DEFAULT_PROJECT_SETTINGS } from '#engine';
import { Facts, type Summary } from '#facts';
import { Compiler, kindSet, PENDING } from '#program';
import { scratch, TSCONFIG } from '../support/scratch.ts';

/** Functions `f0`, which calls `f1`, and so on; the last one reads. */
const LONG = Array.from({ length: 30 }, (_, index) => {
  return `function f${index}() { ${index === 29 ? "readFileSync('a')" : `f${index + 1}()`}; }`;
}).join('\n');

const FILES = {
  'files.ts': `
import { readFileSync } from 'node:fs';
export function read() { return readFileSync('a'); }
export interface Loader { load(): void }
export class Disk implements Loader { load() { readFileSync('a'); } }
`,
  'main.ts': `
import { readFileSync } from 'node:fs';
import { type Loader, read as readIt } from './files';
function quiet(n: number): number { return n + 1; }
function direct() { return readIt(); }
function shorter(n: number) { if (n > 1) longer(n - 1); direct(); }
function longer(n: number) { shorter(n); }
function round(n: number): number { return n > 1 ? about(n) : quiet(n); }
function about(n: number): number { return round(n - 1); }
function dispatched(loader: Loader) { loader.load(); }
function handed(read: () => void) { read(); }
function inCallback(names: string[]) { names.forEach(() => direct()); }
function later() { queueMicrotask(() => direct()); }
async function waits() { direct(); }
function starts() { void waits(); }
${LONG}
`,
};

describe('summaries', () => {
  const answers = new Map<string, Summary>();

  before(() => {
    const project = scratch(FILES, TSCONFIG);
    const compiler = new Compiler({ cwd: project.folder });
    try {
      const config = project.path('tsconfig.json');
      compiler.update({ open: [config] });
      const program = compiler.program(config);
      assert.ok(program);
      const facts = new Facts(program, DEFAULT_PROJECT_SETTINGS);
      const source = program.source(project.path('main.ts'));
      source?.each(kindSet([ast.SyntaxKind.FunctionDeclaration]), (node) => {
        if (!ast.isFunctionDeclaration(node)) return;
        const ask = () => facts.summaries.of(node);
        answers.set(
          node.name?.getText() ?? '',
          settled(ask, () => program.query.flush()),
        );
      });
    } finally {
      compiler.dispose();
      project.remove();
    }
  });

  const chainOf = (name: string): readonly string[] | undefined => {
    const summary = answers.get(name);
    if (summary?.blocks !== 'yes') return undefined;
    const { steps, end } = summary.chain;
    return [...steps.map(({ call }) => call.expression.getText()), end.name.getText()];
  };

  it('show the way down, through names that imports change', () => {
    assert.deepEqual(chainOf('direct'), ['readIt', 'readFileSync']);
    assert.deepEqual(chainOf('inCallback'), ['direct', 'readIt', 'readFileSync']);
  });

  it('show the shortest way out of a circle', () => {
    assert.deepEqual(chainOf('longer'), ['shorter', 'direct', 'readIt', 'readFileSync']);
  });

  it('say no of what reaches nothing, circles included', () => {
    for (const name of ['quiet', 'round', 'about', 'later', 'starts']) {
      assert.deepEqual(answers.get(name), { blocks: 'no' }, name);
    }
  });

  it('say why nobody knows', () => {
    const reason = (name: string) => {
      const summary = answers.get(name);
      return summary?.blocks === 'unknown' ? summary.why : undefined;
    };
    assert.equal(reason('dispatched'), 'nobody knows what `load` does');
    assert.equal(reason('handed'), 'its caller says what it calls');
    assert.equal(reason('f0'), 'the chain of calls is too long to follow');
    assert.equal(chainOf('f20')?.length, 10);
  });
});

function settled<T>(ask: () => T, flush: () => void): T {
  for (;;) {
    try {
      return ask();
    } catch (error) {
      if (error !== PENDING) throw error;
      flush();
    }
  }
}
