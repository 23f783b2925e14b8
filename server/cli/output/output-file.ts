import { type Stats, statSync } from 'node:fs';
import { appendFile, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { unknownName } from '#config/nearest-name.ts';
import { makeFolder } from '#workspace/place.ts';
import { UsageMistake } from '#workspace/usage-mistake.ts';
import { reasonOf } from '../refusal.ts';
import type { Terminal } from '../terminal.ts';
import { FORMAT_NAMES, type FormatName, isFormat } from './formats.ts';

/** A report that goes into a file. */
export interface OutputFile {
  readonly format: FormatName;
  /** As the user wrote it. */
  readonly file: string;
}

/** What `--output` is given, or a sentence on what is wrong with it. */
export function parseOutput(value: string): OutputFile | string {
  const [, format = '', file = ''] = /^([^=]*)=(.*)$/s.exec(value) ?? [];
  if (format === '' || file === '') {
    return `Write <format>=<file>, such as sarif=asynclint.sarif. Formats: ${FORMAT_NAMES.join(', ')}.`;
  }
  return isFormat(format) ? { format, file } : unknownName('format', format, FORMAT_NAMES);
}

/** @throws {UsageMistake} when two reports would go into one file, or one into a folder. */
export function checkOutputs(outputs: readonly OutputFile[], cwd: string): void {
  const taken = new Set<string>();
  for (const { format, file } of outputs) {
    const path = resolve(cwd, file);
    const option = `\`--output ${format}=${file}\``;
    if (taken.has(path))
      throw new UsageMistake(`${option}: another report goes into that file. Name another.`);
    if (statOf(path)?.isDirectory()) {
      throw new UsageMistake(`${option}: that is a folder; name a file in it.`);
    }
    taken.add(path);
  }
}

/**
 * Writes a report, so that a reader sees the old one or the new one, whole.
 * @throws {UsageMistake} when it cannot be written.
 */
export async function writeOutput(
  { format, file }: OutputFile,
  text: string,
  { cwd, environment }: Terminal,
): Promise<void> {
  const path = resolve(cwd, file);
  try {
    if (path === environment['GITHUB_STEP_SUMMARY']) await appendFile(path, text);
    else if (isSpecial(path)) await writeFile(path, text);
    else await writeWhole(path, text);
  } catch (error) {
    throw new UsageMistake(
      `\`--output ${format}=${file}\` cannot be written (${reasonOf(error)}). Name a file that you may write.`,
    );
  }
}

/** Pipes and devices, such as `/dev/stderr`: nothing that another file may be put in place of. */
function isSpecial(path: string): boolean {
  const stat = statOf(path);
  return stat !== undefined && !stat.isFile();
}

/** What is there; nothing as well where nothing can be. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

async function writeWhole(path: string, text: string): Promise<void> {
  makeFolder(dirname(path));
  const { writeFile: writeAtomically } = await import('atomically');
  // Whoever may not write a file cannot do so later either: there is nothing to wait for.
  await writeAtomically(path, text, { timeout: 0 });
}
