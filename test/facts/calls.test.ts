import assert from 'node:assert/strict';
import { isCallExpression } from '#ast';
import { defineRule } from '#engine';
import { lintOne } from '../support/facts.ts';

/** Every statement that is a call is known by the comment at its end; `nobody` where nothing is known. */
const FILES = {
  'main.ts': `
import * as fs from 'node:fs';
import fsDefault from 'fs';
import { readFileSync, readFileSync as rd, promises, existsSync as seen } from 'fs';
import { readFileSync as through, read, rename, files } from './files.ts';
import own from './files.ts';
import equals = require('node:fs');
import { createRequire } from 'node:module';
import thing, { Pool, sync } from 'some-package';
declare const anything: any;

const path = 'a';
fs.readFileSync(path); // fs#readFileSync
fsDefault.readFileSync(path); // fs#readFileSync
fsDefault.default.readFileSync(path); // fs#readFileSync
readFileSync(path); // fs#readFileSync
rd(path); // fs#readFileSync
seen(path); // fs#existsSync
(readFileSync as typeof rd)(path); // fs#readFileSync
fs['readFileSync'](path); // fs#readFileSync
fs?.readFileSync(path); // fs#readFileSync
fs.promises.readFile(path); // fs#promises.readFile
promises.readFile(path); // fs#promises.readFile
equals.readFileSync(path); // fs#readFileSync
fs.realpathSync.native(path); // fs#realpathSync.native
require('fs').readFileSync(path); // fs#readFileSync
(await import('node:fs')).readFileSync(path); // fs#readFileSync
(await import('node:fs')).default.readFileSync(path); // fs#readFileSync
through(path); // fs#readFileSync
read(path); // fs#readFileSync
files.readFileSync(path); // fs#readFileSync
rename(path); // files.ts#rename
own(); // files.ts#default
thing(path); // some-package#default
thing.sync(path); // some-package#sync
sync(path); // some-package#sync
new Pool().query(path); // some-package#Pool.query
anything(); // main.ts#anything
anything.readFileSync(); // nobody
Promise.resolve(path); // global#PromiseConstructor.resolve
structuredClone(path); // global#structuredClone
new Array(1).fill(0).map(String); // global#Array.map

const a = fs.readFileSync;
const { readFileSync: b, promises: { readFile: c }, ['existsSync']: d } = fs;
const { readFileSync: e } = require('node:fs');
const { readFileSync: f } = await import('fs');
const g = a;
let changed = fs.readFileSync;
changed = anything;
const circle = anything ? circular : anything;
const circular = circle;
a(path); // fs#readFileSync
b(path); // fs#readFileSync
c(path); // fs#promises.readFile
d(path); // main.ts#d
e(path); // fs#readFileSync
f(path); // fs#readFileSync
g(path); // fs#readFileSync
changed(path); // main.ts#changed
circular(); // main.ts#circular

const load = createRequire(import.meta.url);
load('fs').readFileSync(path); // nobody

function parameter(readFileSync: (path: string) => void, { rd }: { rd(): void }) {
  readFileSync(path); // main.ts#readFileSync
  rd(); // main.ts#rd
  if (path) {
    const fs = { readFileSync };
    fs.readFileSync(path); // main.ts#readFileSync
    const inner = fsDefault.readFileSync;
    inner(path); // fs#readFileSync
  }
  fs.readFileSync(path); // fs#readFileSync
  for (const rd of [readFileSync]) {
    rd(path); // main.ts#rd
  }
  try {
    rd(); // main.ts#rd
  } catch (fs) {
    fs.readFileSync(path); // nobody
  }
  var late = rd;
  late(); // main.ts#late
}
function withRequire(require: any) {
  require('fs').readFileSync(path); // nobody
}
`,
  'files.ts': `
import * as fs from 'fs';
export { readFileSync } from 'fs';
export const read = fs.readFileSync;
export * as files from 'fs';
export function rename(path: string) {}
export default function () {}
`,
  'packages.d.ts': `
declare module 'some-package' {
  export class Pool { query(text: string): void }
  export function sync(text: string): void;
  interface Thing { (text: string): void; sync(text: string): void }
  const thing: Thing;
  export default thing;
}
declare const require: (name: string) => any;
`,
};

describe('callees', () => {
  it('are known through every form of import, and not when something else has the name', () => {
    lintOne({ files: FILES, rule: callees }, (findings, folder) => {
      const lines = FILES['main.ts'].split('\n');
      const commented = lines.map((line) => /\/\/ (.*)$/.exec(line)?.[1]);
      const found = lines.map(() => '');
      for (const { range, message } of findings) {
        const line = FILES['main.ts'].slice(0, range.start).split('\n').length - 1;
        found[line] = message.replace(`${folder}/`, '');
      }
      assert.deepEqual(
        lines.map((line, index) => line.replace(/\/\/ .*/, found[index] || '(no call)')),
        lines.map((line, index) => line.replace(/\/\/ .*/, commented[index] ?? '(no call)')),
      );
    });
  });
});

/** Reports whom each statement calls. */
const callees = defineRule({
  id: 'callees',
  family: 'blocking',
  severity: 'error',
  preset: 'recommended',
  summary: 'Reports whom each statement calls.',
  advice: 'None.',
  visit: {
    ExpressionStatement({ expression }, { facts, report }) {
      if (!isCallExpression(expression)) return;
      const callee = facts.callee(expression);
      report(expression, { message: callee ? `${callee.module}#${callee.name}` : 'nobody' });
    },
  },
});
