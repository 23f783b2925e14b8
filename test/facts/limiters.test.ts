import assert from 'node:assert/strict';
import { isCallExpression } from '#ast';
import { defineRule } from '#engine';
import { lintOne } from '../support/facts.ts';

/** Every call of `held` is about its argument, a callback; the comment tells whether something holds its work back. */
const FILES = {
  'main.ts': `
import pLimit, { type LimitFunction } from 'p-limit';
import PQueue from 'p-queue';
import Bottleneck from 'bottleneck';
import { Sema } from 'async-sema';
import { queue as tasks, map } from 'async';
import { run } from 'turnstile';
import { slowly, other, gate } from './own.ts';
declare function held(callback: unknown): void;
declare function f(x: string): Promise<string>;

const one = pLimit(4);
const many = new PQueue({ concurrency: 4 });
const bottle = new Bottleneck();
const four = new Sema(4);
const work = tasks(f, 4);
const wrapped = bottle.wrap(f);
const alias = one;

held((x: string) => one(() => f(x))); // yes
held((x: string) => one(f, x)); // yes
held((x: string) => alias(() => f(x))); // yes
held(async (x: string) => { await many.add(() => f(x)); }); // yes
held((x: string) => bottle.schedule(() => f(x))); // yes
held(wrapped); // yes
held(bottle.wrap(f)); // yes
held(async (x: string) => { await four.acquire(); return f(x); }); // yes
held((x: string) => work.push(x)); // yes
held((x: string) => map([x], f)); // no
held((x: string) => gate(() => f(x))); // yes
held((x: string) => slowly(4, () => f(x))); // yes
held((x: string) => other(4, () => f(x))); // no
held((x: string) => politely(x)); // yes
held(politely); // yes
held((x: string) => rudely(x)); // no
held((x: string) => f(x)); // no
held(f); // no
held((x: string) => named(x)); // yes
held((x: string) => run(() => f(x))); // yes
held((x: string) => { const queue: string[] = []; queue.push(x); return f(x); }); // no
held((x: string) => checkLimit(x)); // no

async function politely(x: string) { return one(() => f(x)); }
async function rudely(x: string) { return f(x); }
declare function named(x: string): Promise<void>;
declare function checkLimit(x: string): Promise<void>;
export function given(limit: LimitFunction, turn: LimitFunction, service: { throttle: LimitFunction }) {
  held((x: string) => limit(() => f(x))); // yes
  held((x: string) => turn(() => f(x))); // yes
  held((x: string) => service.throttle(() => f(x))); // yes
}
`,
  'own.ts': `
import pLimit from 'p-limit';
export const gate = pLimit(2);
export async function slowly<R>(concurrency: number, work: () => Promise<R>) { return work(); }
export async function other<R>(retries: number, work: () => Promise<R>) { return work(); }
`,
  'node_modules/p-limit/index.d.ts': `
export interface LimitFunction { <A extends unknown[], R>(work: (...args: A) => Promise<R>, ...args: A): Promise<R> }
export default function pLimit(concurrency: number): LimitFunction;
`,
  'node_modules/p-queue/index.d.ts':
    'export default class PQueue { constructor(options?: object); add<R>(work: () => Promise<R>): Promise<R> }',
  'node_modules/bottleneck/index.d.ts':
    'export default class Bottleneck { schedule<R>(work: () => Promise<R>): Promise<R>; wrap<F>(work: F): F }',
  'node_modules/async-sema/index.d.ts':
    'export class Sema { constructor(count: number); acquire(): Promise<void> }',
  'node_modules/async/index.d.ts':
    'export function queue(work: unknown, n: number): { push(x: unknown): Promise<void> }; export function map(xs: unknown[], f: unknown): Promise<void>;',
  'node_modules/turnstile/index.d.ts':
    'export function run<R>(work: () => Promise<R>): Promise<R>;',
};

describe('limiters', () => {
  it('are known by their library, by their shape and by what the user says', () => {
    lintOne(
      { files: FILES, rule: held, project: { limiters: ['named', 'turnstile#run'] } },
      (findings) => {
        const lines = FILES['main.ts'].split('\n');
        const told = new Map(
          findings.map(({ range, message }) => [
            FILES['main.ts'].slice(0, range.start).split('\n').length - 1,
            message,
          ]),
        );
        assert.deepEqual(
          lines.map((line, index) =>
            line.replace(/\/\/ .*$/, `// ${told.get(index) ?? 'nothing'}`),
          ),
          lines,
        );
      },
    );
  });
});

/** Reports whether callbacks are held back. */
const held = defineRule({
  id: 'held',
  family: 'fan-out',
  severity: 'error',
  preset: 'recommended',
  summary: 'Reports whether callbacks are held back.',
  advice: 'None.',
  visit: {
    CallExpression(call, { facts, report }) {
      const [callback] = call.arguments;
      if (!callback || !isCallExpression(call) || call.expression.getText() !== 'held') return;
      report(call, { message: facts.limiters.holdsBack(callback) ? 'yes' : 'no' });
    },
  },
});
