import assert from 'node:assert/strict';
import { defineRule } from '#engine';
import { describePlace, type Effects } from '#facts';
import { lintOne } from '../support/facts.ts';

/** The effects of every statement of the functions `main…` are in the comment at its end. */
const FILES = {
  'main.ts': `
import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import fs from 'node:fs';
import { join } from 'node:path';
import { Repository, state, twice, bump, count } from './other.ts';
import { nobody } from 'nowhere';
import { Client, Pool } from 'pg';
import axios, { type AxiosInstance } from 'axios';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { QueryBuilder } from 'knex';

let counter = 0;
const cache = new Map<string, string>();
const settings = { depth: 1 };
declare const outer: Row;

async function text(path: string) { return (await readFile(path, 'utf8')).trim(); }
async function both(path: string) { return [await text(path), await text(path + '.bak')]; }
async function cached(path: string) {
  const known = cache.get(path);
  if (known) return known;
  const found = await text(path);
  cache.set(path, found);
  return found;
}
async function counted() { counter += 1; return fetch('https://example.com'); }
async function collected(paths: string[]) {
  const found: string[] = [];
  for (const path of paths) found.push(await text(path));
  const lengths: Record<string, number> = {};
  found.forEach((one) => { lengths[one] = one.length; });
  return lengths;
}
interface Row { plan: { name: string; depth?: number }; tags: string[]; depth?: number }
function upgrade(row: Row) { row.plan.name = 'free'; row.tags.push('new'); return row; }
async function loadRow() { return upgrade(JSON.parse(await readFile('row.json', 'utf8'))); }
function fill(list: string[], value: string) { list.push(value); }
async function circle(n: number): Promise<number> { return n === 0 ? 0 : circle(n - 1); }
async function ping(n: number): Promise<void> { if (n > 0) await pong(n - 1); await fetch('/ping'); }
async function pong(n: number): Promise<void> { await ping(n); await readFile('pong'); }
function* pieces() { yield 1; }
async function each<T>(items: T[], work: (item: T) => Promise<void>) { for (const item of items) await work(item); }
class Service {
  #path = 'service';
  hits = 0;
  readonly repository = new Repository();
  constructor(readonly depth: number) { this.hits = depth; }
  async load() { return text(this.#path); }
  async touch() { this.hits++; return this.load(); }
  get size() { return cache.size; }
  async sized() { return this.size; }
  all() { return this.repository.all(); }
}
class Special extends Service { async special() { return super.load(); } }
declare function ambient(): Promise<void>;
declare const anything: any;

const pool = new Pool();
const client = new Client();
const s3 = new S3Client();

declare const http: AxiosInstance;
declare const table: QueryBuilder;
async function main(service: Service, given: string[], work: () => Promise<void>) {
  readFile('a'); // reads the file system
  writeFile('a', 'b'); // writes the file system
  fs.promises.readFile('a'); // reads the file system
  fs.readFile('a', () => {}); // unknown
  sleep(10); // order
  fetch('/a'); // reads the network
  fetch('/a', { headers: {} }); // reads the network
  fetch('/a', { method: 'HEAD' }); // reads the network
  fetch('/a', { method: 'POST' }); // reads the network, writes the network
  fetch('/a', settings as object); // reads the network, writes the network
  new Promise((resolve) => setTimeout(resolve, 10)); // order
  join('a', 'b').toUpperCase().split('/').map((part) => part.trim()); // nothing
  pool.query('SELECT 1'); // reads the database
  pool.query(\`select * from users where id = \${given[0]}\`); // reads the database
  pool.query(\`select * from users where id = \${given[0]} for update\`); // reads the database, writes the database
  pool.query('DELETE FROM users'); // reads the database, writes the database
  pool.query(given[0]!); // reads the database, writes the database
  client.query('SELECT 1'); // writes one session
  axios.get('/a'); // reads the network
  axios.create().get('/a'); // reads the network
  axios('/a'); // reads the network
  axios({ url: '/a', method: 'post' }); // reads the network, writes the network
  axios.post('/a', {}); // writes the network
  http.get('/a'); // reads the network
  s3.send(new GetObjectCommand()); // reads the network
  s3.send(new PutObjectCommand()); // reads the network, writes the network
  table.where('a').first(); // reads the database, writes the database
  table.first().where('a'); // reads the database, writes the database
  JSON.stringify({ a: 1 }); // nothing
  console.log('a'); // writes the log
}
async function mainOfOwn(service: Service, given: string[], work: () => Promise<void>) {
  text('a'); // reads the file system
  both('a'); // reads the file system
  cached('a'); // reads the file system, writes the elements of a collection
  counted(); // reads the network, writes the variable \`counter\`
  collected(given); // reads the file system
  fill(given, 'a'); // writes the elements of a collection
  fill([], 'a'); // nothing
  circle(3); // nothing
  ping(3); // reads the file system, reads the network
  pieces(); // unknown
  each(given, async (one) => { await writeFile(one, ''); }); // writes the file system
  each(given, work); // unknown
  work(); // unknown
  service.load(); // reads the file system
  service.touch(); // reads the file system, writes the property \`hits\`
  service.sized(); // nothing
  service.all(); // reads the database
  new Service(1); // nothing
  new Service(1).touch(); // reads the file system
  new Special(1).special(); // reads the file system
  twice(() => readFile('a')); // reads the file system
  twice(text); // reads the file system
  bump(); // writes the variable \`count\`
  count; // nothing
  state.value = 1; // writes the property \`value\`
}
async function mainOfMemory(service: Service, given: string[], work: () => Promise<void>) {
  counter++; // writes the variable \`counter\`
  [counter, settings.depth] = [1, 2]; // writes the variable \`counter\`, writes the property \`depth\`
  delete anything.name; // writes the property \`name\`
  ambient(); // unknown
  nobody(); // unknown
  anything.load(); // unknown
  import('./other.ts'); // unknown
  for await (const one of anything) { } // unknown
  process.stdout.write('a'); // writes the output
  Date.now() + Math.random(); // reads the clock, reads random numbers
  crypto.randomUUID(); // reads random numbers
  { const list = ['b', 'a']; list.sort(); list.push('c'); } // nothing
  { const list = given; list.sort(); } // writes the elements of a collection
  upgrade(outer); // writes the property \`name\`, writes the elements of a collection
  upgrade(JSON.parse('{}')); // nothing
  upgrade({ plan: outer.plan, tags: [] }); // writes the property \`name\`, writes the elements of a collection
  loadRow(); // reads the file system
  { const rows = JSON.parse('[]'); rows[0].a.b = 1; for (const row of rows) row.c = 2; } // nothing
  { const rows: Row[] = JSON.parse('[]'); rows.forEach((row) => { row.depth = 1; row.tags.push('a'); }); } // nothing
  { const rows: Row[] = JSON.parse('[]'); rows.push(outer); rows[0]!.depth = 2; } // writes the property \`depth\`
  { const held = { settings }; held.settings.depth = 2; } // writes the property \`depth\`
  { const held = { settings }; held.settings = { depth: 2 }; } // nothing
  { const { depth, inner } = JSON.parse('{}'); inner.value = depth; } // nothing
  { for (const one of given.map((name) => ({ name }))) one.name = ''; } // writes the property \`name\`
  { let n = 0; const add = () => { n += 1; }; add(); } // nothing
  { const add = () => { counter += 1; }; add(); } // writes the variable \`counter\`
  { const add = () => { counter += 1; }; } // nothing
}
`,
  'other.ts': `
export const state = { value: 0 };
export let count = 0;
export function bump() { count++; }
export async function twice<T>(work: (name: string) => Promise<T>) { await work('a'); return work('b'); }
interface UserDelegate { findMany(): Promise<string[]>; create(): Promise<void> }
declare const user: UserDelegate;
export class Repository {
  all() { return user.findMany(); }
}
`,
  'packages.d.ts': `
declare module 'nowhere' { export function nobody(): void }
declare module 'pg' {
  export class Pool { query(sql: string): Promise<unknown> }
  export class Client { query(sql: string): Promise<unknown> }
}
declare module 'axios' {
  export interface AxiosInstance {
    (config: string | object): Promise<unknown>;
    get(url: string): Promise<unknown>;
    post(url: string, body: object): Promise<unknown>;
  }
  const axios: AxiosInstance & { create(): AxiosInstance };
  export default axios;
}
declare module '@aws-sdk/client-s3' {
  export class S3Client { send(command: object): Promise<unknown> }
  export class GetObjectCommand {}
  export class PutObjectCommand {}
}
declare module 'knex' {
  export interface QueryBuilder { where(name: string): this; first(): this }
}
`,
};

describe('effects', () => {
  it('are followed through calls, and unknown where something is not known', () => {
    lintOne({ files: FILES, rule: effects }, (findings) => {
      const main = FILES['main.ts'].slice(FILES['main.ts'].indexOf('async function main'));
      const drawn = new Map(findings.map(({ range, message }) => [range.end, message]));
      const start = FILES['main.ts'].indexOf(main);
      let at = start;
      const lines = main.split('\n').map((line) => {
        const end = at + line.replace(/ \/\/ .*/, '').length;
        at += line.length + 1;
        const found = drawn.get(end);
        return found === undefined ? line : line.replace(/\/\/ .*/, `// ${found}`);
      });
      assert.equal(lines.join('\n'), main);
      assert.equal(findings.length, main.split(' // ').length - 1);
    });
  });
});

/** Reports the effects of each statement of `main…`, what it reads of memory left out. */
const effects = defineRule({
  id: 'effects',
  family: 'sequential',
  severity: 'error',
  preset: 'recommended',
  summary: 'Reports what each statement does.',
  advice: 'None.',
  visit: {
    FunctionDeclaration({ name, body }, { facts, report }) {
      if (!name?.text.startsWith('main')) return;
      for (const statement of body?.statements ?? []) {
        report(statement, { message: inWords(facts.effectsOf(statement)) });
      }
    },
  },
});

function inWords({ reads, writes, order, unknown }: Effects): string {
  if (unknown !== undefined) return process.env['WHY'] ? `unknown: ${unknown.why}` : 'unknown';
  if (order !== undefined) return 'order';
  const words = [
    ...reads
      .filter(({ place }) => place.kind === 'resource')
      .map(({ place }) => `reads ${describePlace(place)}`),
    ...writes.map(({ place }) => `writes ${describePlace(place)}`),
  ];
  return [...new Set(words)].join(', ') || 'nothing';
}
