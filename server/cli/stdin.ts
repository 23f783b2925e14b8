import { resolve } from 'node:path';
import { rules } from '#rules';
import { slashed } from '../workspace/files.ts';
import type { LinterOptions } from '../workspace/options.ts';
import type { Arguments } from './arguments/arguments.ts';
import { wantsFixes } from './arguments/fixes.ts';
import { inspecting } from './commands/inspection.ts';
import { exitCodeOf } from './exit.ts';
import { patchOf } from './fixing/patch.ts';
import { fixAll } from './fixing/rounds.ts';
import { BYTE_ORDER_MARK } from './fixing/write.ts';
import { optionsOf } from './options.ts';
import { putOut } from './output/output.ts';
import type { Terminal } from './terminal.ts';

/**
 * Lints text as that of one file of a project. When it is to be fixed, the fixed text is printed, and the report goes
 * where it is in nobody's way; nothing is written.
 * @throws {UsageMistake} when there is no such file: which project it is in follows from its name.
 */
export async function lintStdin(
  given: Arguments,
  filename: string,
  terminal: Terminal,
  parts: Partial<LinterOptions>,
): Promise<number> {
  const { cwd } = terminal;
  const input = await terminal.input();
  const mark = input.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : '';
  const texts = new Map([[slashed(resolve(cwd, filename)), input.slice(mark.length)]]);
  const overlay = (file: string): string | undefined => texts.get(file);
  const options = { ...optionsOf(given, parts.rules ?? rules, cwd), overlay, ...parts };
  return inspecting(filename, { config: given.config }, terminal, options, async (linter, file) => {
    const occasion = { linter, rules: options.rules, given, terminal };
    if (!wantsFixes(given)) {
      const report = linter.lint([file]);
      await putOut(report, occasion);
      return exitCodeOf(report, given.maxWarnings);
    }
    const fixed = fixAll(linter, [file], texts, {
      suggested: given.fixSuggested,
      only: given.fixOnly,
      mayEdit: (other) => other === file,
    });
    if (given.diff) {
      terminal.out(patchOf(fixed.files, cwd));
      await putOut(fixed.found, occasion);
      return exitCodeOf(fixed.found, given.maxWarnings);
    }
    terminal.out(mark + texts.get(file));
    await putOut(fixed.report, { ...occasion, terminal: { ...terminal, out: terminal.err } });
    return exitCodeOf(fixed.report, given.maxWarnings);
  });
}
