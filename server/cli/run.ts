import { rules } from '#rules';
import type { RunCache } from '../workspace/cache/run-cache.ts';
import { createLinter } from '../workspace/linter.ts';
import type { LinterOptions } from '../workspace/options.ts';
import { UsageMistake } from '../workspace/project.ts';
import type { Report } from '../workspace/report.ts';
import type { Arguments } from './arguments/arguments.ts';
import type { Errand } from './arguments/errand.ts';
import { wantsFixes } from './arguments/fixes.ts';
import { tellConfigMistakes } from './config-mistakes.ts';
import { ExitCode } from './exit.ts';
import { signalOf } from './fixing/interruption.ts';
import { narrowingOf } from './narrowing.ts';
import { checkGiven, optionsOf } from './options.ts';
import { finish } from './output/finish.ts';
import { checkOutputs } from './output/output-file.ts';
import type { Progress } from './output/progress.ts';
import { named, startsOf } from './paths.ts';
import { reasonOf, refusalIn } from './refusal.ts';
import type { Terminal } from './terminal.ts';

export type { Terminal } from './terminal.ts';

/** Does what the command line asks for, and returns the code to exit with. */
export async function run(
  given: Arguments | Errand,
  terminal: Terminal,
  parts: Partial<LinterOptions>,
  cache: RunCache | undefined,
): Promise<number> {
  try {
    if ('command' in given) return await given.run(terminal, parts);
    return await lintPaths(given, terminal, parts, cache);
  } catch (error) {
    return failed(error, 'command' in given || given.stats, terminal);
  }
}

/** The user's mistakes. Told by name: modules that load late may have classes of their own. */
const MISTAKES = ['UsageMistake', 'MissingCompiler'];

function failed(error: unknown, wantsStack: boolean, terminal: Terminal): number {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  const signal = signalOf(error);
  const refusal = refusalIn(error);
  const isOurs = signal === undefined && refusal === undefined && !MISTAKES.includes(name);
  terminal.err(isOurs ? `asynclint failed: ${message}\n` : `${refusal ?? message}\n`);
  if (isOurs && wantsStack) terminal.err(`${stack}\n`);
  return signal === undefined ? ExitCode[isOurs ? 'internal' : 'usage'] : ExitCode[signal];
}

/** Lints, and hands what was found to `end`, which knows what to do with it. */
export async function lintPaths(
  given: Arguments,
  terminal: Terminal,
  parts: Partial<LinterOptions>,
  cache?: RunCache,
  end: typeof finish = finish,
): Promise<number> {
  const known = parts.rules ?? rules;
  const { cwd } = terminal;
  checkGiven(given, known, cwd);
  checkOutputs(given.output, cwd);
  if (given.printConfig !== undefined) {
    const { printedConfig } = await import('./commands/print-config.ts');
    terminal.out(await printedConfig(given, given.printConfig, terminal, parts));
    return ExitCode.clean;
  }
  if (given.stdinFilename !== undefined) {
    const { lintStdin } = await import('./stdin.ts');
    return lintStdin(given, given.stdinFilename, terminal, parts);
  }
  const texts = new Map<string, string>();
  const fixing = wantsFixes(given);
  const overlay = fixing ? { overlay: (file: string) => texts.get(file) } : {};
  const { paths, ...left } = await named(startsOf(given, cwd), cwd);
  const progress = await progressFor(terminal);
  const shown = progress && { progress: progress.tell };
  const narrow = await narrowingOf(given, cwd);
  const kept = { ...(cache && { memory: cache.memory }), ...(narrow && { narrow }) };
  const told = { ...optionsOf(given, known, cwd), ...left, ...overlay, ...shown, ...kept };
  const linter = createLinter({ ...told, ...parts });
  try {
    const mistakes = await tellConfigMistakes(linter.configs(paths), known, cwd);
    if (mistakes.length > 0) throw new UsageMistake(mistakes.join('\n'));
    const report = fixing
      ? await (await import('./fixing/fix-paths.ts')).fixPaths(
          linter,
          paths,
          texts,
          given,
          terminal,
        )
      : linter.lint(paths);
    progress?.end();
    if (narrow === undefined && isVain(report)) throw new UsageMistake(vainBecause(report));
    terminal.linted?.(report.files.length, given.only.length || known.length);
    const code = await end(report, { linter, rules: known, given, terminal });
    await cache?.keep(report, linter, paths).catch((error: Error) => {
      terminal.err(`Nothing was put into the cache (${reasonOf(error)}): ${WHERE_TO_KEEP}\n`);
    });
    return code;
  } finally {
    progress?.end();
    linter.dispose();
  }
}

const WHERE_TO_KEEP = 'name a folder that you may write with `--cache-location`.';

async function progressFor({ screen }: Terminal): Promise<Progress | undefined> {
  if (screen === undefined) return undefined;
  const { progressOn } = await import('./output/progress.ts');
  return progressOn(screen, () => performance.now());
}

/** Whether there was nothing to lint, and not because the user wants it so. */
function isVain({ files, ignored }: Report): boolean {
  return files.length === 0 && ignored === 0;
}

function vainBecause({ notes }: Report): string {
  const reasons = notes.map(({ message, file }) => (file ? `${file}: ${message}` : message));
  return ['There is nothing to lint: no TypeScript or JavaScript file.', ...reasons].join('\n');
}
