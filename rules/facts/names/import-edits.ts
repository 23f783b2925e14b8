/**
 * Edits that make a name of another module known in a file, in the file's own style. A name that the file has already
 * is used as it is, under whatever name; a name that is taken is given another; what is of no more use goes.
 */
import * as ast from '#ast';
import { edit } from '#engine/edit.ts';
import type { Edit } from '#engine/finding.ts';
import { contains } from '../shape/syntax.ts';
import type { Calls } from './calls.ts';
import {
  knownAs,
  listFrom,
  moduleTextOf,
  type Specifier,
  type SpecifierList,
  statementOf,
} from './imports.ts';
import { isCore, modulesIn } from './modules.ts';
import { usesOf } from './names.ts';

/** What is wanted: `readFile` of `fs/promises`. */
export interface Wanted {
  /** Without `node:`. */
  readonly module: string;
  readonly name: string;
  /** What to call it where the name is taken. */
  readonly alias: string;
}

/** What a name of a module is called at a place, and the edits that make it so. */
export interface Imported {
  readonly local: string;
  readonly edits: readonly Edit[];
}

/**
 * Makes a name known at a node: by what the file has already, else in an import of the same module, else in a new
 * one. `instead` is the specifier that the node uses now: it goes if this is its only use.
 */
export function importing(
  wanted: Wanted,
  at: ast.Node,
  calls: Calls,
  instead?: Specifier,
): Imported | undefined {
  const unused = instead !== undefined && isOnlyUse(at, instead, calls) ? instead : undefined;
  const gone = unused === undefined ? [] : dropped(unused);
  const known = knownAs(wanted, at, calls);
  if (known !== undefined) return { local: known, edits: gone };
  const local = freeName(wanted, at, calls);
  if (local === undefined) return undefined;
  const file = at.getSourceFile();
  const list = listFrom(wanted.module, file);
  if (list !== undefined) {
    const entry = entryFor(wanted.name, local, ast.isNamedImports(list));
    if (unused?.parent === list) return { local, edits: [edit.replace(unused, entry)] };
    return { local, edits: [...gone, added(entry, list)] };
  }
  const turned = unused && turnedTo(wanted, local, unused);
  return { local, edits: turned ?? [...gone, newImport(wanted, local, file, instead)] };
}

/** Adds an import below the last one; nothing where the file has none to go by. */
export function importBelow(
  file: ast.SourceFile,
  name: string,
  from: string,
  isDefault: boolean,
): Edit | undefined {
  const last = file.statements.findLast(ast.isImportDeclaration);
  if (last === undefined) return undefined;
  const quote = last.moduleSpecifier.getText().charAt(0);
  const end = last.getText().endsWith(';') ? ';' : '';
  const bound = isDefault ? name : `{ ${name} }`;
  return edit.after(last, `\nimport ${bound} from ${quote}${from}${quote}${end}`);
}

/** A name that means nothing yet in the file: the wanted one if possible. */
function freeName({ name, alias }: Wanted, at: ast.Node, calls: Calls): string | undefined {
  const file = at.getSourceFile();
  return [name, alias, `${alias}2`].find((one) => {
    return calls.scopes.lookup(one, at) === undefined && usesOf(one, file).length === 0;
  });
}

/** Whether the file uses a specifier's name at this place only. */
function isOnlyUse(at: ast.Node, instead: Specifier, { scopes }: Calls): boolean {
  const { name } = instead;
  if (name === undefined || !ast.isIdentifier(name)) return false;
  const [use, ...others] = usesOf(name.text, at.getSourceFile()).filter((one) => {
    return one !== name && scopes.declarationOf(one) === instead;
  });
  return others.length === 0 && use !== undefined && contains(at, use);
}

/** `readFile`, `readFile as load`, or `readFile: load` for `require`. */
function entryFor(name: string, local: string, isImport: boolean): string {
  if (name === local) return name;
  return isImport ? `${name} as ${local}` : `${name}: ${local}`;
}

/** One more name, on a line of its own where the others are. */
function added(entry: string, list: SpecifierList): Edit {
  const last = list.elements.at(-1) ?? list;
  const { text } = list.getSourceFile();
  const start = last.getStart();
  const line = /\n[ \t]*$/.exec(text.slice(last.pos, start))?.[0];
  return edit.after(last, `,${line ?? ' '}${entry}`);
}

/** Takes a name out of its list, or the whole statement away if that brought nothing else. */
function dropped(specifier: Specifier): readonly Edit[] {
  const list = specifier.parent;
  if (!ast.isNamedImports(list) && !ast.isObjectBindingPattern(list)) return [];
  const elements: readonly Specifier[] = [...list.elements];
  const index = elements.indexOf(specifier);
  const next = elements[index + 1];
  const previous = elements[index - 1];
  if (next !== undefined) {
    return [edit.range(specifier, specifier.getStart(), next.getStart(), '')];
  }
  if (previous !== undefined) return [edit.range(specifier, previous.end, specifier.end, '')];
  const clause = list.parent;
  if (ast.isImportClause(clause) && clause.name !== undefined) {
    return [edit.range(list, clause.name.end, list.end, '')];
  }
  const statement = wholeStatement(specifier);
  return statement === undefined ? [] : [withLine(statement)];
}

/** The statement of a list of names, if that brings nothing else. */
function wholeStatement({ parent: list }: Specifier): ast.Statement | undefined {
  let at: ast.Node = list;
  while (!ast.isImportDeclaration(at) && !ast.isVariableStatement(at)) {
    if (at.parent === undefined) return undefined;
    at = at.parent;
  }
  if (ast.isVariableStatement(at)) {
    return at.declarationList.declarations.length === 1 ? at : undefined;
  }
  return at.importClause?.name === undefined ? at : undefined;
}

/** Removes a statement with the line that it stands on. */
function withLine(statement: ast.Node): Edit {
  const { text } = statement.getSourceFile();
  const end = /^[ \t]*\r?\n?/.exec(text.slice(statement.end))?.[0].length ?? 0;
  return edit.range(statement, statement.getStart(), statement.end + end, '');
}

/** `import { readFileSync } from 'fs'` becomes `import { readFile } from 'fs/promises'` where it brought nothing else. */
function turnedTo(wanted: Wanted, local: string, unused: Specifier): readonly Edit[] | undefined {
  const list = unused.parent;
  const module = moduleTextOf(list);
  if (module === undefined || wholeStatement(unused) === undefined) return undefined;
  if (!ast.isNamedImports(list) && !ast.isObjectBindingPattern(list)) return undefined;
  if (list.elements.length !== 1) return undefined;
  const style = styleOf(unused.getSourceFile(), unused);
  const entry = entryFor(wanted.name, local, ast.isNamedImports(list));
  const text = `${style.quote}${specifierFor(wanted.module, style)}${style.quote}`;
  return [edit.replace(unused, entry), edit.replace(module, text)];
}

/** A new statement after the import of `beside`, after the last import, or at the top of the file. */
function newImport(wanted: Wanted, local: string, file: ast.SourceFile, beside?: Specifier): Edit {
  const style = styleOf(file, beside);
  const entry = entryFor(wanted.name, local, !style.requires);
  const from = `${style.quote}${specifierFor(wanted.module, style)}${style.quote}`;
  const text = style.requires
    ? `const { ${entry} } = require(${from})${style.end}`
    : `import { ${entry} } from ${from}${style.end}`;
  const own = beside && statementOf(beside);
  const after = own !== undefined && isImport(own) ? own : lastImport(file);
  const line = file.text.includes('\r\n') ? '\r\n' : '\n';
  if (after !== undefined) return edit.range(file, after.end, after.end, `${line}${text}`);
  const at = /^#![^\n]*\n/.exec(file.text)?.[0].length ?? 0;
  return edit.range(file, at, at, `${text}${line}`);
}

function lastImport(file: ast.SourceFile): ast.Node | undefined {
  return file.statements.findLast((statement) => isImport(statement) || isDirective(statement));
}

function isImport(statement: ast.Node): boolean {
  if (ast.isImportDeclaration(statement)) return true;
  if (!ast.isVariableStatement(statement)) return false;
  return /\brequire\(['"][^'"]+['"]\);?$/.test(statement.getText());
}

/** `'use strict'` must stay first. */
function isDirective(statement: ast.Node): boolean {
  return ast.isExpressionStatement(statement) && ast.isStringLiteral(statement.expression);
}

/** How a file imports. */
interface Style {
  readonly quote: string;
  readonly end: string;
  readonly scheme: string;
  readonly requires: boolean;
}

function styleOf(file: ast.SourceFile, beside?: Specifier): Style {
  const like = beside === undefined ? lastImport(file) : statementOf(beside);
  const text = like?.getText() ?? '';
  const specifier = beside && moduleTextOf(beside.parent)?.text;
  const hasImports = file.statements.some(ast.isImportDeclaration);
  return {
    quote: /["']/.exec(text)?.[0] ?? "'",
    end: like === undefined || text.endsWith(';') ? ';' : '',
    scheme: specifier !== undefined && isCore(specifier) ? schemeOf(specifier) : schemeIn(file),
    requires: !hasImports && (isRequired(like) || /\.c[jt]s$/.test(file.fileName)),
  };
}

function isRequired(statement: ast.Node | undefined): boolean {
  return statement !== undefined && ast.isVariableStatement(statement);
}

function schemeOf(specifier: string): string {
  return specifier.startsWith('node:') ? 'node:' : '';
}

/** `node:` unless the file imports core modules without. */
function schemeIn(file: ast.SourceFile): string {
  if (/['"]node:/.test(file.text)) return 'node:';
  return [...modulesIn(file)].some(isCore) ? '' : 'node:';
}

function specifierFor(module: string, { scheme }: Style): string {
  return isCore(module) ? `${scheme}${module}` : module;
}
