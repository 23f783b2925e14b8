/**
 * Whether an `await` may start before the one above it has finished. It may when no value flows between them, when what
 * they read and write can be done in either order, and when the later one only reads: then a failure of the first leaves
 * nothing done that would not have been done. Guards, clean-up, transactions and all that is unknown keep their order.
 */
import type * as ast from '#ast';
import { together } from '#program';
import type { EffectAnalysis } from '../effects/effects.ts';
import type { Effects, Resource } from '../effects/places.ts';
import { surroundingsOf } from '../shape/surroundings.ts';
import { type Fixed, type Movable, movable, shownOf } from './awaits.ts';
import { holdsBack } from './claims.ts';
import { type ValueAwaits, valueAwaitsOf } from './value-awaits.ts';
import { type Judged, type Kept, SHARED, Verdicts } from './verdicts.ts';
import { mentioned, namesSetBy, type Series, seriesIn } from './waves.ts';

/** What takes time without the program's doing. */
const SLOW: ReadonlySet<Resource> = new Set([
  'filesystem',
  'network',
  'database',
  'process',
  'session',
]);

const MEANWHILE = 'something else is done in the value, and the time may matter';

/** Everything that bears on the order of a block's statements. */
export interface BlockArgument {
  /** Why nothing in the block may move at all, if that is so. */
  readonly around: string | undefined;
  /** By statement, in the order of the text. */
  readonly verdicts: readonly (Judged | Kept)[];
  readonly series: readonly Series[];
  /** Why the later of two statements stays behind the earlier one. */
  between(later: Judged, earlier: Judged): string | undefined;
  /** Whether the later of two may not begin before the earlier has begun. */
  isBound(later: Judged, earlier: Judged): boolean;
}

/** Finds awaits that could overlap. */
export class Independence {
  readonly effects: EffectAnalysis;
  readonly #verdicts: Verdicts;
  readonly #runs = new Map<readonly ast.Statement[], readonly (readonly Movable[])[]>();

  constructor(effects: EffectAnalysis) {
    this.effects = effects;
    this.#verdicts = new Verdicts(effects);
  }

  /** The series among the statements of one block. */
  in(statements: readonly ast.Statement[]): readonly Series[] {
    const runs = this.#runsIn(statements);
    const [first] = runs.flat();
    if (first === undefined) return [];
    const { keepsOrder, catches } = surroundingsOf(first.statement);
    if (keepsOrder !== undefined) return [];
    const movable = together(runs.map((run) => () => this.#movableIn(run))).flat();
    const judged = together(movable.map((run) => () => this.#judgedIn(run, catches))).flat();
    return together(judged.map((run) => () => this.#gain(run))).filter(
      (series) => series !== undefined,
    );
  }

  /** The awaits of one value as a series, where all of them could overlap, and none changes anything. */
  inValue({ awaits, others }: ValueAwaits): Series | undefined {
    const [first] = awaits;
    if (first === undefined) return undefined;
    const [run] = this.#movableIn(awaits);
    if (run?.length !== awaits.length) return undefined;
    if (this.#aroundValue(first.statement, others) !== undefined) return undefined;
    const [judged] = this.#judgedIn(run, surroundingsOf(first.statement).catches);
    const series = judged?.length === run.length ? this.#gain(judged) : undefined;
    return series?.waves.length === 1 && !series.changes ? series : undefined;
  }

  /** The series that the values of some statements make. */
  inValues(statements: readonly ast.Statement[]): readonly Series[] {
    return statements.flatMap((statement) => {
      const value = valueAwaitsOf(statement);
      return (value && this.inValue(value)) ?? [];
    });
  }

  /** Whether an element of a list has to be over before a later one starts, although the list says that it need not. */
  holdsBack(earlier: ast.Expression, later: ast.Expression): boolean {
    return holdsBack(earlier, later, this.effects);
  }

  /** The verdicts that `in` goes by, of all statements, also where nothing can overlap. */
  argue(statements: readonly ast.Statement[]): BlockArgument {
    const [first] = statements;
    const { keepsOrder, catches } = first
      ? surroundingsOf(first)
      : { keepsOrder: undefined, catches: false };
    const items = statements.map(movable);
    return { around: keepsOrder, series: this.in(statements), ...this.#argued(items, catches) };
  }

  /** The same of the awaits of one value. */
  argueValue(value: ValueAwaits): BlockArgument {
    const [first] = value.awaits;
    const around = first && this.#aroundValue(first.statement, value.others);
    const catches = first !== undefined && surroundingsOf(first.statement).catches;
    const series = this.inValue(value);
    return { around, series: series ? [series] : [], ...this.#argued(value.awaits, catches) };
  }

  #argued(
    items: readonly (Movable | Fixed)[],
    catches: boolean,
  ): Pick<BlockArgument, 'verdicts' | 'between' | 'isBound'> {
    return {
      verdicts: together(items.map((item) => () => this.#verdictOn(item, catches))),
      between: (later, earlier) => this.#verdicts.explained(later, earlier),
      isBound: (later, earlier) => this.#verdicts.bond(later, earlier) !== undefined,
    };
  }

  /** Why nothing in a value may start earlier at all, if that is so. */
  #aroundValue(statement: ast.Statement, others: readonly ast.Expression[]): string | undefined {
    const { keepsOrder } = surroundingsOf(statement);
    if (keepsOrder !== undefined) return keepsOrder;
    if (this.#verdicts.readsShared(statement)) return SHARED;
    const harmless = together(others.map((one) => () => this.#verdicts.isHarmless(one)));
    return harmless.every(Boolean) ? undefined : MEANWHILE;
  }

  /** The runs are looked for once, however often the question is put. */
  #runsIn(statements: readonly ast.Statement[]): readonly (readonly Movable[])[] {
    const known = this.#runs.get(statements);
    const runs = known ?? runsOf(statements.map(movable));
    this.#runs.set(statements, runs);
    return runs;
  }

  /** What is left of a run without calls of which nobody knows what they do. */
  #movableIn(run: readonly Movable[]): readonly (readonly Movable[])[] {
    const reasons = together(run.map((item) => () => this.#verdicts.atFirst(item)));
    return runsOf(run.map((item, index) => (reasons[index] ? undefined : item)));
  }

  #judgedIn(run: readonly Movable[], catches: boolean): readonly (readonly Judged[])[] {
    const verdicts = together(run.map((item) => () => this.#verdicts.of(item, catches)));
    return split(verdicts.map((one) => (one.kind === 'judged' ? one : undefined)));
  }

  #verdictOn(item: Movable | Fixed, catches: boolean): Judged | Kept {
    if (item.kind === 'fixed') {
      const { statement } = item;
      return { kind: 'kept', node: statement, reason: { why: item.why, node: statement } };
    }
    const reason = this.#verdicts.atFirst(item);
    return reason
      ? { kind: 'kept', node: shownOf(item), reason }
      : this.#verdicts.of(item, catches);
  }

  /** A series in which time is gained: at least two of a wave wait for something outside. */
  #gain(run: readonly Judged[]): Series | undefined {
    const series = seriesIn(run, (later, earlier) => this.#verdicts.bond(later, earlier));
    const slow = new Set(run.filter(({ effects }) => isSlow(effects)).map(({ item }) => item));
    const gains = series?.waves.some((wave) => wave.filter((one) => slow.has(one)).length > 1);
    return gains ? series : undefined;
  }
}

/** Runs of statements that can move, where by their names alone some of the awaits could overlap. */
function runsOf(items: readonly (Movable | Fixed | undefined)[]): readonly (readonly Movable[])[] {
  const named = items.map((item) => {
    return item === undefined || item.kind === 'fixed'
      ? undefined
      : { item, names: namesSetBy(item) };
  });
  return split(named)
    .filter((run) => {
      const series = seriesIn(run, (later, earlier) => {
        return mentioned(later.item.statement, earlier.names) === undefined ? undefined : 'over';
      });
      return series !== undefined;
    })
    .map((run) => run.map(({ item }) => item));
}

/** The stretches between those items that are missing. */
function split<T>(items: readonly (T | undefined)[]): readonly (readonly T[])[] {
  const runs: T[][] = [[]];
  for (const item of items) {
    if (item === undefined) runs.push([]);
    else runs.at(-1)?.push(item);
  }
  return runs;
}

/** Whether something outside is waited for. */
export function isSlow({ reads, writes }: Effects): boolean {
  return [...reads, ...writes].some(
    ({ place }) => place.kind === 'resource' && SLOW.has(place.resource),
  );
}
