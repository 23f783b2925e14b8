import type { Finding, Rule } from '#engine';
import type { Report } from '../workspace/report.ts';
import type { Picture } from './waterfall.ts';

/** What a format needs beside the report, so that it touches no disk and no terminal itself. */
export interface View {
  /** A file's text as it was linted. */
  textOf(file: string): string;
  /** Folder that names are told relative to. */
  readonly cwd: string;
  readonly colors: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** What joins the report of a part of a run to those of the others; left out where it is the whole. */
  readonly part?: object;
  /** Where a rule's page can be opened from here; left out where the terminal shows no links. */
  linkTo?(rule: string): string | undefined;
}

/** What formats need beside that when others read them: later, elsewhere, or with a program. */
export interface FullView extends View {
  /** Ours. */
  readonly version: string;
  readonly rules: readonly Rule[];
  /** A rule's page, in Markdown; nothing for what is no rule of ours. */
  pageOf(rule: string): string | undefined;
  /** Where everybody finds what the package holds: `rules/docs/busy-wait.md`. */
  addressOf(path: string): string;
  /** Where a line of a file, told by its relative name, can be read; nothing where nobody knows. */
  sourceAt(name: string, line: number): string | undefined;
  fingerprintOf(finding: Finding): string;
  /** What the function round a finding waits for; nothing where a picture says no more than the finding. */
  pictureOf(finding: Finding): Picture | undefined;
}

/** Renders a report. */
export type Format<Seen extends View = FullView> = (report: Report, view: Seen) => string;
