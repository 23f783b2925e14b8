/**
 * Who is called. A call is known by the module that its callee comes from and its name there, never by its text:
 * through namespace, default, renamed and destructured imports, `require`, re-exports, and `const a = fs.readFileSync`.
 */
import * as ast from '#ast';
import type { Declaration, Program, TsSymbol } from '#program';
import { unwrap } from './syntax.ts';

/** Where a callee comes from, and what it is called there. */
export interface Callee {
  /** `fs` (never `node:fs`), an npm package, `global`, or a project file's name. */
  readonly module: string;
  /** Dotted: `readFileSync`, `promises.readFile`, `default`; for members of a type `Pool.query`. */
  readonly name: string;
}

/** A name bound by an import or `require` in one file: `import { readFile as rf } from 'fs'` binds `rf`. */
interface Binding {
  readonly module: string;
  /** Name within the module; empty for the module itself. */
  readonly name: string;
}

/** Names callees, file by file. */
export class Calls {
  readonly #program: Program;
  readonly #bindings = new WeakMap<ast.SourceFile, ReadonlyMap<string, Binding>>();

  constructor(program: Program) {
    this.#program = program;
  }

  /**
   * The callee by the imports of its own file alone, no types asked. Covers what comes from a package or from
   * Node directly; nothing for members of objects and for names that pass through other project files.
   */
  imported(callee: ast.Expression): Callee | undefined {
    const path: string[] = [];
    let at = unwrap(callee);
    for (;;) {
      if (ast.isPropertyAccessExpression(at)) {
        path.unshift(at.name.text);
        at = unwrap(at.expression);
      } else if (ast.isElementAccessExpression(at) && ast.isStringLiteral(at.argumentExpression)) {
        path.unshift(at.argumentExpression.text);
        at = unwrap(at.expression);
      } else break;
    }
    const required = ast.isCallExpression(at) ? requiredModule(at) : undefined;
    const binding = required
      ? { module: required, name: '' }
      : ast.isIdentifier(at)
        ? this.#bindingsOf(at.getSourceFile()).get(at.text)
        : undefined;
    if (binding === undefined || isRelative(binding.module)) return undefined;
    const names = [binding.name, ...path].filter((name) => name !== '');
    if (names[0] === 'default' && names.length > 1) names.shift();
    return { module: binding.module, name: names.join('.') || 'default' };
  }

  /** The callee by its imports, else by the symbol that the compiler resolves it to. */
  of(call: ast.CallExpression | ast.NewExpression): Callee | undefined {
    const imported = this.imported(call.expression);
    if (imported !== undefined && !this.#isShadowed(call.expression)) return imported;
    return this.resolved(call.expression);
  }

  /** The callee by the symbol that the compiler resolves it to. */
  resolved(callee: ast.Expression): Callee | undefined {
    const at = unwrap(callee);
    const name = ast.isPropertyAccessExpression(at) ? at.name : at;
    const symbol = this.#program.query.targetAt(name);
    return symbol && this.#named(symbol);
  }

  /** The declaration of what a call runs, in whichever file of the program. */
  declaration(call: ast.CallExpression | ast.NewExpression): Declaration | undefined {
    const at = unwrap(call.expression);
    const name = ast.isPropertyAccessExpression(at) ? at.name : at;
    const symbol = this.#program.query.targetAt(name);
    return symbol && this.#program.query.declarations(symbol)[0];
  }

  #named(symbol: TsSymbol): Callee | undefined {
    const [declaration] = this.#program.query.declarations(symbol);
    if (declaration === undefined) return undefined;
    const module = moduleOfPath(declaration.path);
    const parent = this.#program.query.parent(symbol);
    const owner = parent !== undefined && isTypeName(parent) ? `${parent.name}.` : '';
    return { module, name: `${owner}${symbol.name}` };
  }

  /** A parameter or local of the same name as the import hides it: rare, so asked only of what matters. */
  #isShadowed(callee: ast.Expression): boolean {
    let at: ast.Node = unwrap(callee);
    while (ast.isPropertyAccessExpression(at) || ast.isElementAccessExpression(at))
      at = at.expression;
    if (!ast.isIdentifier(at)) return false;
    const name = at.text;
    for (let node: ast.Node = at; node.parent !== undefined; node = node.parent) {
      if ('parameters' in node.parent && Array.isArray(node.parent.parameters)) {
        const parameters: readonly ast.Node[] = node.parent.parameters;
        if (
          parameters.some((one) => ast.isParameterDeclaration(one) && one.name.getText() === name)
        ) {
          return true;
        }
      }
    }
    return false;
  }

  #bindingsOf(file: ast.SourceFile): ReadonlyMap<string, Binding> {
    let bindings = this.#bindings.get(file);
    if (bindings === undefined) {
      bindings = bindingsIn(file);
      this.#bindings.set(file, bindings);
    }
    return bindings;
  }
}

/** `fs` for `node:fs`. */
export function plainModule(specifier: string): string {
  return specifier.startsWith('node:') ? specifier.slice(5) : specifier;
}

/** The package or core module that a declaration file belongs to; `global` for the compiler's own libraries. */
export function moduleOfPath(path: string): string {
  if (path.startsWith('bundled:')) return 'global';
  const at = path.lastIndexOf('/node_modules/');
  if (at === -1) return path;
  const rest = path.slice(at + '/node_modules/'.length);
  const core = /^@types\/node\/(?:ts[\d.]+\/)?(.+?)\.d\.[cm]?ts$/.exec(rest)?.[1];
  if (core !== undefined)
    return core === 'globals' || core.startsWith('web-globals/') ? 'global' : core;
  const parts = rest.split('/');
  if (parts[0] === '@types') return (parts[1] ?? '').replace('__', '/').replace(/^(?=.+\/)/, '@');
  return parts[0]?.startsWith('@') ? `${parts[0]}/${parts[1]}` : (parts[0] ?? path);
}

function isRelative(specifier: string): boolean {
  return specifier.startsWith('.') || specifier.startsWith('/');
}

/** A symbol named like a class or interface; modules are named by quoted paths. */
function isTypeName(symbol: TsSymbol): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(symbol.name) && symbol.name !== 'default';
}

function bindingsIn(file: ast.SourceFile): ReadonlyMap<string, Binding> {
  const bindings = new Map<string, Binding>();
  const visit = (node: ast.Node): undefined => {
    if (ast.isImportDeclaration(node)) bindImport(node, bindings);
    else if (ast.isImportEqualsDeclaration(node)) bindImportEquals(node, bindings);
    else if (ast.isVariableStatement(node)) {
      for (const declaration of node.declarationList.declarations)
        bindVariable(declaration, bindings);
    }
    return undefined;
  };
  for (const statement of file.statements) visit(statement);
  return bindings;
}

function bindImport(node: ast.ImportDeclaration, bindings: Map<string, Binding>): void {
  if (!ast.isStringLiteral(node.moduleSpecifier)) return;
  const module = plainModule(node.moduleSpecifier.text);
  const clause = node.importClause;
  if (clause?.name !== undefined) bindings.set(clause.name.text, { module, name: 'default' });
  const named = clause?.namedBindings;
  if (named === undefined) return;
  if (ast.isNamespaceImport(named)) bindings.set(named.name.text, { module, name: '' });
  else {
    for (const one of named.elements) {
      bindings.set(one.name.text, { module, name: (one.propertyName ?? one.name).text });
    }
  }
}

function bindImportEquals(node: ast.ImportEqualsDeclaration, bindings: Map<string, Binding>): void {
  const { moduleReference } = node;
  if (!ast.isExternalModuleReference(moduleReference)) return;
  if (!ast.isStringLiteral(moduleReference.expression)) return;
  bindings.set(node.name.text, { module: plainModule(moduleReference.expression.text), name: '' });
}

/** `const fs = require('fs')`, `const { readFileSync } = fs`, `const read = fs.readFileSync`. */
function bindVariable(declaration: ast.VariableDeclaration, bindings: Map<string, Binding>): void {
  const { name, initializer } = declaration;
  if (initializer === undefined) return;
  const from = valueOf(unwrap(initializer), bindings);
  if (from === undefined) return;
  if (ast.isIdentifier(name)) bindings.set(name.text, from);
  else if (ast.isObjectBindingPattern(name)) {
    for (const element of name.elements) {
      if (element.name === undefined || !ast.isIdentifier(element.name)) continue;
      const key = element.propertyName ?? element.name;
      if (!ast.isIdentifier(key)) continue;
      bindings.set(element.name.text, { module: from.module, name: joined(from.name, key.text) });
    }
  }
}

function valueOf(
  value: ast.Expression,
  bindings: ReadonlyMap<string, Binding>,
): Binding | undefined {
  if (ast.isIdentifier(value)) return bindings.get(value.text);
  if (ast.isCallExpression(value)) {
    const module = requiredModule(value);
    return module === undefined ? undefined : { module, name: '' };
  }
  if (!ast.isPropertyAccessExpression(value)) return undefined;
  const base = valueOf(unwrap(value.expression), bindings);
  return base && { module: base.module, name: joined(base.name, value.name.text) };
}

function requiredModule(call: ast.CallExpression): string | undefined {
  if (!ast.isIdentifier(call.expression) || call.expression.text !== 'require') return undefined;
  const [specifier] = call.arguments;
  return specifier && ast.isStringLiteral(specifier) ? plainModule(specifier.text) : undefined;
}

function joined(base: string, name: string): string {
  return base === '' || base === 'default' ? name : `${base}.${name}`;
}
