import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { rules } from '#rules';
import manifest from '../../package.json' with { type: 'json' };
import { json } from '../formats/json.ts';
import { text } from '../formats/text.ts';
import type { View } from '../formats/view.ts';
import { slashed } from '../workspace/files.ts';
import { createLinter } from '../workspace/linter.ts';
import { UsageMistake } from '../workspace/project.ts';
import type { Report } from '../workspace/report.ts';
import { type Arguments, parseArguments } from './arguments.ts';
import { ExitCode, exitCodeOf } from './exit.ts';

/** Where a run happens, and where its output goes. */
export interface Terminal {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether a person reads the output. */
  readonly interactive: boolean;
  readonly columns: number;
  out(text: string): void;
  err(text: string): void;
}

/** Runs the command line, and returns the code to exit with. */
export async function run(argv: readonly string[], terminal: Terminal): Promise<number> {
  const parsed = parseArguments(argv, manifest.version);
  if ('exit' in parsed) {
    if (parsed.exit === 0) terminal.out(parsed.text);
    else terminal.err(parsed.text);
    return parsed.exit;
  }
  try {
    return lintPaths(parsed, terminal);
  } catch (error) {
    if (!(error instanceof UsageMistake)) throw error;
    terminal.err(`${error.message}\n`);
    return ExitCode.usage;
  }
}

function lintPaths(given: Arguments, terminal: Terminal): number {
  const { cwd } = terminal;
  const linter = createLinter({
    cwd,
    rules: rules.filter((rule) => given.only.length === 0 || given.only.includes(rule.id)),
    ...(given.project !== undefined && { tsconfig: resolve(cwd, given.project) }),
    choices: { rules: given.rule, ...(given.preset && { preset: given.preset }) },
    eagerFixes: true,
  });
  try {
    const report = linter.lint(given.paths.map((path) => resolve(cwd, path)));
    terminal.out(formatted(report, given, terminal));
    return exitCodeOf(report, given.maxWarnings);
  } finally {
    linter.dispose();
  }
}

function formatted(report: Report, given: Arguments, terminal: Terminal): string {
  const view: View = {
    textOf: (file) => readFileSync(file, 'utf8'),
    cwd: slashed(terminal.cwd),
    colors: given.color ?? terminal.interactive,
    width: terminal.columns,
  };
  return given.format === 'json' ? json(report, view) : text(report, view);
}
