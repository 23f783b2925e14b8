import type { Report } from '../workspace/report.ts';
import { exitCodeOf } from './exit.ts';
import { putOut } from './output.ts';
import { statsOf } from './stats.ts';
import type { Occasion } from './view.ts';

/** Puts a report out, whether it was worked out or kept, and returns the code to exit with. */
export async function finish(report: Report, occasion: Occasion): Promise<number> {
  const { given, terminal } = occasion;
  await putOut(report, occasion);
  if (given.stats) terminal.err(statsOf(report));
  return exitCodeOf(report, given.maxWarnings);
}
