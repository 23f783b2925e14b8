import type { LinterOptions } from '#workspace/linter.ts';
import type { Terminal } from '../terminal.ts';

/** What a subcommand does: prints by itself, and answers with the code to exit with. */
export interface Errand {
  readonly command: string;
  /** @throws {UsageMistake} for what cannot be done as it is asked for. */
  run(terminal: Terminal, parts: Partial<LinterOptions>): Promise<number>;
}
