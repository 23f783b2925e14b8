/** What a file imports at its top level, by `import` and by `require`. */
import * as ast from '#ast';
import { unwrap } from '../shape/syntax.ts';
import type { Callee, Calls } from './calls.ts';
import { isCore, moduleRequired, plainModule } from './modules.ts';

/** One name that an import or a destructured `require` brings. */
export type Specifier = ast.ImportSpecifier | ast.BindingElement;

/** The names that one import brings. */
export type SpecifierList = ast.NamedImports | ast.ObjectBindingPattern;

/** The specifier behind an identifier, if one brings it straight from a module. */
export function specifierOf(name: ast.Expression, calls: Calls): Specifier | undefined {
  const declared = ast.isIdentifier(name) ? calls.scopes.declarationOf(name) : undefined;
  if (
    declared === undefined ||
    !(ast.isImportSpecifier(declared) || ast.isBindingElement(declared))
  )
    return undefined;
  return moduleTextOf(declared.parent) === undefined ? undefined : declared;
}

/** What a name of a module is called at a node, by the imports that the file has: `readFile`, or `fsp.readFile`. */
export function knownAs(
  wanted: { readonly module: string; readonly name: string },
  at: ast.Node,
  calls: Calls,
): string | undefined {
  for (const [name, declaration] of namesIn(at.getSourceFile())) {
    const origin = calls.bound(declaration);
    const member = origin && memberOf(origin, declaration, wanted);
    if (member === undefined) continue;
    if (calls.scopes.lookup(name, at)?.declaration !== declaration) continue;
    return member === '' ? name : `${name}.${member}`;
  }
  return undefined;
}

/** The path from an imported value to the wanted one; empty when it is that itself. */
function memberOf(
  { module, name }: Callee,
  declaration: ast.Node,
  wanted: { readonly module: string; readonly name: string },
): string | undefined {
  if (module === wanted.module && name === wanted.name) return '';
  const isWhole = name === 'default' && (isCore(module) || ast.isNamespaceImport(declaration));
  if (module === wanted.module && isWhole) return wanted.name;
  if (`${module}/promises` !== wanted.module) return undefined;
  if (name === 'promises') return wanted.name;
  return isWhole ? `promises.${wanted.name}` : undefined;
}

/** Names at the top level of a file with what declares them; types are left out. */
function* namesIn(file: ast.SourceFile): Generator<readonly [string, ast.Node]> {
  for (const statement of file.statements) {
    if (ast.isImportDeclaration(statement)) {
      const { importClause } = statement;
      if (importClause === undefined || isTypeOnly(importClause)) continue;
      if (importClause.name !== undefined) yield [importClause.name.text, importClause];
      const { namedBindings } = importClause;
      if (namedBindings && ast.isNamespaceImport(namedBindings)) {
        yield [namedBindings.name.text, namedBindings];
      }
    }
    if (ast.isVariableStatement(statement)) {
      for (const one of statement.declarationList.declarations) {
        if (ast.isIdentifier(one.name)) yield [one.name.text, one];
      }
    }
    for (const one of listsIn(statement).flatMap((list) => [...list.elements])) {
      if (ast.isImportSpecifier(one) && one.isTypeOnly) continue;
      if (one.name !== undefined && ast.isIdentifier(one.name)) yield [one.name.text, one];
    }
  }
}

/** The list of names that a file imports from a module already. */
export function listFrom(module: string, file: ast.SourceFile): SpecifierList | undefined {
  return file.statements.flatMap(listsIn).find((list) => {
    const text = moduleTextOf(list);
    return list.elements.length > 0 && text !== undefined && plainModule(text.text) === module;
  });
}

/** The lists of names that a statement imports, or destructures from anything. */
function listsIn(statement: ast.Statement): readonly SpecifierList[] {
  if (ast.isImportDeclaration(statement)) {
    const { importClause } = statement;
    if (importClause === undefined || isTypeOnly(importClause)) return [];
    const { namedBindings } = importClause;
    return namedBindings && ast.isNamedImports(namedBindings) ? [namedBindings] : [];
  }
  if (!ast.isVariableStatement(statement)) return [];
  const names = statement.declarationList.declarations.map(({ name }) => name);
  return names.filter((name) => ast.isObjectBindingPattern(name));
}

/** The literal that names the module which a list of names comes from. */
export function moduleTextOf(list: ast.Node | undefined): ast.StringLiteral | undefined {
  if (list === undefined) return undefined;
  if (ast.isNamedImports(list)) {
    const statement = statementOf(list);
    if (!ast.isImportDeclaration(statement)) return undefined;
    return ast.isStringLiteral(statement.moduleSpecifier) ? statement.moduleSpecifier : undefined;
  }
  const { parent } = list;
  if (!ast.isObjectBindingPattern(list) || !ast.isVariableDeclaration(parent)) return undefined;
  return parent.initializer && moduleRequired(unwrap(parent.initializer));
}

/** The statement at the top level that a node belongs to. */
export function statementOf(node: ast.Node): ast.Node {
  let at = node;
  while (at.parent !== undefined && !ast.isSourceFile(at.parent)) at = at.parent;
  return at;
}

function isTypeOnly(clause: ast.ImportClause): boolean {
  return clause.phaseModifier === ast.SyntaxKind.TypeKeyword;
}
