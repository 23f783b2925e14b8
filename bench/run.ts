import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Command } from 'commander';
import { compareReports, demandPlants } from './agreement.ts';
import { openCheckout } from './checkout.ts';
import { reportAll, time } from './contest.ts';
import { writeCorpus } from './corpus.ts';
import { namesAmong, wholeNumber, wholeNumbers } from './options.ts';
import { describeLoad, describeMachine, writeResults } from './results.ts';
import { summarize } from './summary.ts';
import type { Tool } from './tool.ts';
import { createTools, toolNames } from './tools.ts';

interface Options {
  readonly sizes: readonly number[];
  readonly runs: number;
  readonly tools: readonly string[];
  readonly project?: string;
  readonly onlyRule: boolean;
  readonly write: boolean;
}

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
  const head = [describeMachine(), `Medians of ${options.runs} interleaved runs.`];
  const versions = tools.map(({ name, version }) => `- ${name} ${version}`);
  const parts: string[] = [];
  const show = (part: string) => {
    console.log(`${part}\n`);
    parts.push(part);
  };
  show([...head, ...describeLoad()].join(' '));
  show(versions.join('\n'));
  if (path === undefined) {
    for (const size of options.sizes) show(await benchCorpus(size, tools, options));
  } else {
    show(await benchCheckout(path, tools, options));
  }
  if (options.write) await writeResults('Command line', parts.join('\n\n'));
}

/** Tools that disagree with what was planted are not timed. */
async function benchCorpus(
  size: number,
  tools: readonly Tool[],
  { runs }: Options,
): Promise<string> {
  const { folder, files, lines, plants } = writeCorpus(size);
  const checkout = { name: basename(folder), folder, paths: ['.'], isSound: true };
  demandPlants(await reportAll(tools, checkout), plants);
  const title = `### Generated service, ${files} files, ${lines} lines`;
  const agreement = `Each linter reports exactly the ${plants.length} promises that float.`;
  return [title, agreement, ...summarize(await time(tools, checkout, runs))].join('\n\n');
}

/** Nobody knows what is right in somebody's code: differences are told, and all tools are timed. */
async function benchCheckout(
  path: string,
  all: readonly Tool[],
  { project, runs }: Options,
): Promise<string> {
  const tools = all.filter(({ changes }) => !changes);
  const checkout = openCheckout(path, project);
  const differences = compareReports(await reportAll(tools, checkout));
  const title = `### ${checkout.name}, ${checkout.paths.length} files`;
  const series = await time(tools, checkout, runs);
  return [title, differences.join('\n'), ...summarize(series)].join('\n\n');
}

/** Only a benchmark needs the peers, so only a benchmark installs them. */
function installPeers(): void {
  const peers = join(import.meta.dirname, 'peers');
  const lock = statSync(join(peers, 'package-lock.json'));
  const installed = statSync(join(peers, 'node_modules', '.package-lock.json'), {
    throwIfNoEntry: false,
  });
  if (installed && installed.mtime >= lock.mtime) return;
  const args = ['ci', '--no-audit', '--no-fund', '--prefix', peers];
  execFileSync('npm', args, { stdio: 'inherit', shell: process.platform === 'win32' });
}
