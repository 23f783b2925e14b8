/** Words for what known functions do, and lists of rows that several packages share. */
import type { EffectRow, KnownEffect } from '../effects.ts';

/** Works out a new value. */
export const MAKES: KnownEffect = { calls: 'maybe' };
/** Hands out something that its receiver or arguments hold. */
export const PICKS: KnownEffect = { calls: 'maybe', fresh: false };
/** Changes what it is called on. */
export const ALTERS: KnownEffect = { changes: 'receiver', calls: 'maybe', fresh: false };
/** Changes its first argument. */
export const CHANGES: KnownEffect = { changes: 'first argument', calls: 'maybe', fresh: false };
/** Calls what it is given at some other time. */
export const LATER: KnownEffect = { order: 'runs something later' };
/** Writes a log line, or counts something. */
export const LOGS: KnownEffect = { writes: 'log' };
/** Makes up a value. */
export const CHANCE: KnownEffect = { reads: 'random' };
export const READS_FILES: KnownEffect = { reads: 'filesystem' };
export const WRITES_FILES: KnownEffect = { writes: 'filesystem' };
export const READS_NETWORK: KnownEffect = { reads: 'network' };
export const WRITES_NETWORK: KnownEffect = { writes: 'network' };
export const READS: KnownEffect = { reads: 'database' };
export const WRITES: KnownEffect = { writes: 'database' };
/** Members of query builders: what is built shows only where the whole chain stands in one place. */
export const BUILDS: KnownEffect = {
  look: 'chain',
  reads: 'database',
  writes: 'database',
  calls: 'maybe',
  gives: 'builders',
};
/** Builds a query that only reads. */
export const SELECTS: KnownEffect = { reads: 'database', calls: 'maybe', gives: 'builders' };
export const SQL: KnownEffect = { look: 'sql', reads: 'database', writes: 'database' };
/** Uses something that does one thing at a time. */
export const SESSION: KnownEffect = { writes: 'session' };
export const BY_METHOD: KnownEffect = { look: 'method', reads: 'network', writes: 'network' };
export const COMMAND: KnownEffect = { look: 'command', reads: 'network', writes: 'network' };
export const WAITS: KnownEffect = { order: 'waits for some time' };

/** Everything in a package works out values. */
export const PURE: readonly EffectRow[] = [['*', MAKES]];

/** HTTP clients with a method for each verb. */
export const VERBS: readonly EffectRow[] = [
  ['get head options', READS_NETWORK],
  ['post put patch delete', WRITES_NETWORK],
];

/** The same rows for several packages, named with blanks between them. */
export function each(
  modules: string,
  rows: readonly EffectRow[],
): Readonly<Record<string, readonly EffectRow[]>> {
  return Object.fromEntries(
    modules
      .trim()
      .split(/\s+/)
      .map((name) => [name, rows]),
  );
}
