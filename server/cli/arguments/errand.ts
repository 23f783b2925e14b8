import type { Command } from 'commander';
import type { LinterOptions } from '#workspace/options.ts';
import type { Terminal } from '../terminal.ts';

/** What a subcommand does: prints by itself, and answers with the code to exit with. */
export interface Errand {
  readonly command: string;
  /** @throws {UsageMistake} for what cannot be done as it is asked for. */
  run(terminal: Terminal, parts: Partial<LinterOptions>): Promise<number>;
}

/** Hears which errand is to be run. */
export type Asked = (errand: Errand) => void;

/** Adds a subcommand, named in the help among those that are for the same. */
export function subcommand(
  command: Command,
  name: string,
  purpose: string,
  description: string,
): Command {
  return command
    .command(name)
    .helpGroup(purpose)
    .description(description)
    .helpOption('--help', 'print this');
}
