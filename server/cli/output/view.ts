import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Finding, Rule } from '#engine';
import { relativeName } from '#formats/place.ts';
import type { FullView } from '#formats/view.ts';
import { isWithin, slashed } from '#workspace/files.ts';
import { fingerprintsOf } from '#workspace/fingerprint.ts';
import type { Linter } from '#workspace/linter.ts';
import { type Part, partOf } from '#workspace/part.ts';
import type { Report } from '#workspace/report.ts';
import { readText } from '#workspace/text.ts';
import type { Arguments } from '../arguments/arguments.ts';
import { isColorful, type Terminal } from '../terminal.ts';
import type { FormatName } from './formats.ts';

/** How one report is seen by different readers. */
export interface Views {
  terminal(format: FormatName): FullView;
  file(format: FormatName): FullView;
}

/** What a report came of. */
export interface Occasion {
  /** Nothing when the report was kept from an earlier run, since which no file changed. */
  readonly linter?: Linter;
  readonly rules: readonly Rule[];
  /** All that was found, where some of it is left out. */
  readonly whole?: Report;
  readonly given: Arguments;
  readonly terminal: Terminal;
}

/** Columns of text that goes into a file. */
const FILE_WIDTH = 100;

/** What formats may want to know is worked out when they do. */
export async function viewsOf(
  report: Report,
  { linter, rules, whole = report, given, terminal }: Occasion,
): Promise<Views> {
  const colors = isColorful(given.color, terminal);
  const canLink = colors && (await terminal.hyperlinks?.()) === true;
  const textOf = (file: string) => linter?.textOf(file) ?? readText(file);
  const pictureOf = await picturesFor(report, linter, given, terminal);
  let fingerprints: ReturnType<typeof fingerprintsOf> | undefined;
  const part = partFor(whole, given, terminal);
  const file = (format: FormatName): FullView => ({
    textOf,
    ...(part && { part }),
    cwd: slashed(isForHere(format) ? terminal.cwd : rootOf(terminal)),
    colors: false,
    width: FILE_WIDTH,
    version: terminal.version,
    rules,
    pageOf: (rule) => pageOf(rule, terminal),
    addressOf: (path) => `https://unpkg.com/asynclint@${terminal.version}/${path}`,
    sourceAt: (name, line) => sourceAt(name, line, terminal),
    fingerprintOf: (finding) => {
      // Over the whole report, whatever is shown of it: the same finding has the same fingerprint in every run.
      fingerprints ??= fingerprintsOf(whole.findings, textOf, allowedIn(whole));
      return fingerprints.get(finding) ?? '';
    },
    pictureOf,
  });
  const linkTo = (rule: string): string | undefined => {
    const page = join(terminal.pages, `${rule}.md`);
    return existsSync(page) ? pathToFileURL(page).href : undefined;
  };
  return {
    file,
    terminal: (format) => ({
      ...file(format),
      colors,
      width: terminal.columns,
      ...(canLink && { linkTo }),
    }),
  };
}

function allowedIn({ suppressed = [] }: Report): readonly Finding[] {
  return suppressed.map(({ finding }) => finding);
}

/** The whole of it, whatever is shown: a baseline counts when parts are joined. */
function partFor(whole: Report, given: Arguments, { cwd, version }: Terminal): Part | undefined {
  const { shard, only, rule, preset, config, minCertainty } = given;
  if (shard === undefined || !wants(given, ['json'])) return undefined;
  const told = { only, rule, preset, config, minCertainty };
  return partOf(whole, { ...shard, version, told }, (file) => relativeName(slashed(cwd), file));
}

/** Only pages have pictures, and only they need all that it takes to draw them. */
async function picturesFor(
  { findings }: Report,
  linter: Linter | undefined,
  given: Arguments,
  { cwd }: Terminal,
): Promise<FullView['pictureOf']> {
  if (linter === undefined || !wants(given, ['html'])) return () => undefined;
  const { picturesOf } = await import('./pictures.ts');
  return picturesOf(findings, linter, cwd);
}

/** Whether a report is wanted in one of some formats. */
export function wants({ format, output }: Arguments, formats: readonly string[]): boolean {
  return [format, ...output.map((file) => file.format)].some((one) => formats.includes(one));
}

/** Whether a format is read where it was printed; all others are read by services that know the repository's root. */
function isForHere(format: FormatName): boolean {
  return format === 'text' || format === 'json';
}

/** The repository's root, where a CI service tells it and we run below it. */
function rootOf({ cwd, environment }: Terminal): string {
  const { GITHUB_WORKSPACE, CI_PROJECT_DIR } = environment;
  const root = GITHUB_WORKSPACE ?? CI_PROJECT_DIR;
  return root !== undefined && isWithin(slashed(cwd), slashed(resolve(root))) ? root : cwd;
}

/** Where GitHub or GitLab shows a line of the commit that is looked at. */
function sourceAt(name: string, line: number, { environment }: Terminal): string | undefined {
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_SHA } = environment;
  const { CI_PROJECT_URL, CI_COMMIT_SHA } = environment;
  const place = `${encodeURI(name)}#L${line}`;
  if (GITHUB_SERVER_URL && GITHUB_REPOSITORY && GITHUB_SHA) {
    return `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/blob/${GITHUB_SHA}/${place}`;
  }
  if (CI_PROJECT_URL && CI_COMMIT_SHA) return `${CI_PROJECT_URL}/-/blob/${CI_COMMIT_SHA}/${place}`;
  return undefined;
}

function pageOf(rule: string, { pages }: Terminal): string | undefined {
  const file = join(pages, `${rule}.md`);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
