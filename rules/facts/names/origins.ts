/** Where values come from: names and members followed to their declarations, through imports into other files. */
import * as ast from '#ast';
import type { Program } from '#program';
import { unwrap } from '../shape/syntax.ts';
import type { Scopes } from './scopes.ts';

/** Follows names to declarations: local ones by the tree, imported ones and members by the compiler. */
export class Origins {
  readonly #query: Program['query'];
  readonly #scopes: Scopes;

  constructor(program: Program, scopes: Scopes) {
    this.#query = program.query;
    this.#scopes = scopes;
  }

  /** What declares a name or a member; nothing for globals and for what only a declaration file knows. */
  declarationOf(node: ast.Expression): ast.Node | undefined {
    const at = unwrap(node);
    if (ast.isIdentifier(at)) {
      const local = this.#scopes.declarationOf(at);
      return local !== undefined && isImport(local) ? this.#resolved(at) : local;
    }
    if (ast.isPropertyAccessExpression(at)) return this.#resolved(at.name);
    return undefined;
  }

  /** The local declaration of a name, imports not followed; nothing for globals. */
  localOf(name: ast.Identifier): ast.Node | undefined {
    return this.#scopes.declarationOf(name);
  }

  /** The declaration that a name would mean at a node; nothing for globals. */
  lookUp(name: string, from: ast.Node): ast.Node | undefined {
    return this.#scopes.lookup(name, from)?.declaration;
  }

  /** Whether a name always means the value that it was given when it was declared. */
  isConstant(name: ast.Identifier): boolean {
    const binding = this.#scopes.of(name);
    return binding !== undefined && this.#scopes.isConstant(binding);
  }

  /** What a name, a member or a property was given when it was declared. */
  initializerOf(node: ast.Expression): ast.Expression | undefined {
    const declaration = this.declarationOf(node);
    if (declaration === undefined) return undefined;
    return isInitialized(declaration) ? declaration.initializer : undefined;
  }

  /** The expression that made a value: constants and imports followed as far as they go. */
  sourceOf(node: ast.Expression): ast.Expression {
    let at = unwrap(node);
    for (let steps = 0; steps < 8; steps++) {
      const next = this.initializerOf(at);
      if (next === undefined) return at;
      at = unwrap(next);
    }
    return at;
  }

  #resolved(name: ast.Node): ast.Node | undefined {
    const symbol = this.#query.targetAt(name);
    if (symbol === undefined) return undefined;
    const [declaration] = this.#query.declarations(symbol);
    if (declaration === undefined || isForeign(declaration.path)) return undefined;
    return declaration.node();
  }
}

/** What declares the name is outside of the project: fetching such files is costly and tells nothing. */
function isForeign(path: string): boolean {
  return (
    path.startsWith('bundled:') || path.includes('/node_modules/') || /\.d\.[^/]*ts$/.test(path)
  );
}

function isImport(node: ast.Node): boolean {
  return (
    ast.isImportSpecifier(node) || ast.isImportClause(node) || ast.isImportEqualsDeclaration(node)
  );
}

function isInitialized(
  node: ast.Node,
): node is ast.VariableDeclaration | ast.PropertyAssignment | ast.PropertyDeclaration {
  return (
    ast.isVariableDeclaration(node) ||
    ast.isPropertyAssignment(node) ||
    ast.isPropertyDeclaration(node)
  );
}
