/** What an expression of a config comes to, as far as that can be read without running it. */
import * as ast from '#ast';
import type { Source } from '#program';

/** Something that only running would tell; where it comes from, as far as the file says. */
export class Opaque {
  /** The expression. */
  readonly text: string;
  readonly line: number;
  /** The module that it is imported from, and the way from there. */
  readonly module: string | undefined;
  readonly path: readonly string[];
  /** What it is called with, when it is a call. */
  readonly given: readonly unknown[] | undefined;

  constructor(node: ast.Node, from: Partial<Pick<Opaque, 'module' | 'path' | 'given'>> = {}) {
    const file = node.getSourceFile();
    this.text = node.getText().replace(/\s+/g, ' ');
    this.line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    this.module = from.module;
    this.path = from.path ?? [];
    this.given = from.given;
  }
}

/** Key under which an object keeps what is spread into it and cannot be read. */
export const SPREAD = Symbol('spread');

/** What a config file exports: by `export default`, or by `module.exports`. */
export function exportedValue({ root }: Source): unknown {
  for (const statement of root.statements) {
    if (ast.isExportAssignment(statement)) return new Reader(root).value(statement.expression);
    if (!ast.isExpressionStatement(statement)) continue;
    const { expression } = statement;
    if (ast.isBinaryExpression(expression) && expression.left.getText() === 'module.exports') {
      return new Reader(root).value(expression.right);
    }
  }
  return undefined;
}

/** A string that needs no working out. */
function isText(node: ast.Node): node is ast.StringLiteral | ast.NoSubstitutionTemplateLiteral {
  return ast.isStringLiteral(node) || ast.isNoSubstitutionTemplateLiteral(node);
}

class Reader {
  readonly #variables = new Map<string, ast.Expression>();
  readonly #imports = new Map<string, { module: string; path: readonly string[] }>();
  /** Variables that are being read: one that needs itself is unknown. */
  readonly #open = new Set<string>();

  constructor(root: ast.SourceFile) {
    for (const statement of root.statements) {
      if (ast.isImportDeclaration(statement)) this.#takeImport(statement);
      if (!ast.isVariableStatement(statement)) continue;
      for (const { name, initializer } of statement.declarationList.declarations) {
        if (initializer === undefined) continue;
        if (ast.isIdentifier(name)) this.#variables.set(name.text, initializer);
        else this.#takePattern(name, initializer);
      }
    }
  }

  value(node: ast.Expression): unknown {
    if (isText(node)) return node.text;
    if (ast.isNumericLiteral(node)) return Number(node.text);
    if (node.kind === ast.SyntaxKind.TrueKeyword) return true;
    if (node.kind === ast.SyntaxKind.FalseKeyword) return false;
    if (ast.isArrayLiteralExpression(node)) return this.#list(node.elements);
    if (ast.isObjectLiteralExpression(node)) return this.#object(node);
    if (ast.isIdentifier(node)) return this.#named(node);
    if (ast.isPropertyAccessExpression(node)) return this.#member(node, node.name.text);
    if (ast.isElementAccessExpression(node)) {
      return this.#member(node, String(this.value(node.argumentExpression)));
    }
    if (ast.isCallExpression(node) || ast.isNewExpression(node)) return this.#call(node);
    if (ast.isParenthesizedExpression(node) || ast.isSatisfiesExpression(node)) {
      return this.value(node.expression);
    }
    if (ast.isAsExpression(node) || ast.isAwaitExpression(node)) return this.value(node.expression);
    return new Opaque(node);
  }

  #list(elements: readonly ast.Expression[]): readonly unknown[] {
    return elements.flatMap((element) => {
      if (!ast.isSpreadElement(element)) return [this.value(element)];
      const spread = this.value(element.expression);
      return Array.isArray(spread) ? spread : [spread];
    });
  }

  #object(node: ast.ObjectLiteralExpression): object {
    const result: Record<string | symbol, unknown> = {};
    const unread: unknown[] = [];
    for (const property of node.properties) {
      if (ast.isPropertyAssignment(property)) {
        result[this.#key(property.name)] = this.value(property.initializer);
      } else if (ast.isShorthandPropertyAssignment(property)) {
        result[property.name.getText()] = this.#named(property.name);
      } else if (ast.isSpreadAssignment(property)) {
        const spread = this.value(property.expression);
        if (spread instanceof Opaque) unread.push(spread);
        else {
          const own = { ...Object(spread) };
          unread.push(...(own[SPREAD] ?? []));
          Object.assign(result, own);
        }
      }
    }
    return unread.length === 0 ? result : Object.assign(result, { [SPREAD]: unread });
  }

  #key(name: ast.PropertyName): string {
    if (ast.isComputedPropertyName(name)) return String(this.value(name.expression));
    return isText(name) ? name.text : name.getText();
  }

  #named(node: ast.Node): unknown {
    const name = node.getText();
    const from = this.#imports.get(name);
    if (from !== undefined) return new Opaque(node, from);
    const initializer = this.#variables.get(name);
    if (initializer === undefined || this.#open.has(name)) return new Opaque(node);
    this.#open.add(name);
    const value = this.value(initializer);
    this.#open.delete(name);
    return value;
  }

  #member(node: ast.PropertyAccessExpression | ast.ElementAccessExpression, key: string): unknown {
    const holder = this.value(node.expression);
    if (holder instanceof Opaque) {
      const { module, given } = holder;
      const path = key === 'default' ? holder.path : [...holder.path, key];
      return new Opaque(node, { path, ...(module && { module }), ...(given && { given }) });
    }
    const value: unknown = Object(holder)[key];
    return value === undefined ? new Opaque(node) : value;
  }

  #call(node: ast.CallExpression | ast.NewExpression): unknown {
    const given = this.#list(node.arguments ?? []);
    if (node.expression.getText() === 'require' && typeof given[0] === 'string') {
      return new Opaque(node, { module: given[0] });
    }
    const callee = this.value(node.expression);
    if (!(callee instanceof Opaque)) return new Opaque(node);
    const { module, path } = callee;
    return new Opaque(node, { path, given, ...(module && { module }) });
  }

  #takeImport({ importClause, moduleSpecifier }: ast.ImportDeclaration): void {
    const module = isText(moduleSpecifier) ? moduleSpecifier.text : '';
    if (importClause?.name) this.#imports.set(importClause.name.text, { module, path: [] });
    const bindings = importClause?.namedBindings;
    if (bindings === undefined) return;
    if (ast.isNamespaceImport(bindings)) {
      this.#imports.set(bindings.name.text, { module, path: [] });
      return;
    }
    for (const { name, propertyName } of bindings.elements) {
      const imported = (propertyName ?? name).text;
      this.#imports.set(name.text, { module, path: imported === 'default' ? [] : [imported] });
    }
  }

  /** `const { a } = require('module')`. */
  #takePattern(name: ast.BindingName, initializer: ast.Expression): void {
    const holder = this.value(initializer);
    if (!(holder instanceof Opaque) || holder.module === undefined) return;
    for (const match of name.getText().matchAll(/(\w+)(?:\s*:\s*(\w+))?/g)) {
      const [, key = '', alias = key] = match;
      this.#imports.set(alias, { module: holder.module, path: [...holder.path, key] });
    }
  }
}
