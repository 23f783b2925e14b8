/**
 * Assertions that settle later: they give a promise, and only who waits for it learns of their verdict. Known by imports and
 * types; a name alone is not enough.
 */
import * as ast from '#ast';
import {
  ASSERT_FUNCTIONS,
  CHAI_MEMBERS,
  EXPECT_MODULES,
  IMMEDIATE_EXPECT_MODULES,
  TRUTH_FUNCTIONS,
  WAITING_MODULES,
} from '#catalog';
import { isOwn, type Program } from '#program';
import type { Calls } from '../names/calls.ts';
import { modulesIn } from '../names/modules.ts';
import type { Promises } from '../promises/promises.ts';
import { isInTest } from '../shape/contexts.ts';
import { type FunctionNode, isFunction, unwrap } from '../shape/syntax.ts';

/** An assertion that gives a promise of its verdict, or a wait for what a test needs. */
export interface Assertion {
  /** `immediate`: it fails at once all the same. */
  readonly kind: 'assertion' | 'immediate' | 'wait';
  /** The member that makes it wait: `rejects`, `toBeVisible`, `waitFor`. */
  readonly name: string;
}

/** An assertion that holds of whatever promise it is given: `expect(load()).toBeTruthy()`. */
export interface EmptyAssertion {
  readonly given: ast.Expression;
  /** The member that holds: `toBeTruthy`, `not.toBeNull`. */
  readonly name: string;
}

/** `expect(x).not.toBe(y)`, taken apart: the name it starts from, and its members from left to right. */
interface Chain {
  readonly root: ast.Identifier;
  readonly members: readonly string[];
  /** The first call before the last member: `expect(x)`. */
  readonly start: ast.CallExpression | undefined;
}

/** Recognises assertions that settle later. */
export class Assertions {
  readonly #program: Program;
  readonly #calls: Calls;
  readonly #promises: Promises;

  constructor(program: Program, calls: Calls, promises: Promises) {
    this.#program = program;
    this.#calls = calls;
    this.#promises = promises;
  }

  /** The assertion that an expression is, if its verdict comes later and the expression gives a promise of it. */
  of(expression: ast.Expression): Assertion | undefined {
    const at = unwrap(expression);
    const chain = chainOf(at);
    if (chain === undefined || HANDLERS.has(chain.members.at(-1) ?? '')) return undefined;
    return this.#ofExpect(at, chain) ?? this.#ofChai(at, chain) ?? this.#ofFunction(at, chain);
  }

  /** The assertion that an expression is, if it would hold of any promise, and says nothing of the value. */
  ofAnyPromise(expression: ast.Expression): EmptyAssertion | undefined {
    const chain = chainOf(unwrap(expression));
    const matcher = chain?.members.at(-1);
    if (chain?.start === undefined || matcher === undefined) return undefined;
    const isNot = chain.members.includes('not');
    if (!(isNot ? FALSE_OF_PROMISES : TRUE_OF_PROMISES).has(matcher)) return undefined;
    if (chain.members.some((one) => !WORDS.has(one) && one !== matcher)) return undefined;
    const [given, ...more] = chain.start.arguments;
    if (given === undefined || ast.isSpreadElement(given) || more.length > 0) return undefined;
    if (!this.#isExpect(chain.root, chain.members)) return undefined;
    return { given, name: isNot ? `not.${matcher}` : matcher };
  }

  /** Whether a call asserts that the first it is given is true: `assert(x)`, `assert.ok(x)`, a function that `asserts x`. */
  demandsTruth(call: ast.CallExpression): boolean {
    const callee = this.#calls.of(call);
    const own = callee?.name.split('.').at(-1) ?? '';
    if (callee !== undefined && TRUTH_FUNCTIONS.get(own)?.has(callee.module)) return true;
    const declared = this.#calls.declaration(call);
    const fn = declared !== undefined && isOwn(declared.path) ? declared.node() : undefined;
    return fn !== undefined && isFunction(fn) && assertsFirst(fn);
  }

  /** `expect(p).resolves.toBe(1)`, and every matcher of `expect(…)` that gives a promise. */
  #ofExpect(node: ast.Expression, { root, members, start }: Chain): Assertion | undefined {
    const matcher = members.at(-1);
    if (matcher === undefined || start === undefined || !this.#isExpect(root, members))
      return undefined;
    const promised = members.find((one) => one === 'resolves' || one === 'rejects');
    const module = this.#calls.imported(root)?.module;
    if (promised !== undefined && ast.isCallExpression(node)) {
      const isKnown = module !== undefined && EXPECT_MODULES.has(module);
      if (isKnown || this.#isUntyped(node, root)) return { kind: 'assertion', name: promised };
    }
    if (!ast.isCallExpression(node) || !this.#isPromise(node)) return undefined;
    if (promised !== undefined) return { kind: 'assertion', name: promised };
    const isImmediate = module !== undefined && IMMEDIATE_EXPECT_MODULES.has(module);
    return { kind: isImmediate ? 'immediate' : 'assertion', name: matcher };
  }

  /** `expect(p).to.be.rejected`, `p.should.eventually.equal(1)`, `assert.eventually.equal(p, 1)`. */
  #ofChai(node: ast.Expression, { root, members }: Chain): Assertion | undefined {
    const name = members.find((one) => CHAI_MEMBERS.has(one));
    if (name === undefined) return undefined;
    const isChai =
      this.#calls.imported(root)?.module === 'chai' ||
      (members.includes('should') && modulesIn(node.getSourceFile()).has('chai-as-promised'));
    if (isChai) return { kind: 'assertion', name };
    const starts = root.text === 'expect' || root.text === 'assert' || members.includes('should');
    return starts && this.#isThenable(node) ? { kind: 'assertion', name } : undefined;
  }

  /** `assert.rejects(p)`, `waitFor(f)`, `page.waitForSelector(s)`. */
  #ofFunction(node: ast.Expression, { root, members }: Chain): Assertion | undefined {
    if (!ast.isCallExpression(node)) return undefined;
    const name = members.at(-1) ?? root.text;
    const modules = ASSERT_FUNCTIONS.get(name);
    const isWait = /^(?:waitFor|waitUntil)/.test(name);
    const isNamed = isWait || modules !== undefined;
    if (!isNamed && (members.length > 0 || !isTestFile(node))) return undefined;
    const callee = isNamed ? this.#calls.of(node) : this.#calls.imported(root);
    if (callee === undefined) return undefined;
    const own = callee.name.split('.').at(-1) ?? name;
    if (ASSERT_FUNCTIONS.get(own)?.has(callee.module)) return { kind: 'assertion', name: own };
    if (!/^(?:waitFor|waitUntil)/.test(own) || !WAITING_MODULES.test(callee.module)) return;
    return this.#mayBePromise(node) ? { kind: 'wait', name: own } : undefined;
  }

  /** `expect`, `expect.soft`, `vitest.expect`, and what a test imports under another name. */
  #isExpect(root: ast.Identifier, [first]: readonly string[]): boolean {
    if (/expect$/i.test(root.text) || first === 'expect') return true;
    return isTestFile(root) && this.#calls.imported(root)?.name === 'expect';
  }

  /** Nothing is known of the global `expect` of a test: a project without the types of its test runner. */
  #isUntyped(node: ast.Expression, root: ast.Identifier): boolean {
    if (this.#calls.scopes.of(root) !== undefined || !isInTest(node)) return false;
    return this.#promises.of(this.#program.query.typeAt(node)) === 'unknown';
  }

  #isPromise(node: ast.Expression): boolean {
    return this.#promises.of(this.#program.query.typeAt(node)) === 'always';
  }

  #isThenable(node: ast.Expression): boolean {
    return this.#promises.thenable(this.#program.query.typeAt(node)) === 'always';
  }

  #mayBePromise(node: ast.Expression): boolean {
    return this.#promises.of(this.#program.query.typeAt(node)) !== 'never';
  }
}

/** Matchers that hold of every promise, of Jest and of Chai, and those that hold of none. */
const TRUE_OF_PROMISES = new Set(['toBeTruthy', 'toBeDefined', 'exist', 'ok']);
const FALSE_OF_PROMISES = new Set([
  'toBeFalsy',
  'toBeNaN',
  'toBeNull',
  'toBeUndefined',
  'false',
  'null',
  'undefined',
]);
/** What may stand between the value and the matcher, and changes neither. */
const WORDS = new Set(['expect', 'soft', 'not', 'to', 'be']);

/** Members that hand the verdict on: to a handler, or to the callback of the test. */
const HANDLERS = new Set(['then', 'catch', 'finally', 'notify']);

/** Where names that are not those of a test library are looked up. */
function isTestFile(node: ast.Node): boolean {
  return /test|spec|e2e/i.test(node.getSourceFile().fileName);
}

function chainOf(node: ast.Expression): Chain | undefined {
  const members: string[] = [];
  let start: ast.CallExpression | undefined;
  let at = unwrap(node);
  for (;;) {
    if (ast.isIdentifier(at)) return { root: at, members: members.reverse(), start };
    if (ast.isPropertyAccessExpression(at)) members.push(at.name.text);
    else if (!ast.isCallExpression(at)) return undefined;
    else if (members.length > 0) start = at;
    at = unwrap(at.expression);
  }
}

/** `(value: unknown) => asserts value`. */
function assertsFirst({ type, parameters: [first] }: FunctionNode): boolean {
  if (type === undefined || !ast.isTypePredicateNode(type) || type.type !== undefined) return false;
  return (
    type.assertsModifier !== undefined && type.parameterName.getText() === first?.name.getText()
  );
}
