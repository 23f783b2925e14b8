/** What stands beside a function under another name: in its object, its module or its file. */
import * as ast from '#ast';
import type { Declaration, Program, TsSymbol, Type } from '#program';
import type { Promises } from '../promises/promises.ts';
import { unwrap } from '../shape/syntax.ts';
import { statementOf } from './imports.ts';
import type { Scopes } from './scopes.ts';

/** Finds what stands beside a callee. */
export class Siblings {
  readonly #program: Program;
  readonly #promises: Promises;
  readonly #scopes: Scopes;

  constructor(program: Program, promises: Promises, scopes: Scopes) {
    this.#program = program;
    this.#promises = promises;
    this.#scopes = scopes;
  }

  /** Whether calling what stands beside a callee returns a promise; with no name, the object that holds the callee. */
  returnsPromise(callee: ast.Expression, name: string): 'yes' | 'no' | 'unknown' {
    const returned = this.#returned(callee, name);
    if (returned === undefined) return 'unknown';
    const answers = returned.map((type) => this.#promises.of(type));
    if (answers.includes('always')) return 'yes';
    return answers.includes('unknown') ? 'unknown' : 'no';
  }

  /** Whether awaiting what stands beside a callee surely gives what calling the callee gives. */
  givesTheSame(callee: ast.Expression, name: string): boolean {
    const { query } = this.#program;
    const own = query.typeAt(unwrap(callee));
    const [signature, ...more] = own === undefined ? [] : query.callSignatures(own);
    const [promise, ...others] = this.#returned(callee, name) ?? [];
    if (signature === undefined || promise === undefined) return false;
    if (more.length > 0 || others.length > 0) return false;
    const awaited = this.#promises.awaited(promise);
    const returned = query.returnType(signature);
    if (awaited === undefined || returned === undefined) return false;
    return awaited.id === returned.id || query.print(awaited) === query.print(returned);
  }

  /** What calling the sibling returns, by overload. */
  #returned(callee: ast.Expression, name: string): readonly (Type | undefined)[] | undefined {
    const { query } = this.#program;
    const type = this.#typeOf(unwrap(callee), name);
    if (type === undefined || this.#promises.of(type) === 'unknown') return undefined;
    return query.returnTypes(query.callSignatures(type));
  }

  /** Where what stands beside a callee is declared. */
  declaration(callee: ast.Expression, name: string): Declaration | undefined {
    const symbol = this.#symbolOf(unwrap(callee), name);
    return symbol && this.#program.query.declarations(symbol)[0];
  }

  #typeOf(callee: ast.Expression, name: string): Type | undefined {
    const { query } = this.#program;
    if (name === '') return isMember(callee) ? query.typeAt(callee.expression) : undefined;
    const symbol = this.#symbolOf(callee, name);
    return symbol && query.typeOf(symbol);
  }

  #symbolOf(callee: ast.Expression, name: string): TsSymbol | undefined {
    const { query } = this.#program;
    if (isMember(callee)) {
      const owner = query.typeAt(callee.expression);
      return owner && query.property(owner, name);
    }
    if (!ast.isIdentifier(callee)) return undefined;
    const module = this.#moduleOf(callee);
    const exported = module && query.exportOf(module, name);
    return exported === undefined ? this.#local(callee, name) : query.target(exported);
  }

  /** The module that an import names, or that the imported function stands in. */
  #moduleOf(callee: ast.Identifier): TsSymbol | undefined {
    const { query } = this.#program;
    const declared = this.#scopes.declarationOf(callee);
    if (declared !== undefined && ast.isImportSpecifier(declared)) {
      const statement = statementOf(declared);
      if (ast.isImportDeclaration(statement)) return query.symbolAt(statement.moduleSpecifier);
    }
    const target = query.targetAt(callee);
    return target && query.parent(target);
  }

  /** A function of the same file, exported or not. */
  #local(callee: ast.Identifier, name: string): TsSymbol | undefined {
    const own = this.#scopes.of(callee);
    const other = this.#scopes.lookup(name, callee);
    if (own === undefined || other === undefined || own.scope !== other.scope) return undefined;
    const { declaration } = other;
    const isNamed =
      ast.isFunctionDeclaration(declaration) || ast.isVariableDeclaration(declaration);
    return isNamed && declaration.name ? this.#program.query.symbolAt(declaration.name) : undefined;
  }
}

function isMember(
  callee: ast.Expression,
): callee is ast.PropertyAccessExpression | ast.ElementAccessExpression {
  return ast.isPropertyAccessExpression(callee) || ast.isElementAccessExpression(callee);
}
