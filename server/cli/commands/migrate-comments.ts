import { readFileSync } from 'node:fs';
import { commentRewrites } from '#adoption/comment-rewrites.ts';
import { applyEdits, type Finding } from '#engine';
import { counted } from '#formats/count.ts';
import { relativeName } from '#formats/place.ts';
import { rules as ours } from '#rules';
import { createLinter } from '#workspace/linter.ts';
import type { LinterOptions } from '#workspace/options.ts';
import { UsageMistake } from '#workspace/project.ts';
import { tellConfigMistakes } from '../config-mistakes.ts';
import { ExitCode } from '../exit.ts';
import { heedingSignals } from '../fixing/interruption.ts';
import { patchOf } from '../fixing/patch.ts';
import type { FixedFile } from '../fixing/rounds.ts';
import { named } from '../paths.ts';
import type { Terminal } from '../terminal.ts';

/** Comments that may be of interest; parsing tells. */
const FOREIGN = /(eslint|oxlint)-disable|biome-ignore/;

/** Files to be written, and what is to be said. */
interface Rewritten {
  readonly files: readonly FixedFile[];
  readonly count: number;
  readonly kept: number;
}

/**
 * Rewrites disable comments of other linters under which something of ours is hidden, so that all is reported as before.
 * @throws {UsageMistake} for paths that do not exist, and mistakes in configs.
 */
export async function migrateComments(
  { paths, dryRun }: { readonly paths: readonly string[]; readonly dryRun?: boolean },
  terminal: Terminal,
  parts: Partial<LinterOptions>,
): Promise<number> {
  const { cwd } = terminal;
  const { paths: starts, ...left } = await named(paths, cwd);
  const options = { cwd, rules: ours, ...left, ...parts };
  const { files, count, kept } = await rewrite(starts, options, cwd);
  const changed = reportedAnew(files, options);
  const same = files.filter(({ file }) => !changed.includes(file));
  if (dryRun) terminal.out(patchOf(same, cwd));
  const { writeFixed } = await import('../fixing/write.ts');
  const stale = dryRun
    ? []
    : await heedingSignals(
        (asked) =>
          writeFixed(
            same,
            same.map(({ file }) => [file]),
            asked,
          ),
        'all comments were rewritten before.',
      );
  const lines = [
    `${dryRun ? 'Would rewrite' : 'Rewrote'} ${counted(count, 'comment')} in ${counted(same.length, 'file')}.`,
    ...(kept === 0
      ? []
      : [
          `${counted(kept, 'comment')} of equivalent rules left as they are: nothing is reported there, or the form has no counterpart.`,
        ]),
    ...changed.map(
      (file) => `${relativeName(cwd, file)}: left as it is, as more would be reported.`,
    ),
    ...stale.map(({ file, reason }) => `${relativeName(cwd, file)}: ${reason}`),
  ];
  (dryRun ? terminal.err : terminal.out)(`${lines.join('\n')}\n`);
  return ExitCode.clean;
}

async function rewrite(
  paths: readonly string[],
  options: LinterOptions,
  cwd: string,
): Promise<Rewritten> {
  const linter = createLinter({ ...options, foreignComments: false });
  try {
    const mistakes = await tellConfigMistakes(linter.configs(paths), options.rules, cwd);
    if (mistakes.length > 0) throw new UsageMistake(mistakes.join('\n'));
    const report = linter.lint(paths);
    const before = new Map<string, Finding[]>();
    for (const finding of report.findings) {
      before.set(finding.file, [...(before.get(finding.file) ?? []), finding]);
    }
    const files: FixedFile[] = [];
    let [count, kept] = [0, 0];
    for (const file of report.files) {
      if (!FOREIGN.test(readFileSync(file, 'utf8'))) continue;
      const found = linter.inspect(file, (_, source) => {
        return {
          text: source.text,
          ...commentRewrites(source, before.get(file) ?? [], options.rules),
        };
      });
      kept += found?.kept ?? 0;
      if (found === undefined || found.count === 0) continue;
      count += found.count;
      files.push({ file, before: found.text, after: applyEdits(found.text, found.edits) });
    }
    return { files, count, kept };
  } finally {
    linter.dispose();
  }
}

/** Files in which the rewritten comments would have something else reported. */
function reportedAnew(files: readonly FixedFile[], options: LinterOptions): readonly string[] {
  if (files.length === 0) return [];
  const texts = new Map(files.map(({ file, before }) => [file, before]));
  const linter = createLinter({ ...options, overlay: (file) => texts.get(file) });
  const names = files.map(({ file }) => file);
  const reported = () => {
    const { findings } = linter.lint(names);
    return names.map((name) =>
      findings
        .filter(({ file }) => file === name)
        .map(({ rule, message }) => `${rule} ${message}`)
        .join('\n'),
    );
  };
  try {
    const before = reported();
    for (const { file, after } of files) texts.set(file, after);
    linter.update({ changed: names });
    const after = reported();
    return names.filter((_, index) => before[index] !== after[index]);
  } finally {
    linter.dispose();
  }
}
