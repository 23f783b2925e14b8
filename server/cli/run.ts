import { rules } from '#rules';
import { counted } from '../formats/count.ts';
import { createLinter, type Linter, type LinterOptions } from '../workspace/linter.ts';
import { UsageMistake } from '../workspace/project.ts';
import type { Note, Report } from '../workspace/report.ts';
import { type Arguments, parseArguments } from './arguments.ts';
import { tellConfigMistakes } from './config-mistakes.ts';
import { ExitCode, exitCodeOf } from './exit.ts';
import { explain } from './explain.ts';
import { checkGiven, optionsOf, startsOf } from './options.ts';
import { rendered, statsOf } from './output.ts';
import { expandPaths } from './paths.ts';
import type { Draw, Explain } from './subcommands.ts';
import type { Terminal } from './terminal.ts';

import { draw } from './waterfall.ts';

export type { Terminal } from './terminal.ts';

/** Runs the command line, and returns the code to exit with. Parts of the linter can be replaced by tests. */
export async function run(
  argv: readonly string[],
  terminal: Terminal,
  parts: Partial<LinterOptions> = {},
): Promise<number> {
  const given = parseArguments(argv, terminal.version);
  if ('exit' in given) {
    (given.exit === ExitCode.clean ? terminal.out : terminal.err)(given.text);
    return given.exit;
  }
  try {
    if ('run' in given) return await given.run(terminal, parts);
    if (!('command' in given)) return await lintPaths(given, terminal, parts);
    terminal.out(await answer(given, terminal, parts));
    return ExitCode.clean;
  } catch (error) {
    return failed(error, 'command' in given || given.stats, terminal);
  }
}

/** Does what a subcommand is for. */
function answer(
  asked: Explain | Draw,
  terminal: Terminal,
  parts: Partial<LinterOptions>,
): Promise<string> {
  return asked.command === 'explain'
    ? explain(asked, terminal, parts)
    : draw(asked, terminal, parts);
}

function failed(error: unknown, wantsStack: boolean, terminal: Terminal): number {
  if (isMistake(error)) {
    terminal.err(`${error.message}\n`);
    return ExitCode.usage;
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  terminal.err(`asynclint failed: ${message}\n`);
  if (wantsStack) terminal.err(`${stack}\n`);
  return ExitCode.internal;
}

/** By name: what is loaded late may have classes of its own. */
function isMistake(error: unknown): error is Error {
  return error instanceof Error && /^(UsageMistake|MissingCompiler)$/.test(error.name);
}

async function lintPaths(
  given: Arguments,
  terminal: Terminal,
  parts: Partial<LinterOptions>,
): Promise<number> {
  const known = parts.rules ?? rules;
  const { cwd } = terminal;
  checkGiven(given, known, cwd);
  const texts = new Map<string, string>();
  const fixing = given.fix || given.fixSuggested || given.diff;
  const overlay = fixing ? { overlay: (file: string) => texts.get(file) } : {};
  const linter = createLinter({ ...optionsOf(given, known, cwd), ...overlay, ...parts });
  try {
    const paths = await expandPaths(startsOf(given), cwd);
    const mistakes = await tellConfigMistakes(linter.configs(paths), known, cwd);
    if (mistakes.length > 0) throw new UsageMistake(mistakes.join('\n'));
    const fix = () => fixPaths(linter, paths, texts, given, terminal);
    const report = fixing ? await fix() : linter.lint(paths);
    if (isVain(report)) throw new UsageMistake(vainBecause(report));
    if (!given.diff) terminal.out(rendered(report, linter, given, terminal));
    if (given.stats) terminal.err(statsOf(report));
    return exitCodeOf(report, given.maxWarnings);
  } finally {
    linter.dispose();
  }
}

/** Whether there was nothing to lint, and not because the user wants it so. */
function isVain({ files, ignored }: Report): boolean {
  return files.length === 0 && ignored === 0;
}

function vainBecause({ notes }: Report): string {
  const reasons = notes.map(({ message, file }) => (file ? `${file}: ${message}` : message));
  return ['There is nothing to lint: no TypeScript or JavaScript file.', ...reasons].join('\n');
}

/** Fixes, and hands back what is found afterwards; under `--diff` nothing is written, so what is found now. */
async function fixPaths(
  linter: Linter,
  paths: readonly string[],
  texts: Map<string, string>,
  given: Arguments,
  terminal: Terminal,
): Promise<Report> {
  const { fixAll } = await import('./fix.ts');
  const { found, report, files, count } = fixAll(linter, paths, texts, given.fixSuggested);
  if (given.diff) {
    const { patchOf } = await import('./patch.ts');
    terminal.out(patchOf(files, terminal.cwd));
    return found;
  }
  const { writeFixed } = await import('./write.ts');
  const changed = await writeFixed(files);
  const notes: Note[] = changed.map((file) => ({
    kind: 'warning',
    message: 'It changed on disk while it was linted, so it was not fixed.',
    file,
  }));
  if (count > 0)
    notes.push({
      kind: 'information',
      message: `Applied ${counted(count, 'fix', 'es')} in ${counted(files.length, 'file')}.`,
    });
  return { ...report, notes: [...report.notes, ...notes] };
}
