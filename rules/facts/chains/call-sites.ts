/** Where functions of the project are called, in all its files. */
import * as ast from '#ast';
import { type History, hashOf, kindSet, type Program } from '#program';
import { nameNodeOf } from '../names/calls.ts';
import { type FunctionNode, hasModifier, isFunction } from '../shape/syntax.ts';
import { namedBy } from './references.ts';

/** A name that more files call than these means many things, and is followed nowhere. */
const MOST_FILES = 24;

const CALLS = kindSet([ast.SyntaxKind.CallExpression]);

/** Names that files call, by hash; they outlive the snapshot that they were read in. */
interface Stock {
  edition: number;
  readonly called: Map<string, ReadonlySet<number>>;
}

const STOCKS = new WeakMap<History, Stock>();

/** Finds the calls of functions: by the text first, and by the symbol then. */
export class CallSites {
  readonly #program: Program;
  readonly #known = new Map<FunctionNode, readonly ast.CallExpression[]>();

  constructor(program: Program) {
    this.#program = program;
  }

  /** Calls of a function; none where it has no name, or one that is all too common. */
  of(fn: FunctionNode): readonly ast.CallExpression[] {
    const known = this.#known.get(fn);
    if (known !== undefined) return known;
    const named = namedBy(fn);
    const calls = named?.name === undefined ? [] : this.#calls(fn, named.declaration, named.text);
    this.#known.set(fn, calls);
    return calls;
  }

  /** Whether other modules may call a function by its name, and no file of the project calls anything that is named so. */
  isForOthers(fn: FunctionNode): boolean {
    const named = namedBy(fn);
    if (named === undefined || named.text === '' || !isExported(named.declaration)) return false;
    const files = this.#filesCalling(named.text, fn.getSourceFile().fileName);
    // The text alone cannot tell a call from a declaration.
    return (
      files.length <= MOST_FILES &&
      files.every((file) => this.#callsIn(file, named.text).length === 0)
    );
  }

  #calls(fn: FunctionNode, declaration: ast.Node, name: string): readonly ast.CallExpression[] {
    const own = fn.getSourceFile().fileName;
    const files = isOfFile(declaration) ? [own] : this.#filesCalling(name, own);
    if (files.length > MOST_FILES) return [];
    this.#program.expectSources(files);
    const calls = files.flatMap((file) => this.#callsIn(file, name));
    const symbols = this.#program.query.targetsAt(
      calls.map(({ expression }) => nameNodeOf(expression)),
    );
    return calls.filter((_, index) => {
      const symbol = symbols[index];
      if (symbol === undefined) return false;
      return this.#program.query
        .declarations(symbol)
        .some((one) => sameFile(one.path, own) && one.node() === declaration);
    });
  }

  #callsIn(file: string, name: string): readonly ast.CallExpression[] {
    const found: ast.CallExpression[] = [];
    this.#program.source(file)?.each(CALLS, (node) => {
      if (!ast.isCallExpression(node)) return;
      if (nameNodeOf(node.expression).getText() === name) found.push(node);
    });
    return found;
  }

  #filesCalling(name: string, own: string): readonly string[] {
    this.#program.farSighted.add(own);
    const { called } = this.#stock();
    const hash = hashOf(name.replace(/^#/, ''));
    return this.#program.files().filter((file) => {
      let names = called.get(file);
      if (names === undefined) {
        names = this.#program.words(file)?.called ?? new Set();
        called.set(file, names);
      }
      return names.has(hash);
    });
  }

  /** What earlier snapshots found in files that have not changed since. */
  #stock(): Stock {
    const { history, edition } = this.#program;
    const before = STOCKS.get(history);
    const changed = before && history.changedSince(before.edition);
    const stock = changed && before ? before : { edition, called: new Map() };
    for (const file of changed ?? []) stock.called.delete(file);
    stock.edition = edition;
    STOCKS.set(history, stock);
    return stock;
  }
}

function isExported(declaration: ast.Node): boolean {
  const holder = ast.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
  return hasModifier(holder, ast.SyntaxKind.ExportKeyword);
}

/** Whether only the own file can call a function: it is a local variable, or the module exports nothing of it. */
function isOfFile(declaration: ast.Node): boolean {
  if (ast.isMethodDeclaration(declaration)) return ast.isPrivateIdentifier(declaration.name);
  if (!ast.isFunctionDeclaration(declaration) && !ast.isVariableDeclaration(declaration)) {
    return false;
  }
  for (let at = declaration.parent; at !== undefined; at = at.parent)
    if (isFunction(at)) return true;
  return false;
}

function sameFile(path: string, other: string): boolean {
  return path.toLowerCase() === other.toLowerCase();
}
