/**
 * Names of functions that may reach a blocking call, by the text of the project alone: who contains such a call, who calls
 * something of that name, who calls something of that name in turn. A name that is not among them needs no question.
 */
import * as ast from '#ast';
import type { ProjectSettings } from '#engine/settings.ts';
import { hashOf, kindSet, type Program, type Source, wordsIn } from '#program';
import { type FunctionNode, hasModifier, isAsync, isGenerator, wrapped } from '../shape/syntax.ts';
import { type Blocking, calledName } from './blocking.ts';
import { runnerOf } from './turns.ts';

type Call = ast.CallExpression | ast.NewExpression;

/** What a default import is called, whatever name it has in a file. */
const DEFAULT = 'default';

/** Files that are asked for at once. */
const CHUNK = 64;

const CALLERS = new WeakMap<ast.SourceFile, ReadonlyMap<string, ReadonlySet<string>>>();
/** Names of functions with a call that may block, for the settings of the user that they were worked out with. */
const ENDS = new WeakMap<ast.SourceFile, { readonly own: string; readonly names: Set<string> }>();

const CALLS = kindSet([ast.SyntaxKind.CallExpression, ast.SyntaxKind.NewExpression]);

/** Knows the names that need a closer look. */
export class Suspects {
  readonly #program: Program;
  readonly #blocking: Blocking;
  readonly #own: string;
  #names: ReadonlySet<string> | undefined;

  constructor(program: Program, blocking: Blocking, settings: ProjectSettings) {
    this.#program = program;
    this.#blocking = blocking;
    this.#own = settings.blocking.join('\n');
  }

  /** Whether what is called may be a function of the project that reaches a blocking call. */
  isSuspect(call: Call): boolean {
    const name = calledName(call.expression)?.text;
    if (name === undefined) return false;
    this.#names ??= this.#gather();
    if (this.#names.has(plain(name))) return true;
    const other = wordsIn(call.getSourceFile()).renamed.get(name);
    return other !== undefined && this.#names.has(other);
  }

  #gather(): ReadonlySet<string> {
    const sources = this.#sources();
    const all = new Set<string>();
    let fresh = new Set(sources.flatMap((source) => [...this.#endsIn(source)]));
    while (fresh.size > 0) {
      for (const name of fresh) all.add(name);
      const next = new Set<string>();
      const hashes = [...fresh].map((name) => [name, hashOf(name)] as const);
      for (const source of sources) {
        const { called } = wordsIn(source.root);
        for (const [name, hash] of hashes) {
          if (!called.has(hash)) continue;
          for (const caller of callersIn(source).get(name) ?? []) {
            if (!all.has(caller)) next.add(caller);
          }
        }
      }
      fresh = next;
    }
    return all;
  }

  #sources(): readonly Source[] {
    const files = this.#program.files();
    const sources: Source[] = [];
    for (let start = 0; start < files.length; start += CHUNK) {
      const chunk = files.slice(start, start + CHUNK);
      this.#program.expectSources(chunk);
      sources.push(...chunk.flatMap((file) => this.#program.source(file) ?? []));
    }
    return sources;
  }

  #endsIn(source: Source): ReadonlySet<string> {
    const known = ENDS.get(source.root);
    if (known?.own === this.#own) return known.names;
    const names = new Set<string>();
    if (this.#mayHoldAny(source)) {
      source.each(CALLS, (node) => {
        if (isCall(node) && this.#blocking.mayBlock(node)) addRunner(node, names);
      });
    }
    ENDS.set(source.root, { own: this.#own, names });
    return names;
  }

  #mayHoldAny(source: Source): boolean {
    if (this.#own !== '' || source.mentions('Sync') || this.#blocking.speaksOfAny(source.root))
      return true;
    const { called } = wordsIn(source.root);
    return GLOBALS.some((hash) => called.has(hash));
  }
}

/** APIs that need no import, beside those that are called `…Sync`. */
const GLOBALS = ['alert', 'confirm', 'prompt', 'open', 'wait'].map(hashOf);

/** By the name of what is called: the functions that call it as part of their own work. */
function callersIn(source: Source): ReadonlyMap<string, ReadonlySet<string>> {
  const known = CALLERS.get(source.root);
  if (known !== undefined) return known;
  const callers = new Map<string, Set<string>>();
  const { renamed } = wordsIn(source.root);
  source.each(CALLS, (node) => {
    const name = isCall(node) ? calledName(node.expression)?.text : undefined;
    if (name === undefined) return;
    for (const one of [plain(name), renamed.get(name) ?? []].flat()) {
      const known = callers.get(one) ?? new Set();
      callers.set(one, known);
      addRunner(node, known);
    }
  });
  CALLERS.set(source.root, callers);
  return callers;
}

/** Adds the names of the function that a node is run by, if it is one that is over when it returns. */
function addRunner(node: ast.Node, names: Set<string>): void {
  const turn = runnerOf(node);
  if (turn === undefined || isAsync(turn.fn) || isGenerator(turn.fn)) return;
  for (const name of namesOf(turn.fn)) names.add(name);
}

/** Every name that a function may be called by; those of its class for a constructor. */
function namesOf(fn: FunctionNode): readonly string[] {
  const names = ast.isConstructorDeclaration(fn) ? namesAt(fn.parent) : namesAt(fn);
  return isDefault(fn, names) ? [...names, DEFAULT] : names;
}

/** The name of a declaration, and that of what its value is put into. */
function namesAt(node: ast.Node): readonly string[] {
  const own = 'name' in node && isNode(node.name) ? textOf(node.name) : [];
  const { parent } = wrapped(node);
  if (!ast.isExpression(node) || parent === undefined) return own;
  if (ast.isBinaryExpression(parent)) {
    const { left } = parent;
    return ast.isPropertyAccessExpression(left) ? [...own, ...textOf(left.name)] : own;
  }
  const isNamed = ast.isVariableDeclaration(parent) || ast.isPropertyAssignment(parent);
  return isNamed || ast.isPropertyDeclaration(parent) ? [...own, ...textOf(parent.name)] : own;
}

/** Whether a module hands out a function as its default export, or as all it exports. */
function isDefault(fn: FunctionNode, names: readonly string[]): boolean {
  const node = ast.isConstructorDeclaration(fn) ? fn.parent : fn;
  const { parent } = wrapped(node);
  if (hasModifier(node, ast.SyntaxKind.DefaultKeyword) || ast.isExportAssignment(parent))
    return true;
  if (names.includes('exports')) return true;
  const exported = /\b(?:export default|module\.exports =)\s+([\w$]+)/.exec(
    node.getSourceFile().text,
  );
  return exported?.[1] !== undefined && names.includes(exported[1]);
}

function isNode(node: unknown): node is ast.Node {
  return typeof node === 'object' && node !== null && 'kind' in node;
}

function textOf(name: ast.Node | undefined): readonly string[] {
  if (name === undefined) return [];
  const isWord =
    ast.isIdentifier(name) || ast.isPrivateIdentifier(name) || ast.isStringLiteral(name);
  return isWord ? [plain(name.text)] : [];
}

/** `load` for `#load`. */
function plain(name: string): string {
  return name.startsWith('#') ? name.slice(1) : name;
}

function isCall(node: ast.Node): node is Call {
  return ast.isCallExpression(node) || ast.isNewExpression(node);
}
