import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { relativeName } from '#formats/place.ts';
import { rules } from '#rules';
import { slashed } from '#workspace/files.ts';
import { createLinter } from '#workspace/linter.ts';
import type { LinterOptions } from '#workspace/options.ts';
import { flawIn, isPart, joined, type Part } from '#workspace/part.ts';
import { UsageMistake } from '#workspace/usage-mistake.ts';
import type { Arguments } from '../arguments/arguments.ts';
import { finish } from '../output/finish.ts';
import { checkOutputs } from '../output/output-file.ts';
import { wants } from '../output/view.ts';
import type { Terminal } from '../terminal.ts';

/**
 * Joins the JSON reports of all parts of a run, and puts out what one run over everything would have.
 * @throws {UsageMistake} when a file is no such report, or a part is missing.
 */
export async function merge(
  reports: readonly string[],
  told: Arguments,
  terminal: Terminal,
  parts: Partial<LinterOptions>,
): Promise<number> {
  const { cwd, version } = terminal;
  checkOutputs(told.output, cwd);
  const all = reports.map((name) => readPart(name, cwd));
  const flaw = flawIn(all, version);
  if (flaw !== undefined) throw new UsageMistake(flaw);
  const report = joined(all, (file) => slashed(resolve(cwd, file)));
  const lost = report.findings.find(({ file }) => !existsSync(file));
  if (lost !== undefined) {
    const name = relativeName(slashed(cwd), lost.file);
    throw new UsageMistake(
      `There is no file \`${name}\`: join the parts in the folder where they were made, with its sources.`,
    );
  }
  // What a run was told of rules decides what it could find, and so what of a baseline is fixed.
  const given = { ...told, ...all[0]?.told };
  const known = parts.rules ?? rules;
  if (!wants(given, ['html'])) return finish(report, { rules: known, given, terminal });
  const linter = createLinter({ cwd, ...parts, rules: known });
  try {
    return await finish(report, { linter, rules: known, given, terminal });
  } finally {
    linter.dispose();
  }
}

function readPart(name: string, cwd: string): Part {
  const content = contentOf(name, cwd);
  if (isPart(content)) return content;
  throw new UsageMistake(
    `\`${name}\` is no report of a part: write it with \`--shard <i/n> --format json\`.`,
  );
}

function contentOf(name: string, cwd: string): unknown {
  try {
    const content: unknown = JSON.parse(readFileSync(resolve(cwd, name), 'utf8'));
    return Object(content).shard;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw new UsageMistake(`There is no file \`${name}\`.`);
  }
}
