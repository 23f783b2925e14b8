import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';

const file = join(import.meta.dirname, 'results.md');
const busyLoad = 0.5;

/** The machine and the day, as a sentence above a table. */
export function describeMachine(): string {
  const [first, ...others] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const day = new Date().toISOString().slice(0, 10);
  const commit = execFileSync('git', ['describe', '--always', '--dirty'], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  });
  return [
    `${day}, commit ${commit.trim()}.`,
    `${others.length + 1} × ${first?.model.trim() ?? 'unknown processor'}, ${memory} GB,`,
    `${type()} ${release()}, Node ${process.versions.node}.`,
  ].join(' ');
}

/** A warning when other work was going on, as figures mean little then. */
export function describeLoad(): string[] {
  const [load = 0] = loadavg();
  if (load < busyLoad) return [];
  return [
    `**The machine was busy** (load ${load.toFixed(1)} before the start): do not rely on these figures.`,
  ];
}

/** Replaces one section of the results and leaves the others alone. */
export async function writeResults(title: string, body: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => '# Results\n');
  const [head = '', ...sections] = text.split(/^(?=## )/m);
  const kept = sections.filter((section) => !section.startsWith(`## ${title}\n`));
  const all = [...kept, `## ${title}\n\n${body}\n`].map((section) => section.trim()).sort();
  await writeFile(file, `${[head.trim(), ...all].join('\n\n')}\n`);
}
