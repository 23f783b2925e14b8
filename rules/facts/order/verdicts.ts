/**
 * What keeps a statement in its place, or behind another one. Each verdict carries its reason, so that a report and an
 * explanation never say different things.
 */
import * as ast from '#ast';
import { commute } from '../effects/commuting.ts';
import type { EffectAnalysis } from '../effects/effects.ts';
import { isGuard } from '../effects/guards.ts';
import type { Effect, Effects, Reason } from '../effects/places.ts';
import type { Binding, Scopes } from '../names/scopes.ts';
import { collect, contains, enclosingFunction, unwrap, walk } from '../shape/syntax.ts';
import { type AwaitStatement, type Movable, shownOf } from './awaits.ts';
import { isSteady } from './steadiness.ts';
import { type Bond, mentioned, namesSetBy } from './waves.ts';

/** A statement whose effects are known. */
export interface Judged {
  readonly kind: 'judged';
  readonly item: Movable;
  readonly names: readonly string[];
  readonly effects: Effects;
  /** Whether it changes something that stays: what is below must not fail before it has begun. */
  readonly changes: boolean;
  /** Why it stays behind everything above it, whatever that is. */
  readonly anchored: string | undefined;
}

/** A statement that keeps its place, and all others theirs. */
export interface Kept {
  readonly kind: 'kept';
  readonly node: ast.Node;
  readonly reason: Reason;
}

/** Judges statements that could move by their shape. */
export class Verdicts {
  readonly #effects: EffectAnalysis;
  readonly #scopes: Scopes;

  constructor(effects: EffectAnalysis) {
    this.#effects = effects;
    this.#scopes = effects.scopes;
  }

  /** Why a statement stays where it is by whom it calls alone, before its effects are looked into. */
  atFirst(item: Movable): Reason | undefined {
    if (item.kind === 'plain') return undefined;
    const guard = [...item.calls, ...item.choice.deciding.flatMap(callsIn)].find(isGuard);
    if (guard !== undefined) return { why: GUARD, node: guard };
    return this.#effects.outlookOn(item.work);
  }

  /** What is known of a statement, or why it stays where it is. */
  of(item: Movable, catches: boolean): Judged | Kept {
    const effects = this.#effects.of(item.kind === 'await' ? item.work : item.statement);
    const reason = effects.unknown ?? effects.order;
    if (reason !== undefined) return { kind: 'kept', node: shownOf(item), reason };
    const lasting = effects.writes.find(isLasting);
    return item.kind === 'plain'
      ? this.#plain(item, effects, lasting)
      : this.#awaited(item, effects, lasting, catches);
  }

  /** Whether code may run after what stands below it: it is known, guards nothing, changes nothing, and reads no clock. */
  isHarmless(node: ast.Expression): boolean {
    if (callsIn(node).some(isGuard)) return false;
    const { unknown, order, writes, reads } = this.#effects.of(node);
    if (unknown !== undefined || order !== undefined) return false;
    return !writes.some(isLasting) && !reads.some(isClock);
  }

  /** Why the later of two statements has to stay behind the earlier one, whichever reason is found soonest. */
  between(later: Judged, earlier: Judged): string | undefined {
    return later.anchored ?? tie(later, earlier) ?? this.#accessors(later, earlier);
  }

  /** How the later of two statements is bound to the earlier one, if it is. */
  bond(later: Judged, earlier: Judged): Bond | undefined {
    if (this.between(later, earlier) !== undefined) return 'over';
    return earlier.changes && later.item.kind === 'await' ? 'begun' : undefined;
  }

  /** The same, but the reason that tells most: what ties the two, before what ties the later one to everything. */
  explained(later: Judged, earlier: Judged): string | undefined {
    return tie(later, earlier) ?? later.anchored ?? this.#accessors(later, earlier);
  }

  #plain(item: Movable, effects: Effects, lasting: Effect | undefined): Judged | Kept {
    if (lasting !== undefined) return kept(item, CHANGES, lasting.node);
    const clock = effects.reads.find(isClock);
    if (clock !== undefined) return kept(item, 'the clock is read', clock.node);
    const anchored = this.readsShared(item.statement) ? SHARED : undefined;
    return { kind: 'judged', item, names: namesSetBy(item), effects, changes: false, anchored };
  }

  #awaited(
    item: AwaitStatement,
    effects: Effects,
    lasting: Effect | undefined,
    catches: boolean,
  ): Judged | Kept {
    const { work, target } = item;
    if (lasting !== undefined && catches) return kept(item, CAUGHT, lasting.node);
    if (lasting === undefined && target.kind === 'nothing') return kept(item, UNUSED, work);
    const anchored = this.#anchored(item, effects, lasting);
    const changes = lasting !== undefined;
    const judged = { kind: 'judged', item, effects, changes, anchored } as const;
    if (target.kind !== 'assignment') return { ...judged, names: namesSetBy(item) };
    const set = catches ? undefined : this.#ownVariable(target.to);
    return set === undefined ? kept(item, SEEN, target.to) : { ...judged, names: [set.name] };
  }

  #anchored(
    { work, choice, statement }: AwaitStatement,
    effects: Effects,
    lasting: Effect | undefined,
  ): string | undefined {
    if (lasting !== undefined) return CHANGES;
    if (this.readsShared(work)) return SHARED;
    if (readsClockItself(effects, work)) return CLOCK;
    const seen = choice.deciding.flatMap((one) => this.#effects.of(one).reads);
    return seen.every((read) => isSteady(read, statement, this.#scopes)) ? undefined : UNSTEADY;
  }

  /** Whether one changes objects while the other reads properties that may be worked out from them. */
  #accessors(later: Judged, earlier: Judged): string | undefined {
    const runs = this.#mayRunAccessors(later, earlier) || this.#mayRunAccessors(earlier, later);
    return runs ? 'one changes an object, the other reads a getter' : undefined;
  }

  #mayRunAccessors(reader: Judged, writer: Judged): boolean {
    if (!writer.effects.writes.some(({ place }) => place.kind === 'property')) return false;
    return this.#effects.runsAccessor(reader.effects);
  }

  /** Whether code reads variables that other functions change meanwhile. */
  readsShared(node: ast.Node): boolean {
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

const GUARD = 'a guard, by its name, comes before all that it guards';
const CHANGES = 'what changes something waits until all above has succeeded';
export const SHARED = 'a variable is read that other functions change';
const UNSTEADY = 'what it is decided by may change while something is waited for';
const CLOCK = 'what is given depends on when the call starts';
const CAUGHT = 'a `catch` sees what was changed before a failure';
const UNUSED = 'the value is thrown away, so the call is there for something that nobody sees here';
const SEEN = 'a variable is set that others may see half way';

function kept(item: Movable, why: string, node: ast.Node): Kept {
  return { kind: 'kept', node: shownOf(item), reason: { why, node } };
}

/** What ties a statement to an earlier one: a value, or something that both touch. */
function tie(later: Judged, earlier: Judged): string | undefined {
  const value = mentioned(later.item.statement, earlier.names);
  if (value !== undefined) return `the value of \`${value}\` flows into it`;
  const before = mentioned(earlier.item.statement, later.names);
  if (before !== undefined) return `\`${before}\` is used before it is set`;
  const read = readBy(later, earlier) ?? readBy(earlier, later);
  if (read !== undefined) return `what it calls reads \`${read}\``;
  const commuting = commute(earlier.effects, later.effects);
  return commuting.yes ? undefined : commuting.why;
}

/** The variable that one statement declares and what another calls reads: `load()`, where `load` captures it. */
function readBy({ effects }: Judged, { item }: Judged): string | undefined {
  for (const { place } of effects.reads) {
    if (place.kind === 'variable' && contains(item.statement, place.declaration)) return place.name;
  }
  return undefined;
}

/** Calls that take place when code runs. */
function callsIn(node: ast.Node): readonly ast.CallExpression[] {
  return collect(node, ast.isCallExpression);
}

/** Whether something stays written: log lines are nobody's business. */
export function isLasting({ place }: Effect): boolean {
  return place.kind !== 'resource' || place.resource !== 'log';
}

function isClock({ place }: Effect): boolean {
  return place.kind === 'resource' && place.resource === 'time';
}

/** Whether a call is given the time at which it starts: `f(Date.now())`. */
export function readsClockItself({ reads }: Effects, call: ast.Expression): boolean {
  return reads.some((effect) => isClock(effect) && contains(call, effect.node));
}
