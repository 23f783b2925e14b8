/**
 * What a call runs: a function of the project, one that the catalogue knows, a parameter, or nobody knows. What the tree
 * tells is never asked of the compiler.
 */
import * as ast from '#ast';
import { effectOf, isWrapper, type KnownEffect } from '#catalog';
import type { Declaration, Program } from '#program';
import { isOwn } from '#program';
import type { Calls } from '../names/calls.ts';
import { isRelative } from '../names/modules.ts';
import type { Scopes } from '../names/scopes.ts';
import {
  type FunctionNode,
  hasModifier,
  isFunction,
  isFunctionExpression,
  isMethodCall,
  unwrap,
  walk,
} from '../shape/syntax.ts';
import { declaredName, implementationOf, membersOf } from './members.ts';

/** A class with its body. */
export type ClassNode = ast.ClassDeclaration | ast.ClassExpression;

/** What runs when something is called. */
export type Target =
  | { readonly kind: 'function'; readonly fn: FunctionNode }
  | { readonly kind: 'class'; readonly node: ClassNode }
  | {
      readonly kind: 'known';
      readonly module: string;
      readonly name: string;
      readonly effect: KnownEffect;
    }
  | { readonly kind: 'parameter'; readonly declaration: ast.Node }
  | { readonly kind: 'unknown'; readonly why: string };

/** Anything that calls something. */
export type CallLike = ast.CallExpression | ast.NewExpression | ast.TaggedTemplateExpression;

/** Whether a node calls something. */
export function isCallLike(node: ast.Node): node is CallLike {
  return (
    ast.isCallExpression(node) || ast.isNewExpression(node) || ast.isTaggedTemplateExpression(node)
  );
}

/** What a call's callee is written as. */
export function calleeOf(call: CallLike): ast.Expression {
  return unwrap(ast.isTaggedTemplateExpression(call) ? call.tag : call.expression);
}

/** Resolves what is called. */
export class Targets {
  readonly #program: Program;
  readonly #calls: Calls;
  readonly #scopes: Scopes;
  readonly #known = new Map<ast.Node, Target>();
  readonly #callsIn = new Map<ast.Node, readonly CallLike[]>();
  readonly #expected = new Set<ast.Node>();

  constructor(program: Program, calls: Calls) {
    this.#program = program;
    this.#calls = calls;
    this.#scopes = calls.scopes;
  }

  /** What a callee, or a function that is handed on, runs when it is called. */
  of(callee: ast.Expression): Target {
    const at = unwrap(callee);
    const known = this.#known.get(at);
    if (known !== undefined) return known;
    const target = this.plain(at) ?? this.#asked(at);
    this.#known.set(at, target);
    return target;
  }

  /** What the tree alone tells; nothing when the compiler has to be asked. */
  plain(at: ast.Expression): Target | undefined {
    if (isFunctionExpression(at)) return { kind: 'function', fn: at };
    if (at.kind === ast.SyntaxKind.ImportKeyword) return unknown('it loads and runs a module');
    if (ast.isIdentifier(at)) return this.#named(at);
    if (!ast.isPropertyAccessExpression(at)) return unknown(`nobody knows what ${nameOf(at)} is`);
    if (at.expression.kind === ast.SyntaxKind.ThisKeyword) return this.#ownMember(at);
    return this.#imported(at);
  }

  /** The node whose symbol `of` asks for, if it has to ask. */
  asks(callee: ast.Expression): ast.Node | undefined {
    const at = unwrap(callee);
    if (this.#known.has(at)) return undefined;
    const plain = this.plain(at);
    if (plain !== undefined) {
      this.#known.set(at, plain);
      return undefined;
    }
    return ast.isPropertyAccessExpression(at) ? at.name : at;
  }

  /** Everything in some code that calls something, functions within included. */
  callsIn(node: ast.Node): readonly CallLike[] {
    const known = this.#callsIn.get(node);
    if (known !== undefined) return known;
    const calls: CallLike[] = [];
    const look = (at: ast.Node): void => void (isCallLike(at) && calls.push(at));
    walk(node, look, { intoFunctions: true });
    this.#callsIn.set(node, calls);
    return calls;
  }

  /** Wants all that has to be asked to know what some code calls, in the next batch. */
  expect(node: ast.Node): void {
    if (this.#expected.has(node)) return;
    this.#expected.add(node);
    const wanted = this.callsIn(node).flatMap((call) => this.asks(calleeOf(call)) ?? []);
    this.#program.query.expectSymbols(wanted);
  }

  /** What a class extends, as a class of the project or a known one; nothing when it extends nothing. */
  baseOf(node: ClassNode): Target | undefined {
    for (const clause of node.heritageClauses ?? []) {
      const [base] = clause.types;
      if (clause.token === ast.SyntaxKind.ExtendsKeyword && base) return this.of(base.expression);
    }
    return undefined;
  }

  /** The getter or setter that `this.name` runs, where the class round it has one. */
  accessor(at: ast.PropertyAccessExpression, kind: 'get' | 'set'): FunctionNode | undefined {
    if (at.expression.kind !== ast.SyntaxKind.ThisKeyword) return undefined;
    const wanted = kind === 'get' ? ast.SyntaxKind.GetAccessor : ast.SyntaxKind.SetAccessor;
    const member = membersOf(at).find(
      (one) => one.kind === wanted && declaredName(one) === at.name.text,
    );
    return member && isFunction(member) ? member : undefined;
  }

  #named(at: ast.Identifier): Target | undefined {
    const binding = this.#scopes.of(at);
    if (binding === undefined) return this.#imported(at);
    const { declaration, kind } = binding;
    if (kind === 'parameter') {
      const whole = ast.isParameterDeclaration(declaration) && ast.isIdentifier(declaration.name);
      return whole ? { kind: 'parameter', declaration } : unknown(`\`${at.text}\` is a parameter`);
    }
    if (kind === 'class') return classIn(declaration);
    const fn = this.#functionIn(declaration);
    if (fn !== undefined) return { kind: 'function', fn };
    const imported = this.#imported(at);
    if (imported !== undefined || kind === 'import' || this.#isRequired(at)) return imported;
    return unknown(`nobody knows what \`${at.text}\` does`);
  }

  /** `const { load } = require('./files')`. */
  #isRequired(at: ast.Identifier): boolean {
    const origin = this.#calls.origin(at);
    return origin !== undefined && isRelative(origin.module);
  }

  /** By the imports of the file, and by the names of globals. */
  #imported(at: ast.Expression): Target | undefined {
    const origin = this.#calls.origin(at);
    if (origin === undefined || isRelative(origin.module)) return undefined;
    const name = origin.name
      .replace(/^(?:globalThis|window|self)\./, '')
      .replace(/^([A-Z]\w*)\(\)\./, '$1.');
    const target = knownAs(origin.module, name);
    return name.includes('()') && !isOfClient(name, target) ? undefined : target;
  }

  #ownMember(at: ast.PropertyAccessExpression): Target | undefined {
    const member = membersOf(at).find((one) => declaredName(one) === at.name.text);
    if (member === undefined) return undefined;
    return this.#running(member);
  }

  #asked(at: ast.Expression): Target {
    const { query } = this.#program;
    const symbol = query.targetAt(ast.isPropertyAccessExpression(at) ? at.name : at);
    if (symbol === undefined) return unknown(`nobody knows what ${nameOf(at)} is`);
    const own = query.declarations(symbol).filter(({ path }) => isOwn(path));
    for (const declaration of own) {
      const target = this.#declared(declaration);
      if (target !== undefined) return target;
    }
    const callee = this.#calls.resolved(at);
    const known = callee && (knownAs(callee.module, callee.name) ?? ordinary(callee.name));
    return known ?? unknown(`nobody knows what ${nameOf(at)} does`);
  }

  #declared(declaration: Declaration): Target | undefined {
    const node = declaration.node();
    if (node === undefined) return undefined;
    if (ast.isClassDeclaration(node) || ast.isClassExpression(node)) return classIn(node);
    const bound = boundIn(node);
    return bound ? this.of(bound) : this.#running(node);
  }

  #running(declaration: ast.Node): Target | undefined {
    const fn = this.#functionIn(declaration);
    if (fn === undefined) return undefined;
    return isHook(fn) ? unknown('subclasses say what it does') : { kind: 'function', fn };
  }

  /** The function that a declaration gives a name to, overloads passed over. */
  #functionIn(node: ast.Node): FunctionNode | undefined {
    if (isFunction(node)) return node.body === undefined ? implementationOf(node) : node;
    if (ast.isVariableDeclaration(node) && ast.isIdentifier(node.name)) {
      const binding = this.#scopes.of(node.name);
      if (binding !== undefined && !this.#scopes.isConstant(binding)) return undefined;
    }
    if (ast.isShorthandPropertyAssignment(node) && ast.isIdentifier(node.name)) {
      const declaration = this.#scopes.declarationOf(node.name);
      return declaration && this.#functionIn(declaration);
    }
    const value =
      ast.isVariableDeclaration(node) ||
      ast.isPropertyDeclaration(node) ||
      ast.isPropertyAssignment(node)
        ? node.initializer
        : ast.isExportAssignment(node)
          ? node.expression
          : undefined;
    return value && this.#functionOf(value);
  }

  /** A function that is written here, also within `cache(…)` and its like. */
  #functionOf(value: ast.Expression): FunctionNode | undefined {
    const at = unwrap(value);
    if (isFunctionExpression(at)) return at;
    const [given] = ast.isCallExpression(at) ? at.arguments : [];
    const maker = ast.isCallExpression(at) && given ? this.#calls.origin(at.expression) : undefined;
    return given && maker && isWrapper(maker.module, maker.name)
      ? this.#functionOf(given)
      : undefined;
  }
}

/** `pino.info` of `{ info: pino.info.bind(pino) }`. */
function boundIn(node: ast.Node): ast.Expression | undefined {
  const call = ast.isPropertyAssignment(node) ? unwrap(node.initializer) : undefined;
  return call && isMethodCall(call, 'bind') ? call.expression.expression : undefined;
}

/** A method that does nothing, or only throws, is there to be overridden; a private one, or one named for that, is not. */
function isHook(fn: FunctionNode): boolean {
  if (!ast.isMethodDeclaration(fn) || fn.body === undefined) return false;
  if (/^(?:throw|fail|raise)/.test(fn.name.getText()) && fn.body.statements.length > 0)
    return false;
  if (hasModifier(fn, ast.SyntaxKind.PrivateKeyword) || ast.isPrivateIdentifier(fn.name))
    return false;
  const [first] = fn.body.statements;
  return first === undefined || ast.isThrowStatement(first);
}

function unknown(why: string): Target {
  return { kind: 'unknown', why };
}

function knownAs(module: string, name: string): Target | undefined {
  const effect = effectOf(module, name);
  return effect && { kind: 'known', module, name, effect };
}

/** `create().get`: what a call gives has the members of its module only where it is a client of something outside. */
function isOfClient(name: string, target: Target | undefined): boolean {
  if (target?.kind !== 'known' || /\.(?:then|catch|finally)$/.test(name)) return false;
  const { reads, writes } = target.effect;
  return (reads ?? writes) !== undefined;
}

/**
 * Methods that the language itself calls to convert objects, errors of packages, and what a type that is named a logger
 * declares: whoever writes one keeps to what it is for.
 */
function ordinary(name: string): Target | undefined {
  if (LOGS.test(name)) return { kind: 'known', module: 'global', name, effect: { writes: 'log' } };
  return ORDINARY.test(name) ? { kind: 'known', module: 'global', name, effect: {} } : undefined;
}

const ORDINARY =
  /\.(?:toString|toJSON|valueOf|toLocaleString|toISOString)$|^[A-Z]\w*(?:Error|Exception)$/;

const LOGS = /Logger\.(?:trace|debug|verbose|info|notice|log|warn|warning|error|fatal)$/;

function classIn(node: ast.Node): Target | undefined {
  if (!ast.isClassDeclaration(node) && !ast.isClassExpression(node)) return undefined;
  const ambient = hasModifier(node, ast.SyntaxKind.DeclareKeyword);
  return ambient ? unknown('the class has no body here') : { kind: 'class', node };
}

function nameOf(node: ast.Expression): string {
  if (ast.isIdentifier(node)) return `\`${node.text}\``;
  return ast.isPropertyAccessExpression(node) ? `\`${node.name.text}\`` : 'the callee';
}
