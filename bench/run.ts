import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { Command } from 'commander';
import { compareReports, demandPlants, type Report } from './agreement.ts';
import { writeCorpus } from './corpus.ts';
import { median, table } from './figures.ts';
import { namesAmong, wholeNumber, wholeNumbers } from './options.ts';
import { type Run, run, type Usage } from './process-tree.ts';
import { describeLoad, describeMachine, writeResults } from './results.ts';
import { type Checkout, createTools, type Tool, toolNames } from './tools.ts';

interface Options {
  readonly sizes: readonly number[];
  readonly runs: number;
  readonly tools: readonly string[];
  readonly project?: string;
  readonly onlyRule: boolean;
  readonly write: boolean;
}

type Series = ReadonlyMap<Tool, Usage[]>;

/** What the project has promised: the wall time of one tool divided by that of another. */
const targets = [
  { tool: 'asynclint', against: 'oxlint', ratio: 1.5, at: 'most' },
  { tool: 'eslint', against: 'asynclint', ratio: 8, at: 'least' },
  { tool: 'asynclint-all', against: 'tsc', ratio: 1.5, at: 'most' },
] as const;

const program = new Command('npm run bench --')
  .description(
    'Compares asynclint with its peers: time, processor and memory of the whole process tree.',
  )
  .argument('[path]', 'a checkout to run on instead of the generated code bases')
  .option('--project <tsconfig>', 'the tsconfig in that checkout, for every tool')
  .option('--sizes <list>', 'files in the generated code bases', wholeNumbers, [500, 3000])
  .option('--runs <n>', 'how often each tool runs', wholeNumber, 5)
  .option('--tools <list>', `some of ${toolNames.join(', ')}`, namesAmong(toolNames), toolNames)
  .option('--only-rule', 'leave out everything but the rule that all linters have', false)
  .option('--write', 'put the results into bench/results.md', false);

await main(program.parse());

async function main({ processedArgs: [path] }: Command): Promise<void> {
  const options = program.opts<Options>();
  installPeers();
  const tools = createTools(options.tools).filter(
    ({ work }) => !options.onlyRule || work === 'one rule',
  );
  const head = [
    describeMachine(),
    `Medians of ${options.runs} interleaved runs.`,
    ...describeLoad(),
  ];
  const parts = [
    head.join(' '),
    tools.map(({ name, version }) => `- ${name} ${version}`).join('\n'),
  ];
  console.log(parts.join('\n\n'));
  const show = (part: string) => {
    console.log(`\n${part}`);
    parts.push(part);
  };
  if (path === undefined) await benchCorpora(tools, options, show);
  else await benchCheckout(path, tools, options, show);
  if (options.write) await writeResults('Command line', parts.join('\n\n'));
}

async function benchCorpora(
  tools: readonly Tool[],
  { sizes, runs }: Options,
  show: (part: string) => void,
): Promise<void> {
  for (const size of sizes) {
    const corpus = await writeCorpus(size);
    const checkout = { name: basename(corpus.folder), folder: corpus.folder };
    demandPlants(await reportAll(tools, checkout), corpus.plants);
    const title = `### Generated service, ${corpus.files} files, ${corpus.lines} lines`;
    const agreement = `Each linter reports exactly the ${corpus.plants.length} promises that float.`;
    show([title, agreement, ...summarize(await time(tools, checkout, runs))].join('\n\n'));
  }
}

async function benchCheckout(
  path: string,
  tools: readonly Tool[],
  { project, runs }: Options,
  show: (part: string) => void,
): Promise<void> {
  const folder = resolve(path);
  const checkout = { name: basename(folder), folder, ...(project && { project }) };
  const differences = compareReports(await reportAll(tools, checkout));
  const series = await time(tools, checkout, runs);
  show([`### ${checkout.name}`, differences.join('\n'), ...summarize(series)].join('\n\n'));
}

/** One run of each tool: warms the disk cache and shows whether they do the same work. */
async function reportAll(tools: readonly Tool[], checkout: Checkout): Promise<Report[]> {
  const reports: Report[] = [];
  for (const tool of tools) {
    const result = await runTool(tool, checkout);
    if (tool.places) reports.push({ tool: tool.name, places: tool.places(result, checkout) });
  }
  return reports;
}

/** A B C A B C, so that whatever slows the machine down slows all of them. */
async function time(tools: readonly Tool[], checkout: Checkout, runs: number): Promise<Series> {
  const series = new Map(tools.map((tool): [Tool, Usage[]] => [tool, []]));
  for (let round = 0; round < runs; round++) {
    for (const [tool, usages] of series) usages.push((await runTool(tool, checkout)).usage);
  }
  return series;
}

/** Tools leave with 1 when they found something, and `tsc` with 2. */
async function runTool(tool: Tool, checkout: Checkout): Promise<Run> {
  const result = await run(tool.command(checkout));
  const { status, output, errors } = result;
  const isFine = status === 0 || status === 1 || (status === 2 && tool.work === 'type check');
  if (isFine) return result;
  const tail = `${output.slice(-1_000)}\n${errors.slice(-1_000)}`.trim();
  throw new Error(`${tool.name} failed on ${checkout.name} with status ${status}:\n${tail}`);
}

function summarize(series: Series): string[] {
  const [first] = series.keys();
  const base = first && wallOf(series, first.name);
  const rows = [...series].map(([{ name, work }, usages]) => {
    const walls = usages.map(({ wall }) => wall);
    const wall = median(walls);
    return [
      name,
      work,
      wall.toFixed(2),
      `${Math.min(...walls).toFixed(2)}–${Math.max(...walls).toFixed(2)}`,
      figure(
        usages.map(({ cpu }) => cpu),
        2,
      ),
      figure(
        usages.map(({ memory }) => memory),
        0,
      ),
      base === undefined ? '' : (wall / base).toFixed(2),
    ];
  });
  const header = [
    'tool',
    'work',
    'wall s',
    'range',
    'CPU s',
    'memory MB',
    `wall ÷ ${first?.name ?? ''}`,
  ];
  return [table(header, rows), judge(series).join('\n')].filter(Boolean);
}

function judge(series: Series): string[] {
  return targets.flatMap(({ tool, against, ratio, at }) => {
    const [wall, other] = [wallOf(series, tool), wallOf(series, against)];
    if (wall === undefined || other === undefined) return [];
    const reached = wall / other;
    const isMet = at === 'most' ? reached <= ratio : reached >= ratio;
    const verdict = isMet ? 'met' : '**missed**';
    return [`- ${tool} ÷ ${against} = ${reached.toFixed(2)}, at ${at} ${ratio}: ${verdict}`];
  });
}

function wallOf(series: Series, name: string): number | undefined {
  const found = [...series].find(([tool]) => tool.name === name);
  return found && median(found[1].map(({ wall }) => wall));
}

function figure(values: readonly (number | undefined)[], digits: number): string {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? 'not known here' : median(known).toFixed(digits);
}

/** Only a benchmark needs the peers, so only a benchmark installs them. */
function installPeers(): void {
  const peers = join(import.meta.dirname, 'peers');
  const lock = statSync(join(peers, 'package-lock.json'));
  const installed = statSync(join(peers, 'node_modules', '.package-lock.json'), {
    throwIfNoEntry: false,
  });
  if (installed && installed.mtime >= lock.mtime) return;
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--prefix', peers], { stdio: 'inherit' });
}
