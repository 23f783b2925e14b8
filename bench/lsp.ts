import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Command } from 'commander';
import type { Diagnostic } from 'vscode-languageserver/node';
import { compilerScript } from './checkout.ts';
import { writeCorpus } from './corpus.ts';
import { createEdits, type Edit } from './edits.ts';
import { median, quantile, table } from './figures.ts';
import { EditorSession } from './language-server.ts';
import { wholeNumber, wholeNumbers } from './options.ts';
import { describeLoad, describeMachine, writeResults } from './results.ts';

interface Contender {
  readonly name: string;
  readonly args: readonly string[];
  /** The diagnostic that a flawed line must get. */
  readonly code: string | number;
}

interface Runner extends Contender {
  readonly session: EditorSession;
  /** Milliseconds from start to the first diagnostics. */
  readonly first: number;
  /** Milliseconds from a keystroke to its diagnostics, in the order of the edits. */
  readonly times: number[];
}

interface Row {
  readonly name: string;
  readonly runners: readonly Runner[];
}

interface Wishes {
  readonly edits: number;
  readonly sizes: readonly number[];
  readonly each: boolean;
  readonly write: boolean;
}

const root = join(import.meta.dirname, '..');
const pauseBetweenKeys = 25;
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

const program = new Command('npm run bench:lsp --')
  .description(
    'Measures the time from a keystroke to its diagnostics, in our server and in that of TypeScript.',
  )
  .option('--edits <n>', 'how many edits of each kind', wholeNumber, 200)
  .option('--sizes <list>', 'sizes of the projects', wholeNumbers, [500, 3000])
  .option('--each', 'print the time of every edit, in order', false)
  .option('--write', 'put the results into bench/results.md', false);

await main(program.parse().opts());

async function main({ edits: count, sizes, each, write }: Wishes): Promise<void> {
  const head = [describeMachine(), ...describeLoad()].join(' ');
  const rows: Row[] = [];
  for (const size of sizes) {
    const { folder, files } = writeCorpus(size);
    for (const edit of await createEdits(folder)) {
      const runners = await measure(folder, edit, count);
      rows.push({ name: `${files} files; ${edit.name}`, runners });
      if (each) console.log(everyTime(edit, runners));
    }
  }
  const body = [
    head,
    `Milliseconds from a keystroke to its diagnostics. ${count} edits of one line of a generated service each; every edit goes to both servers in turn, ${pauseBetweenKeys} ms after the answer to the last. Their shares are those of the medians, at most ${target}.`,
    tableOf(rows),
  ].join('\n\n');
  console.log(body);
  if (write) await writeResults('Language server', body);
}

async function measure(folder: string, edit: Edit, count: number): Promise<readonly Runner[]> {
  const runners: Runner[] = [];
  for (const contender of contenders) runners.push(await start(contender, folder, edit));
  try {
    for (let turn = 0; turn < count; turn++) {
      for (const runner of runners) await take(runner, edit, turn);
    }
  } finally {
    await Promise.all(runners.map(({ session }) => session.close()));
  }
  return runners;
}

async function start(contender: Contender, folder: string, edit: Edit): Promise<Runner> {
  const begin = performance.now();
  const command = { program: process.execPath, args: contender.args, folder };
  const session = await EditorSession.open(command, edit.file, edit.text);
  if (edit.dependent !== undefined) await session.watch(edit.dependent.file, edit.dependent.text);
  await session.diagnostics();
  return { ...contender, session, first: performance.now() - begin, times: [] };
}

/** An answer that is not for the newest text ends it all. */
async function take({ name, code, session, times }: Runner, edit: Edit, turn: number) {
  const isFlawed = turn % 2 === 0;
  await delay(pauseBetweenKeys);
  const begin = performance.now();
  const found = await session.replaceLine(edit.line, isFlawed ? edit.flawed(turn) : edit.sound);
  times.push(performance.now() - begin);
  if (reports(found, edit.reported, code) !== isFlawed) {
    throw new Error(`${name} answers edit ${turn} of ${edit.name} wrongly.`);
  }
}

function reports(diagnostics: readonly Diagnostic[], line: number, code: string | number): boolean {
  return diagnostics.some((found) => found.range.start.line === line && found.code === code);
}

function tableOf(rows: readonly Row[]): string {
  const header = contenders.flatMap(({ name }) => [name, 'p95', 'first']);
  const cells = rows.map(({ name, runners }) => {
    const [ours = Number.NaN, theirs = Number.NaN] = runners.map(({ times }) => median(times));
    const ratio = ours / theirs;
    const figures = runners.flatMap(({ first, times }) => [
      median(times).toFixed(1),
      quantile(times, 0.95).toFixed(1),
      first.toFixed(0),
    ]);
    return [name, ...figures, ratio.toFixed(2), ratio <= target ? 'met' : '**missed**'];
  });
  return table(['edit', ...header, 'share', 'target'], cells);
}

function everyTime({ name }: Edit, runners: readonly Runner[]): string {
  const lines = runners.map(({ name, times }) => {
    return `${name}: ${times.map((time) => time.toFixed(0)).join(' ')}`;
  });
  return [name, ...lines, ''].join('\n');
}
