import type { Report } from '../workspace/report.ts';

/** What a format needs beside the report, so that it touches no disk and no terminal itself. */
export interface View {
  /** A file's text as it was linted. */
  textOf(file: string): string;
  /** Folder that names are told relative to. */
  readonly cwd: string;
  readonly colors: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

/** Renders a report. */
export type Format = (report: Report, view: View) => string;
