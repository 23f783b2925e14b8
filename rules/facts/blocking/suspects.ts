/**
 * Names of functions that may reach a blocking call, by the text of the project alone: who contains such a call, who calls
 * something of that name, who calls something of that name in turn. A name that is not among them needs no question.
 */
import * as ast from '#ast';
import type { ProjectSettings } from '#engine/settings.ts';
import { type History, hashOf, kindSet, type Program, type Source, type Words } from '#program';
import { type FunctionNode, hasModifier, isAsync, isGenerator, wrapped } from '../shape/syntax.ts';
import { type Blocking, calledName } from './blocking.ts';
import { runnerOf } from './turns.ts';

type Call = ast.CallExpression | ast.NewExpression;

/** What a default import is called, whatever name it has in a file. */
const DEFAULT = 'default';

const CALLS = kindSet([ast.SyntaxKind.CallExpression, ast.SyntaxKind.NewExpression]);

/** What a file adds to the search. Holds no tree: it outlives the snapshot that it was read in. */
interface Share {
  readonly words: Words;
  /** Names of functions with a call that may block. */
  readonly ends: ReadonlySet<string>;
  /** By the name of what is called, the functions that call it; worked out when something calls a suspect. */
  callers: ReadonlyMap<string, ReadonlySet<string>> | undefined;
}

/** A search that has come to its end. */
interface Search {
  edition: number;
  readonly shares: Map<string, Share>;
  readonly names: ReadonlySet<string>;
}

const NOTHING: ReadonlySet<string> = new Set();

/** The newest search by project and settings. */
const SEARCHES = new WeakMap<History, Map<string, Search>>();

/** Knows the names that need a closer look. */
export class Suspects {
  readonly #program: Program;
  readonly #blocking: Blocking;
  readonly #own: string;
  #search: Search | undefined;

  constructor(program: Program, blocking: Blocking, settings: ProjectSettings) {
    this.#program = program;
    this.#blocking = blocking;
    this.#own = settings.blocking.join('\n');
  }

  /** Whether what is called may be a function of the project that reaches a blocking call. */
  isSuspect(call: Call): boolean {
    const name = calledName(call.expression)?.text;
    if (name === undefined) return false;
    if (this.mayName(name)) return true;
    const { names, shares } = this.#known;
    const other = shares.get(call.getSourceFile().fileName)?.words.renamed.get(name);
    return other !== undefined && names.has(other);
  }

  /** Whether a function of the project that may reach a blocking call has this name. */
  mayName(name: string): boolean {
    return this.#known.names.has(plain(name));
  }

  get #known(): Search {
    this.#search ??= this.#newest();
    return this.#search;
  }

  /** The search of an earlier snapshot, if what has changed since leads nowhere else; a new one otherwise. */
  #newest(): Search {
    const { history, edition, config } = this.#program;
    const searches = SEARCHES.get(history) ?? new Map<string, Search>();
    SEARCHES.set(history, searches);
    const key = `${config}\n${this.#own}`;
    const before = searches.get(key);
    const changed = before && history.changedSince(before.edition);
    const search =
      before !== undefined && changed !== undefined && this.#isStill(before, changed)
        ? before
        : this.#searched(changed === undefined ? undefined : before, changed ?? []);
    search.edition = edition;
    searches.set(key, search);
    return search;
  }

  /** Whether changed files import what they did, and lead to the same names; what they add is brought up to date. */
  #isStill({ shares, names }: Search, changed: readonly string[]): boolean {
    return changed.every((file) => {
      const before = shares.get(file);
      if (before === undefined) return true;
      const now = this.#shareOf(file);
      if (now === undefined) return false;
      shares.set(file, now);
      return (
        same(now.words.modules, before.words.modules) &&
        same([...now.ends], [...before.ends]) &&
        same(this.#leads(now, names, file), this.#leads(before, names, file))
      );
    });
  }

  /** Who calls suspects in a file, in one order. */
  #leads(share: Share, names: ReadonlySet<string>, file: string): readonly string[] {
    return [...names].flatMap((name) => {
      if (!share.words.called.has(hashOf(name))) return [];
      return [name, ...(this.#callersIn(file, share).get(name) ?? [])];
    });
  }

  #searched(before: Search | undefined, changed: readonly string[]): Search {
    const shares = new Map<string, Share>();
    for (const file of this.#program.files()) {
      const known = changed.includes(file) ? undefined : before?.shares.get(file);
      const share = known ?? this.#shareOf(file);
      if (share !== undefined) shares.set(file, share);
    }
    const names = new Set<string>();
    let fresh = new Set([...shares.values()].flatMap(({ ends }) => [...ends]));
    while (fresh.size > 0) {
      for (const name of fresh) names.add(name);
      fresh = this.#callersOf(fresh, names, shares);
    }
    return { edition: this.#program.edition, shares, names };
  }

  /** Functions that call something of these names, those that are known left out. */
  #callersOf(
    fresh: ReadonlySet<string>,
    known: ReadonlySet<string>,
    shares: ReadonlyMap<string, Share>,
  ): Set<string> {
    const callers = new Set<string>();
    const hashes = [...fresh].map((name) => [name, hashOf(name)] as const);
    for (const [file, share] of shares) {
      for (const [name, hash] of hashes) {
        if (!share.words.called.has(hash)) continue;
        for (const caller of this.#callersIn(file, share).get(name) ?? []) {
          if (!known.has(caller)) callers.add(caller);
        }
      }
    }
    return callers;
  }

  #callersIn(file: string, share: Share): NonNullable<Share['callers']> {
    if (share.callers === undefined) {
      const source = this.#program.source(file);
      share.callers = source === undefined ? new Map() : callersIn(source, share.words);
    }
    return share.callers;
  }

  #shareOf(file: string): Share | undefined {
    const words = this.#program.words(file);
    if (words === undefined) return undefined;
    const ends = this.#mayHoldAny(words) ? this.#endsIn(this.#program.source(file)) : NOTHING;
    return { words, ends, callers: undefined };
  }

  #endsIn(source: Source | undefined): ReadonlySet<string> {
    const names = new Set<string>();
    source?.each(CALLS, (node) => {
      if (isCall(node) && this.#blocking.mayBlock(node)) addRunner(node, names);
    });
    return names;
  }

  #mayHoldAny({ called, hasSync, modules }: Words): boolean {
    if (this.#own !== '' || hasSync || this.#blocking.speaksOfAny(modules)) return true;
    return GLOBALS.some((hash) => called.has(hash));
  }
}

function same(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((one, index) => one === others[index]);
}

/** APIs that need no import, beside those that are called `…Sync`. */
const GLOBALS = ['alert', 'confirm', 'prompt', 'open', 'wait'].map(hashOf);

/** By the name of what is called: the functions that call it as part of their own work. */
function callersIn(source: Source, { renamed }: Words): NonNullable<Share['callers']> {
  const callers = new Map<string, Set<string>>();
  source.each(CALLS, (node) => {
    const name = isCall(node) ? calledName(node.expression)?.text : undefined;
    if (name === undefined) return;
    for (const one of [plain(name), renamed.get(name) ?? []].flat()) {
      const known = callers.get(one) ?? new Set();
      callers.set(one, known);
      addRunner(node, known);
    }
  });
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
