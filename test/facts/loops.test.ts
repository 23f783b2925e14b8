import assert from 'node:assert/strict';
import { defineRule } from '#engine';
import { lintOne } from '../support/facts.ts';

/** The comment behind a loop's head says what makes it go one turn at a time; `nothing` where nothing does. */
const MAIN = `
declare const f: any, ids: string[], client: any, stream: any, res: any, queue: any, limit: any, page: any;
export async function retries() {
  for (let attempt = 0; attempt < 3; attempt++) { await f(); } // retry
  for (const mirror of ids) { try { return await f(mirror); } catch {} } // retry
  let tries = 3;
  while (tries-- > 0) { await f(); } // retry
}
export async function polls() {
  while (!(await f())) {} // poll
  for (;;) { if (await f()) break; } // poll
  do { await f(); } while (f.busy); // poll
}
export async function pages() {
  let cursor = '';
  do { const { items, next } = await f(cursor); cursor = next; } while (cursor); // pages
  for (let page = 1; ; page++) { if ((await f(page)).length === 0) break; } // pages
  let offset = 0;
  while (true) { const rows = await f(offset); if (rows.length < 100) return; offset += 100; } // pages
}
export async function paced() {
  for (const id of ids) { await f(id); await sleep(10); } // paced
  for (const id of ids) { await f(id); await new Promise((done) => setTimeout(done, 10)); } // paced
  for (const id of ids) { await f(id); await scheduler.wait(10); } // paced
  for (const id of ids) { await f(id); setTimeout(f, 10); } // nothing
}
declare const sleep: any, scheduler: any;
export async function exits() {
  for (const id of ids) { if (await f(id)) break; } // early exit
  for (const id of ids) { const one = await f(id); if (one) return one; } // early exit
  for (const id of ids) { if (!(await f(id))) throw new Error(id); } // early exit
  outer: for (const id of ids) { for (const part of id) { if (part) continue outer; } await f(id); } // early exit
  for (const id of ids) { for (const part of id) { if (part) break; } await f(id); } // nothing
  for (const id of ids) { switch (id) { case 'a': break; } await f(id); } // nothing
  for (const id of ids) { try { throw await f(id); } catch {} } // nothing
  for (const id of ids) { if (!id) continue; await f(id); } // nothing
  for (const id of ids) { await f(() => { return id; }); } // nothing
}
export async function carried() {
  let last = '', total = 0;
  const record: any = {};
  for (const id of ids) { last = await f(id, last); } // carried
  for (const id of ids) { total += await f(id); } // carried
  for (const id of ids) { await f(id); total++; } // carried
  for (const id of ids) { [last] = await f(id); } // carried
  for (const id of ids) { ({ last, other: [total] } = await f(id)); } // carried
  for (const id of ids) { let own = 0; own += await f(id); } // nothing
  for (const id of ids) { record[id] = await f(id); } // nothing
}
export async function consumers() {
  let next;
  while ((next = queue.shift())) { await f(next); } // consumer
  while (queue.length > 0) { await f(queue.pop()); } // consumer
  for (let job = queue.take(); job; job = queue.take()) { await f(job); } // consumer
  for (const id of queue) { queue.push(await f(id)); } // consumer
  for await (const id of stream) { await f(id); } // consumer
  while (true) { const { done } = await stream.read(); if (done) break; } // consumer
}
export async function streams() {
  for (const id of ids) { res.write(await f(id)); } // stream
  for (const id of ids) { process.stdout.write(await f(id)); } // stream
  for (const id of ids) { await f(id).pipe(stream); } // stream
  for (const id of ids) { await client.write(id); } // nothing
}
export async function sessions(tx: any, manager: any) {
  for (const id of ids) { await tx.insert(id); } // session
  for (const id of ids) { await f(id, { session: tx }); } // session
  for (const id of ids) { await page.click(id); } // session
  for (const id of ids) { await manager.getRepository(id).find(); } // session
  await client.transaction(async () => {
    for (const id of ids) { await f(id); } // session
  });
  for (const id of ids) { await client.insert(id); } // nothing
}
export async function dialogues(terminal: any, vscode: any) {
  for (const id of ids) { await terminal.question(id); } // dialogue
  for (const id of ids) { await vscode.window.showQuickPick([id]); } // dialogue
  for (const id of ids) { if (await confirm(id)) await f(id); } // dialogue
  for (const id of ids) { await terminal.select({ message: id }); } // dialogue
  for (const id of ids) { await f.from(id).select('name'); } // nothing
  for (const id of ids) { await f.select({ name: id }).from(id); } // nothing
}
declare const chunk: any;
export async function batches() {
  for (const some of ids) { await Promise.all(f(some)); } // batches
  for (const some of chunk(ids, 10)) { await f(some); } // batches
  for (let i = 0; i < ids.length; i += 10) { await f(ids.slice(i, i + 10)); } // batches
  for (const id of ids) { await Promise.all([f(id), f.other(id)]); } // nothing
  for (let i = 0; i < ids.length; i++) { await f(ids[i]); } // nothing
}
export async function limited() {
  for (const id of ids) { await limit(() => f(id)); } // limited
  for (const id of ids) { await queue.add(() => f(id)); } // limited
  for (const id of ids) { await f.semaphore.acquire(); await f(id); } // limited
}
export async function guards() {
  for (const id of ids) { await assertAllowed(id); } // guard
  for (const id of ids) { const one = await checkOut(id); f(one); } // nothing
}
declare const assertAllowed: any, checkOut: any, prompt: any;
export async function* generator() {
  for (const id of ids) { yield await f(id); } // generator
  for (const id of ids) { await f(id); } // generator
}
export async function intent() {
  // One at a time, please.
  for (const id of ids) { await f(id); } // intent
}
export async function within() {
  for (const id of ids) { /* avoid the rate limit */ await f(id); } // intent
}
/** Loads them sequentially. */
export async function documented() {
  for (const id of ids) { await f(id); } // intent
}
export async function nearby() {
  // Avoid concurrent queries.
  if (client.isPg) {
    const results: any[] = [];
    for (const id of ids) { results.push(await f(id)); } // intent
  }
}
export async function misleading() {
  // The ids of everybody, in order to load them.
  for (const id of ids) { await f(id); } // nothing
  // TODO: run these in parallel
  for (const id of ids) { await f(id); } // nothing
}
`;

describe('loops', () => {
  it('are told apart by what makes them go one turn at a time', () => {
    lintOne({ files: { 'main.ts': MAIN }, rule: natures }, (findings) => {
      const lines = MAIN.split('\n');
      const drawn = lines.map((line, index) => {
        const own = findings.find(
          ({ range }) => MAIN.slice(0, range.start).split('\n').length - 1 === index,
        );
        if (own === undefined && !/^\s*(?:for|while|do)\b.*\/\/ /.test(line)) return line;
        return line.replace(/\/\/ .*$/, `// ${own?.message ?? '(not looked at)'}`);
      });
      assert.deepEqual(drawn, lines);
    });
  });
});

/** Reports the nature of each loop. */
const natures = defineRule({
  id: 'natures',
  family: 'sequential',
  severity: 'error',
  preset: 'recommended',
  summary: 'Reports the nature of each loop.',
  advice: 'None.',
  visit: {
    ForOfStatement(loop, { facts, report }) {
      report(loop, { message: facts.loops.natureOf(loop) ?? 'nothing' });
    },
    ForStatement(loop, { facts, report }) {
      report(loop, { message: facts.loops.natureOf(loop) ?? 'nothing' });
    },
    WhileStatement(loop, { facts, report }) {
      report(loop, { message: facts.loops.natureOf(loop) ?? 'nothing' });
    },
    DoStatement(loop, { facts, report }) {
      report(loop, { message: facts.loops.natureOf(loop) ?? 'nothing' });
    },
  },
});
