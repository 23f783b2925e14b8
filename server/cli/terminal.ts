/** Where a run happens, and where its output goes. */
export interface Terminal {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether a person reads the output. */
  readonly interactive: boolean;
  readonly columns: number;
  /** What `--version` answers. */
  readonly version: string;
  /** Folder of the rules' pages. */
  readonly pages: string;
  /** Where progress can be drawn; left out where nobody watches. */
  readonly screen?: NodeJS.WritableStream;
  /** Whether links can be opened from it; they cannot where this is left out. */
  hyperlinks?(): Promise<boolean>;
  /** Told how many files were linted by how many rules. */
  linted?(files: number, rules: number): void;
  /** All that comes in, to its end. */
  input(): Promise<string>;
  out(text: string): void;
  err(text: string): void;
}

/** Whether to colour: as the user says, else as `NO_COLOR` and `FORCE_COLOR` do, else where a person reads. */
export function isColorful(chosen: boolean | undefined, terminal: Terminal): boolean {
  if (chosen !== undefined) return chosen;
  const { NO_COLOR, FORCE_COLOR, TERM } = terminal.environment;
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return terminal.interactive && TERM !== 'dumb';
}
