/**
 * What one function waits for, as it is written and as it could be: one thing after the other, or together. What only one
 * branch waits for stands beside the other branch; a loop counts as one turn; nothing is taken to fail.
 */
import * as ast from '#ast';
import type { Facts } from '../facts.ts';
import { brief, isFunction, leaves, statementsOf, unwrap } from '../shape/syntax.ts';
import type { AwaitStatement } from './awaits.ts';
import { durationOf } from './durations.ts';
import { valueAwaitsOf } from './value-awaits.ts';
import type { Series } from './waves.ts';

/** Something that takes time. */
export interface Wait {
  readonly kind: 'wait';
  readonly node: ast.Node;
  /** Whom it waits for: `load` of `await load(id)`. */
  readonly name: string;
  /** The same with what is given: `load(id)`. */
  readonly code: string;
}

/** Something that takes time, or several such things. */
export type Waiting =
  | Wait
  | { readonly kind: 'sequence' | 'together'; readonly parts: readonly Waiting[] };

/** Finds the series among the statements of a block; none where order is to stay as it is. */
export type SeriesIn = (statements: readonly ast.Statement[]) => readonly Series[];

/** Everything that some code waits for, functions within left out. */
export function waitsIn(node: ast.Node, facts: Facts, seriesIn: SeriesIn): Waiting {
  return sequence(new Waits(facts, seriesIn).of(node));
}

class Waits {
  readonly #facts: Facts;
  readonly #seriesIn: SeriesIn;

  constructor(facts: Facts, seriesIn: SeriesIn) {
    this.#facts = facts;
    this.#seriesIn = seriesIn;
  }

  of(node: ast.Node | undefined): readonly Waiting[] {
    if (node === undefined || isFunction(node)) return [];
    const statements = statementsOf(node);
    if (statements !== undefined) return this.#block(statements);
    if (ast.isAwaitExpression(node)) return this.#await(node);
    if (ast.isIfStatement(node)) {
      return [...this.of(node.expression), this.#either(node.thenStatement, node.elseStatement)];
    }
    if (ast.isConditionalExpression(node)) {
      return [...this.of(node.condition), this.#either(node.whenTrue, node.whenFalse)];
    }
    if (ast.isCaseBlock(node)) return [this.#either(...node.clauses)];
    if (ast.isTryStatement(node)) return [...this.of(node.tryBlock), ...this.of(node.finallyBlock)];
    if (ast.isForOfStatement(node) && node.awaitModifier) return this.#forAwait(node);
    return this.#children(node);
  }

  #children(node: ast.Node): readonly Waiting[] {
    const found: Waiting[] = [];
    node.forEachChild((child) => {
      found.push(...this.of(child));
      return undefined;
    });
    return found;
  }

  #either(...branches: readonly (ast.Node | undefined)[]): Waiting {
    return together(branches.map((one) => sequence(this.of(one))));
  }

  /** Statements one after the other, those of a series in waves; after a branch that leaves, only the other goes on. */
  #block(statements: readonly ast.Statement[]): readonly Waiting[] {
    const series = this.#seriesIn(statements);
    const found: Waiting[] = [];
    for (let at = 0; at < statements.length; at++) {
      const statement = statements[at];
      const own = series.find(({ awaits }) => awaits[0]?.statement === statement);
      if (statement === undefined) break;
      if (own !== undefined) {
        found.push(...own.waves.map((wave) => this.#wave(wave)), ...this.#last(own));
        const last = own.awaits.at(-1);
        at = last === undefined ? at : statements.indexOf(last.statement);
      } else if (
        ast.isIfStatement(statement) &&
        !statement.elseStatement &&
        leaves(statement.thenStatement)
      ) {
        const rest = sequence(this.#block(statements.slice(at + 1)));
        const branch = sequence(this.of(statement.thenStatement));
        return [...found, ...this.of(statement.expression), together([branch, rest])];
      } else found.push(...this.of(statement));
    }
    return found;
  }

  #wave(wave: readonly AwaitStatement[]): Waiting {
    return together(wave.map((one) => sequence(this.of(one.value))));
  }

  /** What is waited for with the values of a series as arguments: `await save(await f(), await g())`. */
  #last({ awaits: [first] }: Series): readonly Waiting[] {
    const isPart = first?.target.kind === 'part';
    const last = isPart ? valueAwaitsOf(first.statement)?.last : undefined;
    return last === undefined ? [] : [waitFor(unwrap(last.expression), last)];
  }

  #await(node: ast.AwaitExpression): readonly Waiting[] {
    const operand = unwrap(node.expression);
    const gathered = durationOf(node) === undefined ? this.#gathered(operand) : undefined;
    if (gathered !== undefined) return [gathered];
    return [...this.of(node.expression), waitFor(operand, node)];
  }

  /** What `Promise.all([f(), g()])` waits for, as each is written. */
  #gathered(operand: ast.Expression): Waiting | undefined {
    if (!this.#facts.fanOuts.isCombinator(operand)) return undefined;
    const [list] = operand.arguments;
    const waitsForAll = /^all/.test(operand.expression.name.text);
    if (!waitsForAll || list === undefined || !ast.isArrayLiteralExpression(list)) return undefined;
    if (list.elements.length === 0 || list.elements.some(ast.isSpreadElement)) return undefined;
    return this.#started(list.elements);
  }

  /** Each promise runs on while the rest of the list is made, which may itself wait. */
  #started([first, ...others]: readonly ast.Expression[]): Waiting {
    if (first === undefined) return sequence([]);
    const element = unwrap(first);
    const rest = this.#started(others);
    const from = ast.isAwaitExpression(element) ? rest : together([waitFor(element, first), rest]);
    return sequence([...this.of(first), from]);
  }

  #forAwait(loop: ast.ForOfStatement): readonly Waiting[] {
    const name = `for await ${brief(loop.expression)}`;
    const next: Wait = { kind: 'wait', node: loop.expression, name, code: name };
    return [...this.of(loop.expression), next, ...this.of(loop.statement)];
  }
}

function waitFor(promise: ast.Expression, node: ast.Node): Wait {
  const callee = ast.isCallExpression(promise) ? promise.expression : promise;
  const name = callee.getText().replace(/\s+/g, ' ');
  const code = promise.getText().replace(/\s+/g, ' ');
  return { kind: 'wait', node, name, code };
}

function sequence(parts: readonly Waiting[]): Waiting {
  const [only, more] = parts;
  return only !== undefined && more === undefined ? only : { kind: 'sequence', parts };
}

function together(parts: readonly Waiting[]): Waiting {
  return { kind: 'together', parts };
}
