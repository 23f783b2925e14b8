import { dirname } from 'node:path';
import { counted } from '#formats/count.ts';
import { relativeName } from '#formats/place.ts';
import { slashed } from '#workspace/files.ts';
import type { Report } from '#workspace/report.ts';
import { readText } from '#workspace/text.ts';
import { ExitCode } from '../exit.ts';
import { acceptingAlso, baselineFor, nameAll, writeBaseline } from '../output/accepted.ts';
import type { Occasion } from '../output/view.ts';

/**
 * Accepts all that a report tells: later runs tell only what is new.
 * @throws {UsageMistake} when the file cannot be written.
 */
export async function acceptAll(
  report: Report,
  { linter, given, terminal }: Occasion,
): Promise<number> {
  const bug = report.notes.find(({ kind }) => kind === 'internal');
  if (bug !== undefined) throw new Error(bug.message);
  const file = baselineFor(terminal.cwd);
  const textOf = (name: string) => linter?.textOf(name) ?? readText(name);
  const named = nameAll(report, textOf, dirname(file));
  const { baseline, kept } = acceptingAlso(named, report, file, given);
  await writeBaseline(file, baseline);
  const files = new Set(named.map((one) => one.file)).size;
  const told = `Accepted ${counted(named.length, 'finding')} in ${counted(files, 'file')}`;
  const also = kept === 0 ? '' : ` ${counted(kept, 'finding')} of other files or rules stay so.`;
  terminal.out(`${told}: ${relativeName(slashed(terminal.cwd), file)}.${also} Commit it.\n`);
  return ExitCode.clean;
}
