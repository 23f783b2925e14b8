/** Where a function of the project is used, in all its files: calls of it, and whatever else stands in the way. */
import * as ast from '#ast';
import { kindSet, type Program, type Source, type TsSymbol } from '#program';
import type { Scopes } from '../names/scopes.ts';
import { type FunctionNode, hasModifier, wrapped } from '../shape/syntax.ts';

/** The declaration that a function is known by, and its name there. */
export interface Named {
  readonly declaration: ast.Node;
  /** Nothing for `export default function () {}`. */
  readonly name: ast.Node | undefined;
  readonly text: string;
}

/** What uses of a function come to. */
export interface Uses {
  readonly calls: readonly ast.CallExpression[];
  /** The first use that is no call. */
  readonly other: { readonly node: ast.Node; readonly why: string } | undefined;
}

const IDENTIFIERS = kindSet([ast.SyntaxKind.Identifier, ast.SyntaxKind.PrivateIdentifier]);
const IMPORTS = kindSet([ast.SyntaxKind.ImportClause]);

/** Finds uses, by the text first and by the symbol then. */
export class References {
  readonly #program: Program;
  readonly #scopes: Scopes;

  constructor(program: Program, scopes: Scopes) {
    this.#program = program;
    this.#scopes = scopes;
  }

  /** Every use of a function. */
  of(named: Named): Uses {
    const same = new Set<ast.Node>([named.declaration]);
    const names = new Set(named.text === '' ? [] : [named.text]);
    const clauses = isDefault(named) ? this.#imports(same) : [];
    for (const { text } of clauses) names.add(text);
    const calls = new Set<ast.CallExpression>();
    let other: Uses['other'];
    for (const name of names) {
      for (const node of this.#mentions(name)) {
        if (node === named.name) continue;
        const use = this.#useAt(node, same);
        if (use === undefined) continue;
        if (use.kind === 'call') calls.add(use.call);
        else if (use.kind === 'alias') names.add(use.name);
        else if (use.kind === 'other') other ??= { node, why: use.why };
      }
    }
    return { calls: [...calls], other };
  }

  /** Identifiers of this text, in every file. */
  #mentions(name: string): readonly ast.Node[] {
    const sources = this.#sources().filter((source) => source.mentions(name));
    const found = sources.flatMap((source) => identifiersIn(source, name));
    this.#program.query.targetsAt(found);
    // What hands the function out comes first: only then others are known to mean it.
    const isHandedOut = ({ parent }: ast.Node) => ast.isShorthandPropertyAssignment(parent);
    return [...found.filter(isHandedOut), ...found.filter((node) => !isHandedOut(node))];
  }

  /** Names that default imports of the function have. */
  #imports(same: ReadonlySet<ast.Node>): readonly ast.Identifier[] {
    const names: ast.Identifier[] = [];
    for (const source of this.#sources()) {
      source.each(IMPORTS, (node) => {
        if (ast.isImportClause(node) && node.name) names.push(node.name);
      });
    }
    const symbols = this.#program.query.targetsAt(names);
    return names.filter((_, index) => {
      const symbol = symbols[index];
      return symbol !== undefined && this.#isSame(symbol, same);
    });
  }

  #sources(): readonly Source[] {
    const files = this.#program.files();
    this.#program.expectSources(files);
    return files.flatMap((file) => this.#program.source(file) ?? []);
  }

  #useAt(node: ast.Node, same: Set<ast.Node>): Use | undefined {
    const { parent } = node;
    if (ast.isShorthandPropertyAssignment(parent)) return this.#shorthand(parent, same);
    if (ast.isBindingElement(parent) && (parent.propertyName ?? parent.name) === node) {
      return this.#takenOut(parent, node, same);
    }
    if (ast.isBindingElement(parent) && parent.name === node) return undefined;
    if (!this.#means(node, same)) {
      return isMember(same) && this.#isDark(node) ? dark(node) : undefined;
    }
    if (ast.isImportSpecifier(parent) || ast.isExportSpecifier(parent)) {
      return parent.propertyName === undefined ? undefined : aliasOf(parent.name);
    }
    if (ast.isImportClause(parent) || ast.isExportAssignment(parent)) return undefined;
    if (isDeclarationName(node)) return undefined;
    const callee = ast.isPropertyAccessExpression(parent) && parent.name === node ? parent : node;
    const { parent: user } = wrapped(callee);
    if (ast.isCallExpression(user) && user.expression === wrapped(callee)) {
      return { kind: 'call', call: user };
    }
    const why = ast.isTypeQueryNode(parent) ? 'its type is used' : 'it is handed on as a value';
    return { kind: 'other', why };
  }

  /** `module.exports = { load }` hands the function out under its name. */
  #shorthand(at: ast.ShorthandPropertyAssignment, same: Set<ast.Node>): Use | undefined {
    if (!ast.isIdentifier(at.name)) return undefined;
    const declaration = this.#scopes.declarationOf(at.name);
    const isIt =
      declaration !== undefined && (same.has(declaration) || this.#isImport(declaration, same));
    if (!isIt) return undefined;
    const { parent: holder } = at.parent;
    const isExport =
      ast.isBinaryExpression(holder) && /^(module\.)?exports$/.test(holder.left.getText());
    if (!isExport) return { kind: 'other', why: 'it is handed on as a value' };
    same.add(at);
    return undefined;
  }

  /** `const { load } = require('./settings')` is an import; out of any other object it may be called by whoever has it. */
  #takenOut(at: ast.BindingElement, key: ast.Node, same: ReadonlySet<ast.Node>): Use | undefined {
    if (this.#means(key, same)) return aliasOf(at.name);
    const { query } = this.#program;
    const type = query.typeAt(at.parent);
    const symbol = type && query.property(type, key.getText());
    if (symbol === undefined || !this.#isSame(symbol, same)) return undefined;
    return { kind: 'other', why: 'it is taken out of its object' };
  }

  #isImport(declaration: ast.Node, same: ReadonlySet<ast.Node>): boolean {
    if (!ast.isImportSpecifier(declaration) && !ast.isImportClause(declaration)) return false;
    return declaration.name !== undefined && this.#means(declaration.name, same);
  }

  #means(node: ast.Node, same: ReadonlySet<ast.Node>): boolean {
    const symbol = this.#program.query.targetAt(node);
    return symbol !== undefined && this.#isSame(symbol, same);
  }

  #isSame(symbol: TsSymbol, same: ReadonlySet<ast.Node>): boolean {
    const files = new Set([...same].map((one) => one.getSourceFile().fileName.toLowerCase()));
    return this.#program.query.declarations(symbol).some((declaration) => {
      if (!files.has(declaration.path.toLowerCase())) return false;
      const found = declaration.node();
      return found !== undefined && same.has(found);
    });
  }

  /** A call of a member of this name on an object of which nobody knows what it is. */
  #isDark(node: ast.Node): boolean {
    const { parent } = node;
    if (!ast.isPropertyAccessExpression(parent) || parent.name !== node) return false;
    if (!ast.isCallExpression(parent.parent) || parent.parent.expression !== parent) return false;
    return this.#program.query.symbolAt(node) === undefined;
  }
}

type Use =
  | { readonly kind: 'call'; readonly call: ast.CallExpression }
  | { readonly kind: 'alias'; readonly name: string }
  | { readonly kind: 'other'; readonly why: string };

/** Whether functions are had through objects, not by imports alone. */
function isMember(same: ReadonlySet<ast.Node>): boolean {
  return [...same].some((one) => {
    if (one.getSourceFile().externalModuleIndicator === undefined) return true;
    return !ast.isFunctionDeclaration(one) && !ast.isVariableDeclaration(one);
  });
}

function dark(node: ast.Node): Use {
  return { kind: 'other', why: `nobody knows whether this \`${node.getText()}\` is it` };
}

function aliasOf(name: ast.Node | undefined): Use | undefined {
  if (name === undefined || !ast.isIdentifier(name)) return undefined;
  return { kind: 'alias', name: name.text };
}

function identifiersIn(source: Source, name: string): readonly ast.Node[] {
  const found: ast.Node[] = [];
  source.each(IDENTIFIERS, (node) => {
    if ((ast.isIdentifier(node) || ast.isPrivateIdentifier(node)) && node.text === name)
      found.push(node);
  });
  return found;
}

function isDeclarationName(node: ast.Node): boolean {
  const { parent } = node;
  return (
    (ast.isFunctionDeclaration(parent) || ast.isMethodDeclaration(parent)) && parent.name === node
  );
}

/** Whether a function is what its module exports by default. */
function isDefault({ declaration, text }: Named): boolean {
  if (hasModifier(declaration, ast.SyntaxKind.DefaultKeyword)) return true;
  const file = declaration.getSourceFile().text;
  return [...file.matchAll(DEFAULTS)].some(([, one, other]) => text === one || text === other);
}

const DEFAULTS = /\bexport default ([\p{ID_Continue}$]+)|([\p{ID_Continue}$]+) as default\b/gu;

/** What a function is known by: its own declaration, or that of the variable or property which holds it. */
export function namedBy(fn: FunctionNode): Named | undefined {
  if (ast.isFunctionDeclaration(fn) || ast.isMethodDeclaration(fn)) {
    const { name } = fn;
    return { declaration: fn, name, text: name?.getText() ?? '' };
  }
  const { parent } = wrapped(fn);
  const holds =
    ast.isVariableDeclaration(parent) ||
    ast.isPropertyDeclaration(parent) ||
    ast.isPropertyAssignment(parent);
  if (!holds) return undefined;
  return { declaration: parent, name: parent.name, text: parent.name.getText() };
}

/** The class or variable whose member a function is. */
export function holderOf(fn: FunctionNode): string | undefined {
  const named = namedBy(fn)?.declaration.parent;
  if (named === undefined) return undefined;
  const at = ast.isObjectLiteralExpression(named) ? named.parent : named;
  const isHolder =
    ast.isClassDeclaration(at) || ast.isClassExpression(at) || ast.isVariableDeclaration(at);
  return isHolder ? at.name?.getText() : undefined;
}
