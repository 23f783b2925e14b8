/**
 * Whether an `await` may start before the one above it has finished. It may when no value flows between them, when what
 * they read and write can be done in either order, and when the later one only reads: then a failure of the first leaves
 * nothing done that would not have been done. Guards, clean-up, transactions and all that is unknown keep their order.
 */
import * as ast from '#ast';
import { together } from '#program';
import { commute } from '../effects/commuting.ts';
import type { EffectAnalysis } from '../effects/effects.ts';
import { isGuard } from '../effects/guards.ts';
import type { Effect, Effects, Resource } from '../effects/places.ts';
import type { Binding, Scopes } from '../names/scopes.ts';
import { surroundingsOf } from '../shape/surroundings.ts';
import { contains, enclosingFunction, unwrap, walk } from '../shape/syntax.ts';
import { type Movable, movable } from './awaits.ts';
import { holdsBack } from './claims.ts';
import { mentions, namesSetBy, type Series, seriesIn } from './waves.ts';

/** A statement whose effects are known. */
interface Judged {
  readonly item: Movable;
  readonly names: readonly string[];
  readonly effects: Effects;
  /** It stays behind everything above it, whatever that is. */
  readonly anchored: boolean;
}

/** What takes time without the program's doing. */
const SLOW: ReadonlySet<Resource> = new Set([
  'filesystem',
  'network',
  'database',
  'process',
  'session',
]);

/** Finds awaits that could overlap. */
export class Independence {
  readonly effects: EffectAnalysis;
  readonly #scopes: Scopes;
  readonly #runs = new WeakMap<readonly ast.Statement[], readonly (readonly Movable[])[]>();

  constructor(effects: EffectAnalysis) {
    this.effects = effects;
    this.#scopes = effects.scopes;
  }

  /** The series among the statements of one block. */
  in(statements: readonly ast.Statement[]): readonly Series[] {
    const runs = this.#runsIn(statements);
    const [first] = runs.flat();
    if (first === undefined) return [];
    const { keepsOrder, catches } = surroundingsOf(first.statement);
    if (keepsOrder) return [];
    const movable = together(runs.map((run) => () => this.#movableIn(run))).flat();
    const judged = together(movable.map((run) => () => this.#judgedIn(run, catches))).flat();
    return together(judged.map((run) => () => this.#gain(run))).filter(
      (series) => series !== undefined,
    );
  }

  /** Whether an element of a list has to be over before a later one starts, although the list says that it need not. */
  holdsBack(earlier: ast.Expression, later: ast.Expression): boolean {
    return holdsBack(earlier, later, this.effects);
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
    const may = together(run.map((item) => () => this.#mayMove(item)));
    return runsOf(run.map((item, index) => (may[index] ? item : undefined)));
  }

  #judgedIn(run: readonly Movable[], catches: boolean): readonly (readonly Judged[])[] {
    return split(together(run.map((item) => () => this.#judge(item, catches))));
  }

  /** A series in which time is gained: at least two of a wave wait for something outside. */
  #gain(run: readonly Judged[]): Series | undefined {
    const series = seriesIn(run, (later, earlier) => this.#needs(later, earlier));
    const slow = new Set(run.filter(({ effects }) => isSlow(effects)).map(({ item }) => item));
    const gains = series?.waves.some((wave) => wave.filter((one) => slow.has(one)).length > 1);
    return gains ? series : undefined;
  }

  /** Sorts out what stays where it is by the call alone, before its effects are looked into. */
  #mayMove(item: Movable): boolean {
    if (item.kind === 'plain') return true;
    return !isGuard(item.call) && this.effects.mayKnow(item.call);
  }

  #judge(item: Movable, catches: boolean): Judged | undefined {
    const names = namesSetBy(item);
    const effects = this.effects.of(item.kind === 'await' ? item.call : item.statement);
    if (effects.unknown ?? effects.order) return undefined;
    const changes = effects.writes.some(isLasting);
    if (item.kind === 'plain') {
      if (changes || effects.reads.some(isClock)) return undefined;
      return { item, names, effects, anchored: this.#readsShared(item.statement) };
    }
    if (changes ? catches : item.target.kind === 'nothing') return undefined;
    const anchored =
      changes || this.#readsShared(item.call) || readsClockItself(effects, item.call);
    if (item.target.kind !== 'assignment') return { item, names, effects, anchored };
    const set = catches ? undefined : this.#ownVariable(item.target.to);
    if (set === undefined) return undefined;
    return { item, names: [set.name], effects, anchored };
  }

  #needs(later: Judged, earlier: Judged): boolean {
    if (needs(later, earlier)) return true;
    return this.#mayRunAccessors(later, earlier) || this.#mayRunAccessors(earlier, later);
  }

  /** Whether one changes objects while the other reads properties that may be worked out from them. */
  #mayRunAccessors(reader: Judged, writer: Judged): boolean {
    if (!writer.effects.writes.some(({ place }) => place.kind === 'property')) return false;
    return this.effects.runsAccessor(reader.effects);
  }

  /** Whether code reads variables that other functions change meanwhile. */
  #readsShared(node: ast.Node): boolean {
    const own = enclosingFunction(node);
    let shared = false;
    const look = (at: ast.Node): void => {
      const binding = ast.isIdentifier(at) ? this.#scopes.of(at) : undefined;
      if (binding === undefined || this.#scopes.isConstant(binding)) return;
      shared ||= this.#scopes.writes(binding).some((name) => enclosingFunction(name) !== own);
    };
    walk(node, look, { intoFunctions: true });
    return shared;
  }

  /** A variable of the function itself that no function within knows of: nobody sees it half set. */
  #ownVariable(to: ast.Expression): Binding | undefined {
    const name = unwrap(to);
    const binding = ast.isIdentifier(name) ? this.#scopes.of(name) : undefined;
    if (binding === undefined || enclosingFunction(binding.declaration) !== enclosingFunction(to)) {
      return undefined;
    }
    let captured = false;
    const look = (at: ast.Node): void => {
      if (!ast.isIdentifier(at) || at.text !== binding.name) return;
      captured ||= enclosingFunction(at) !== enclosingFunction(to);
    };
    walk(binding.scope, look, { intoFunctions: true });
    return captured ? undefined : binding;
  }
}

/** Whether a statement has to stay behind an earlier one. */
function needs(later: Judged, earlier: Judged): boolean {
  if (later.anchored) return true;
  if (mentions(later.item.statement, earlier.names)) return true;
  if (mentions(earlier.item.statement, later.names)) return true;
  if (readsOf(later, earlier) || readsOf(earlier, later)) return true;
  return !commute(earlier.effects, later.effects).yes;
}

/** Whether what a statement calls reads a variable that another declares: `load()`, where `load` captures it. */
function readsOf({ effects }: Judged, { item }: Judged): boolean {
  return effects.reads.some(
    ({ place }) => place.kind === 'variable' && contains(item.statement, place.declaration),
  );
}

/** Runs of statements that can move, where by their names alone some of the awaits could overlap. */
function runsOf(items: readonly (Movable | undefined)[]): readonly (readonly Movable[])[] {
  const named = items.map((item) => item && { item, names: namesSetBy(item) });
  return split(named)
    .filter((run) => {
      const series = seriesIn(run, (later, earlier) => {
        return mentions(later.item.statement, earlier.names);
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

/** Whether something stays written: log lines are nobody's business. */
export function isLasting({ place }: Effect): boolean {
  return place.kind !== 'resource' || place.resource !== 'log';
}

/** Whether code waits for something outside. */
export function isSlow({ reads, writes }: Effects): boolean {
  return [...reads, ...writes].some(
    ({ place }) => place.kind === 'resource' && SLOW.has(place.resource),
  );
}

function isClock({ place }: Effect): boolean {
  return place.kind === 'resource' && place.resource === 'time';
}

/** Whether a call is given the time at which it starts: `f(Date.now())`. */
export function readsClockItself({ reads }: Effects, call: ast.CallExpression): boolean {
  return reads.some((effect) => isClock(effect) && contains(call, effect.node));
}
