import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Command } from 'commander';
import type { Diagnostic } from 'vscode-languageserver/node';
import { compilerScript } from './checkout.ts';
import { writeCorpus } from './corpus.ts';
import { median, quantile, table } from './figures.ts';
import { EditorSession } from './language-server.ts';
import { wholeNumber } from './options.ts';
import { describeLoad, describeMachine, writeResults } from './results.ts';

interface Contender {
  readonly name: string;
  readonly args: readonly string[];
  /** The diagnostic that the flawed line must get. */
  readonly code: string | number;
}

interface Measured {
  readonly name: string;
  /** Milliseconds from start to the first diagnostics. */
  readonly first: number;
  /** Milliseconds from a keystroke to its diagnostics, in the order of the edits. */
  readonly edits: readonly number[];
}

const root = join(import.meta.dirname, '..');
const size = 500;
const pauseBetweenKeys = 100;
const target = 2;

const contenders: readonly Contender[] = [
  {
    name: 'asynclint',
    args: [join(root, 'dist', 'server.js'), '--stdio'],
    code: 'floating-promise',
  },
  {
    name: 'tsc --lsp',
    args: [compilerScript, '--lsp', '--stdio'],
    code: 2554,
  },
];

/** An edited method: its first line alternates between these two. */
const edited = {
  file: join('src', 'billing', 'invoice', 'operations.ts'),
  method: 'async remove(actor: Actor, id: InvoiceId): Promise<void> {',
  // A promise that floats, for us, in a call with an argument too many, for the compiler.
  flawed: (edit: number) => `    this.invoices.require(id, ${edit});`,
  sound: '    await this.invoices.require(id);',
} as const;

const program = new Command('npm run bench:lsp --')
  .description(
    'Measures the time from a keystroke to its diagnostics, in our server and in that of TypeScript.',
  )
  .option('--edits <n>', 'how many edits', wholeNumber, 50)
  .option('--write', 'put the results into bench/results.md', false);

await main(program.parse().opts());

async function main({ edits, write }: { edits: number; write: boolean }): Promise<void> {
  const head = [describeMachine(), ...describeLoad()].join(' ');
  const { folder, files, lines } = writeCorpus(size);
  const results = await measure(folder, edits);
  const body = [
    head,
    `${edits} edits of one line in a file of a generated service of ${files} files, ${lines} lines; each edit goes to both servers in turn.`,
    table(
      ['server', 'median ms', 'p95 ms', 'first diagnostics ms'],
      results.map(({ name, first, edits: times }) => [
        name,
        median(times).toFixed(1),
        quantile(times, 0.95).toFixed(1),
        first.toFixed(0),
      ]),
    ),
    verdict(results),
  ].join('\n\n');
  console.log(body);
  if (write) await writeResults('Language server', body);
}

async function measure(folder: string, count: number): Promise<Measured[]> {
  const file = join(folder, edited.file);
  const source = (await readFile(file, 'utf8')).split('\n');
  const line = source.findIndex((text) => text.trim() === edited.method) + 1;
  if (line === 0) throw new Error(`${edited.file} has changed: there is no ${edited.method}`);
  const text = source.toSpliced(line, 0, edited.sound).join('\n');

  const runners = [];
  for (const { name, args, code } of contenders) {
    const start = performance.now();
    const session = await EditorSession.open(
      { program: process.execPath, args, folder },
      file,
      text,
    );
    await session.diagnostics();
    runners.push({ name, code, session, first: performance.now() - start, edits: [] as number[] });
  }
  for (let edit = 0; edit < count; edit++) {
    const isFlawed = edit % 2 === 0;
    for (const { name, code, session, edits } of runners) {
      await delay(pauseBetweenKeys);
      const start = performance.now();
      const found = await session.replaceLine(line, isFlawed ? edited.flawed(edit) : edited.sound);
      edits.push(performance.now() - start);
      if (reports(found, line, code) !== isFlawed)
        throw new Error(`${name} answers edit ${edit} wrongly.`);
    }
  }
  await Promise.all(runners.map(({ session }) => session.close()));
  return runners.map(({ name, first, edits }) => ({ name, first, edits }));
}

function reports(diagnostics: readonly Diagnostic[], line: number, code: string | number): boolean {
  return diagnostics.some((found) => found.range.start.line === line && found.code === code);
}

function verdict([ours, theirs]: readonly Measured[]): string {
  if (!ours || !theirs) return '';
  const ratio = median(ours.edits) / median(theirs.edits);
  const word = ratio <= target ? 'met' : '**missed**';
  return `- ${ours.name} ÷ ${theirs.name} = ${ratio.toFixed(2)}, at most ${target}: ${word}`;
}
