import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Command } from 'commander';
import { compilerScript } from './checkout.ts';
import { writeCorpus } from './corpus.ts';
import { median, table } from './figures.ts';
import { EditorSession } from './language-server.ts';
import { wholeNumber } from './options.ts';
import { residentSize } from './process-tree.ts';
import { describeLoad, describeMachine, writeResults } from './results.ts';

const root = join(import.meta.dirname, '..');
const contenders = [
  { name: 'asynclint', args: [join(root, 'dist', 'server.js'), '--stdio'] },
  { name: 'tsc --lsp', args: [compilerScript, '--lsp', '--stdio'] },
] as const;

const target = 1.4;
/** What may come on top while documents are opened and closed again and again. */
const growth = 1.1;
/** Samples of which the median counts, and milliseconds between them: garbage comes and goes. */
const samples = 5;
const interval = 200;

const program = new Command('npm run bench:memory --')
  .description('Measures what our server and that of TypeScript have resident, all processes.')
  .option('--files <n>', 'size of the project', wholeNumber, 500)
  .option('--cycles <n>', 'how often a document is opened and closed', wholeNumber, 5000)
  .option('--write', 'put the results into bench/results.md', false);

await main(program.parse().opts());

interface Wishes {
  readonly files: number;
  readonly cycles: number;
  readonly write: boolean;
}

async function main({ files, cycles, write }: Wishes): Promise<void> {
  const head = [describeMachine(), ...describeLoad()].join(' ');
  const { folder } = writeCorpus(files);
  const measured = [];
  for (const { name, args } of contenders) {
    measured.push({ name, sizes: await measure(args, folder, cycles) });
  }
  const stages = [0, 0.1, 0.25, 0.5, 0.75, 1].map((part) => Math.round(part * cycles));
  const body = [
    head,
    `Megabytes resident, all processes of a server, after so many documents of a generated service of ${files} files were opened, asked about and closed; one stays open.`,
    table(
      ['server', ...stages.map(String)],
      measured.map(({ name, sizes }) => [name, ...sizes.map((size) => size.toFixed(0))]),
    ),
    verdict(measured.map(({ sizes }) => sizes)),
  ].join('\n\n');
  console.log(body);
  if (write) await writeResults('Memory of the language server', body);
}

async function measure(
  args: readonly string[],
  folder: string,
  cycles: number,
): Promise<readonly number[]> {
  const all = readdirSync(join(folder, 'src'), { recursive: true })
    .map((name) => join(folder, 'src', String(name)))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => [file, readFileSync(file, 'utf8')] as const);
  const [[first, text] = ['', '']] = all;
  const session = await EditorSession.open(
    { program: process.execPath, args, folder },
    first,
    text,
  );
  const sizes: number[] = [];
  try {
    await session.diagnostics();
    sizes.push(await resident(session));
    for (let cycle = 1; cycle <= cycles; cycle++) {
      const [file, content] = all[1 + (cycle % (all.length - 1))] ?? [first, text];
      await session.visit(file, content);
      const isStage = [0.1, 0.25, 0.5, 0.75, 1].some((part) => cycle === Math.round(part * cycles));
      if (isStage) sizes.push(await resident(session));
    }
  } finally {
    await session.close();
  }
  return sizes;
}

async function resident({ pid }: EditorSession): Promise<number> {
  const sizes: number[] = [];
  for (let sample = 0; sample < samples; sample++) {
    await delay(interval);
    sizes.push((pid === undefined ? undefined : residentSize(pid)) ?? 0);
  }
  return median(sizes);
}

function verdict([ours = [], theirs = []]: readonly (readonly number[])[]): string {
  const ratio = (ours.at(-1) ?? 0) / (theirs.at(-1) ?? 1);
  const rise = (ours.at(-1) ?? 0) / (ours[2] ?? 1);
  const word = (isMet: boolean): string => (isMet ? 'met' : '**missed**');
  return [
    `- asynclint ÷ tsc --lsp = ${ratio.toFixed(2)}, at most ${target}: ${word(ratio <= target)}`,
    `- the end ÷ a quarter of the way = ${rise.toFixed(2)}, at most ${growth}: ${word(rise <= growth)}`,
  ].join('\n');
}
