import { fileURLToPath } from 'node:url';
import { start } from '../../server/cli/start.ts';
import type { LinterOptions } from '../../server/workspace/options.ts';
import { toyRules } from '../support/toy-rules.ts';

/** What a run of the command line left behind. */
export interface Outcome {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

/** Where and how a run happens, as far as it is not the usual. */
export interface Circumstances {
  readonly environment?: Readonly<Record<string, string>>;
  readonly interactive?: boolean;
  readonly columns?: number;
  /** What comes in. */
  readonly input?: string;
  /** Whether the terminal opens links. */
  readonly hyperlinks?: boolean;
  /** Where progress is drawn. */
  readonly screen?: NodeJS.WritableStream;
  readonly version?: string;
  readonly parts?: Partial<LinterOptions>;
}

/** Runs the command line with toy rules in this process. */
export async function invoke(
  argv: readonly string[],
  cwd: string,
  {
    environment = {},
    interactive = false,
    columns = 80,
    input = '',
    hyperlinks = false,
    screen,
    version = '1.2.3',
    parts = {},
  }: Circumstances = {},
): Promise<Outcome> {
  const printed = { out: '', err: '' };
  const exit = await start(
    argv,
    {
      cwd,
      environment,
      interactive,
      columns,
      version,
      pages: fileURLToPath(new URL('../../rules/docs/', import.meta.url)),
      ...(screen && { screen }),
      hyperlinks: () => Promise.resolve(hyperlinks),
      input: () => Promise.resolve(input),
      out: (text) => {
        printed.out += text;
      },
      err: (text) => {
        printed.err += text;
      },
    },
    { rules: toyRules, ...parts },
  );
  return { exit, ...printed };
}
