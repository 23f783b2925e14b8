/**
 * Awaits that stand above a check which does without them. The await may come after the check when all it does is read, when
 * neither changes what the other looks at, and when the check finds the same whenever it is made: what others may change
 * meanwhile (`signal.aborted`, `this.closed`) is often looked at after a wait on purpose.
 */
import * as ast from '#ast';
import { commute } from '../effects/commuting.ts';
import type { EffectAnalysis } from '../effects/effects.ts';
import { isGuard } from '../effects/guards.ts';
import type { Effects } from '../effects/places.ts';
import { surroundingsOf } from '../shape/surroundings.ts';
import { contains, leaves, statementsOf, unwrap } from '../shape/syntax.ts';
import { type AwaitStatement, awaitStatement, movable } from './awaits.ts';
import { type Independence, isSlow } from './independence.ts';
import { isSteady } from './steadiness.ts';
import { isLasting, readsClockItself } from './verdicts.ts';
import { mentions, namesSetBy } from './waves.ts';

/** An await, and the checks below it that do not need it. */
export interface EarlyAwait {
  readonly await: AwaitStatement;
  /** In the order of the code, at least one. */
  readonly checks: readonly ast.IfStatement[];
}

/** What a comment above a check says where it is meant to come second. */
const ON_PURPOSE = /\bafter\b|\border\b|\bfirst\b|on purpose|intention|deliberate/i;

/** Calls that throw when they find nothing: their failure comes first on purpose. */
const THROWS = /Or(?:Throw|Fail|Die|Reject|404)$/;

/** Finds awaits that could come later. */
export class EarlyAwaits {
  readonly #effects: EffectAnalysis;
  readonly #independence: Independence;

  constructor(independence: Independence) {
    this.#effects = independence.effects;
    this.#independence = independence;
  }

  /** The checks that an await could stand below, if it makes up a statement that gives a name to what it found. */
  of(node: ast.AwaitExpression): EarlyAwait | undefined {
    const found = statementWith(node);
    if (found?.target.kind !== 'declaration' || found.value !== node) return undefined;
    const below = stepsBelow(found);
    if (!below.some(isCheck) || isGuard(found.call) || throwsItself(found.call)) return undefined;
    if (surroundingsOf(found.statement).keepsOrder || this.#effects.outlookOn(found.call)) {
      return undefined;
    }
    const effects = this.#effects.of(found.call);
    if (effects.unknown ?? effects.order ?? effects.writes.find(isLasting)) return undefined;
    if (!isSlow(effects) || readsClockItself(effects, found.call)) return undefined;
    const passed = below.findIndex((one) => !this.#mayPass(one, found, effects));
    const steps = passed === -1 ? below : below.slice(0, passed);
    const checks = steps.filter(isCheck);
    return checks.length === 0 || this.#overlaps(found) ? undefined : { await: found, checks };
  }

  /** Whether it could start together with another: that is another finding, and another remedy. */
  #overlaps({ statement }: AwaitStatement): boolean {
    const statements = statementsOf(statement.parent) ?? [];
    return this.#independence
      .in(statements)
      .some(({ awaits }) => awaits.some((one) => one.statement === statement));
  }

  /** Whether an await may come after a statement rather than before it. */
  #mayPass(step: ast.Statement, { statement }: AwaitStatement, effects: Effects): boolean {
    const looked = this.#effects.of(isCheck(step) ? step.expression : step);
    if (looked.unknown ?? looked.order ?? looked.writes.find(isLasting)) return false;
    if (!commute(effects, looked).yes) return false;
    const usesIt = looked.reads.some(
      ({ place }) => place.kind === 'variable' && contains(statement, place.declaration),
    );
    return !usesIt && looked.reads.every((read) => isSteady(read, statement, this.#effects.scopes));
  }
}

function statementWith(node: ast.AwaitExpression): AwaitStatement | undefined {
  let at: ast.Node = node;
  while (at.parent !== undefined && !ast.isStatement(at)) at = at.parent;
  const found = awaitStatement(at);
  return found?.await === node ? found : undefined;
}

/** What follows up to the last check that does not say what the await finds: checks, and declarations between them. */
function stepsBelow(found: AwaitStatement): readonly ast.Statement[] {
  const statements = statementsOf(found.statement.parent) ?? [];
  const names = namesSetBy(found);
  const below = statements.slice(statements.indexOf(found.statement) + 1);
  const end = below.findIndex((one) => !isStep(one) || isMeantToWait(one) || mentions(one, names));
  const steps = end === -1 ? below : below.slice(0, end);
  return steps.slice(0, steps.findLastIndex(isCheck) + 1);
}

function isStep(statement: ast.Statement): boolean {
  return isCheck(statement) || movable(statement)?.kind === 'plain';
}

/** `// Only after that, so that nobody learns which ids there are.` */
function isMeantToWait(statement: ast.Statement): boolean {
  const { text } = statement.getSourceFile();
  const comments = ast.getLeadingCommentRanges(text, statement.pos) ?? [];
  return comments.some(({ pos, end }) => ON_PURPOSE.test(text.slice(pos, end)));
}

/** `if (…) return`, `throw`, `continue`, `break`, with no `else`. */
function isCheck(statement: ast.Statement): statement is ast.IfStatement {
  if (!ast.isIfStatement(statement) || statement.elseStatement !== undefined) return false;
  return leaves(statement.thenStatement);
}

function throwsItself({ expression }: ast.CallExpression): boolean {
  const callee = unwrap(expression);
  const name = ast.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
  return THROWS.test(name);
}
