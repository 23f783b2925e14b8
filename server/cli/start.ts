import type { Rule } from '#engine';
import { RunCache } from '../workspace/cache/run-cache.ts';
import type { LinterOptions } from '../workspace/options.ts';
import { openedAhead } from './ahead.ts';
import { type Arguments, parseArguments } from './arguments/arguments.ts';
import { cacheKey, cacheLocation, isCacheable } from './cache-key.ts';
import { ExitCode } from './exit.ts';
import { finish } from './output/finish.ts';
import { checkOutputs } from './output/output-file.ts';
import { wants } from './output/view.ts';
import { named, startsOf } from './paths.ts';
import type { Terminal } from './terminal.ts';

/**
 * Runs the command line, and returns the code to exit with. A run that finds everything as the last one left it needs
 * neither rules nor compiler, and loads neither. Parts of the linter can be replaced by tests.
 */
export async function start(
  argv: readonly string[],
  terminal: Terminal,
  parts: Partial<LinterOptions> = {},
): Promise<number> {
  const given = parseArguments(argv, terminal.version);
  if ('exit' in given) {
    (given.exit === ExitCode.clean ? terminal.out : terminal.err)(given.text);
    return given.exit;
  }
  const cache = 'command' in given ? undefined : await openCache(given, terminal, parts);
  // What goes wrong here is told by the run, which meets the same.
  const code = cache && (await replay(cache, terminal, parts).catch(() => undefined));
  if (code !== undefined) return code;
  const opening = 'command' in given ? undefined : await openedAhead(given, terminal.cwd, parts);
  try {
    const { run } = await import('./run.ts');
    return await run(given, terminal, { ...parts, ...(opening && { opening }) }, cache?.kept);
  } finally {
    opening?.session.end();
  }
}

interface OpenCache {
  readonly given: Arguments;
  readonly kept: RunCache;
}

/** What was kept; nothing where there is something wrong, which a run tells better. */
async function openCache(
  given: Arguments,
  terminal: Terminal,
  parts: Partial<LinterOptions>,
): Promise<OpenCache | undefined> {
  if (!isCacheable(given)) return undefined;
  try {
    checkOutputs(given.output, terminal.cwd);
    const { paths } = await named(startsOf(given, terminal.cwd), terminal.cwd);
    const key = cacheKey(given, paths, terminal, parts);
    return { given, kept: new RunCache(cacheLocation(given, terminal.cwd), key) };
  } catch {
    return undefined;
  }
}

/** Puts out what the last run found, if nothing changed since, and nothing is wanted that takes a compiler. */
async function replay(
  { given, kept }: OpenCache,
  terminal: Terminal,
  parts: Partial<LinterOptions>,
): Promise<number | undefined> {
  const report = wants(given, ['html']) ? undefined : kept.replay();
  if (report === undefined) return undefined;
  return finish(report, { rules: await rulesFor(given, parts), given, terminal });
}

/** Only some formats tell of rules beside what they found. */
async function rulesFor(given: Arguments, parts: Partial<LinterOptions>): Promise<readonly Rule[]> {
  if (parts.rules !== undefined) return parts.rules;
  return wants(given, ['markdown', 'sarif']) ? (await import('#rules')).rules : [];
}
