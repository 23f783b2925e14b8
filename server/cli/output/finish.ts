import type { Report } from '#workspace/report.ts';
import { readText } from '#workspace/text.ts';
import { exitCodeOf } from '../exit.ts';
import { withoutAccepted } from './accepted.ts';
import { putOut } from './output.ts';
import { statsOf } from './stats.ts';
import type { Occasion } from './view.ts';

/** Puts a report out, whether it was worked out or kept, and returns the code to exit with. */
export async function finish(whole: Report, occasion: Occasion): Promise<number> {
  const { given, terminal, linter } = occasion;
  const textOf = (file: string) => linter?.textOf(file) ?? readText(file);
  const report = await withoutAccepted(whole, textOf, given, terminal);
  await putOut(report, { ...occasion, whole });
  if (given.stats) terminal.err(statsOf(report));
  return exitCodeOf(report, given.maxWarnings);
}
