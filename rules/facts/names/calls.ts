/**
 * Who is called. A call is known by the module that its callee comes from and its name there, never by its text:
 * through namespace, default, renamed and destructured imports, `require`, `await import(…)`, re-exports through
 * files of the project, and `const a = fs.readFileSync`.
 */
import * as ast from '#ast';
import type { Declaration, Program, TsSymbol } from '#program';
import { unwrap } from '../shape/syntax.ts';
import { isRelative, moduleOfPath, plainModule } from './modules.ts';
import { Scopes } from './scopes.ts';

/** Where a callee comes from, and what it is called there. */
export interface Callee {
  /** `fs` (never `node:fs`), an npm package, `global`, or a project file's name. */
  readonly module: string;
  /**
   * Dotted: `readFileSync`, `promises.readFile`, `default`; for members of a type `Pool.query`. Where `origin` was
   * asked, `()` stands for what a call or `new` gives: `cosmiconfigSync().search`.
   */
  readonly name: string;
}

/** Values behind values that are followed at most: `const a = b; const b = c; …` may also be a circle. */
const MOST_STEPS = 12;

/** Names callees, file by file. */
export class Calls {
  readonly scopes = new Scopes();
  readonly #program: Program;

  constructor(program: Program) {
    this.#program = program;
  }

  /**
   * The callee by the imports of its own file alone, no types asked. Covers what comes from a package or from
   * Node directly; nothing for members of objects and for names that pass through other project files.
   */
  imported(callee: ast.Expression): Callee | undefined {
    const origin = this.origin(callee);
    if (origin === undefined || origin.module === 'global') return undefined;
    return isRelative(origin.module) || origin.name.includes('()') ? undefined : origin;
  }

  /**
   * Where a value comes from, by its own file alone: like `imported`, and also globals that the file does not declare
   * itself, names that relative imports bring, and what calls of all these give.
   */
  origin(value: ast.Expression): Callee | undefined {
    return calleeOf(this.#pathTo(value, MOST_STEPS));
  }

  /** Where the value of a name comes from that an import, a `require` or a constant declares. */
  bound(declaration: ast.Node): Callee | undefined {
    return calleeOf(this.#behind(declaration, MOST_STEPS));
  }

  /** The callee by its imports, else by the symbol that the compiler resolves it to. */
  of(call: ast.CallExpression | ast.NewExpression): Callee | undefined {
    return this.imported(call.expression) ?? this.resolved(call.expression);
  }

  /** The callee by the symbol that the compiler resolves it to, values of other project files followed. */
  resolved(callee: ast.Expression): Callee | undefined {
    return this.#taken(callee) ?? this.#declared(callee);
  }

  #declared(callee: ast.Expression): Callee | undefined {
    const symbol = this.#program.query.targetAt(nameNodeOf(callee));
    if (symbol === undefined) return undefined;
    return this.#valueOf(symbol) ?? this.named(symbol);
  }

  /** The declaration of what a call runs, in whichever file of the program. */
  declaration(call: ast.CallExpression | ast.NewExpression): Declaration | undefined {
    const symbol = this.#program.query.targetAt(nameNodeOf(call.expression));
    return symbol && this.#program.query.declarations(symbol)[0];
  }

  /** The member of a package's type that `const { member } = value` takes out of it, also in `const [x, { member }] = value`. */
  #taken(callee: ast.Expression): Callee | undefined {
    const name = unwrap(callee);
    const element = ast.isIdentifier(name) ? this.scopes.declarationOf(name) : undefined;
    if (element === undefined || !ast.isBindingElement(element)) return undefined;
    const key = keyOf(element);
    const taken = takenApart(element.parent);
    if (key === undefined || taken === undefined) return undefined;
    const { query } = this.#program;
    const type = query.typeAt(taken);
    const member = type && query.property(type, key);
    const named = member && this.named(member);
    return named && isOfPackage(named) ? named : undefined;
  }

  /** `export const read = fs.readFileSync` in a file of the project is `readFileSync` of `fs`. */
  #valueOf(symbol: TsSymbol): Callee | undefined {
    const [declaration] = this.#program.query.declarations(symbol);
    if (declaration?.kind !== ast.SyntaxKind.VariableDeclaration) return undefined;
    if (moduleOfPath(declaration.path) !== declaration.path) return undefined;
    const node = declaration.node();
    if (node === undefined || !ast.isVariableDeclaration(node)) return undefined;
    if (node.initializer === undefined || !ast.isIdentifier(node.name)) return undefined;
    const binding = this.scopes.of(node.name);
    if (binding === undefined || !this.scopes.isConstant(binding)) return undefined;
    return this.imported(node.initializer);
  }

  /** The module that declares a symbol, and its name there with that of its owner. */
  named(symbol: TsSymbol): Callee | undefined {
    const { query } = this.#program;
    const [declaration] = query.declarations(symbol);
    if (declaration === undefined) return undefined;
    const parent = query.parent(symbol);
    const owner = parent !== undefined && isTypeName(parent) ? `${parent.name}.` : '';
    const module = this.#ambientModule(parent) ?? moduleOfPath(declaration.path);
    return { module, name: `${owner}${symbol.name}` };
  }

  /** `fs` for what stands in `declare module 'fs'`; nothing for what stands in a module that is a file. */
  #ambientModule(symbol: TsSymbol | undefined): string | undefined {
    if (symbol === undefined) return undefined;
    const name = /^"(?!\/|[A-Za-z]:)([^"]+)"$/.exec(symbol.name)?.[1];
    return name === undefined
      ? this.#ambientModule(this.#program.query.parent(symbol))
      : plainModule(name);
  }

  /** The module that a value comes from, and the names that lead to the value from there. */
  #pathTo(value: ast.Expression, steps: number): readonly string[] | undefined {
    if (steps === 0) return undefined;
    const at = unwrap(value);
    if (ast.isIdentifier(at)) {
      const binding = this.scopes.of(at);
      if (binding === undefined) return ['global', at.text];
      const path = this.#behind(binding.declaration, steps);
      return path && this.scopes.isConstant(binding) ? path : undefined;
    }
    if (ast.isPropertyAccessExpression(at)) {
      return joined(this.#pathTo(at.expression, steps), at.name.text);
    }
    if (ast.isElementAccessExpression(at)) {
      const key = unwrap(at.argumentExpression);
      if (!ast.isStringLiteral(key)) return undefined;
      return joined(this.#pathTo(at.expression, steps), key.text);
    }
    if (ast.isAwaitExpression(at)) {
      const module = moduleImported(unwrap(at.expression));
      return module === undefined ? undefined : [module];
    }
    if (ast.isNewExpression(at)) return joined(this.#pathTo(at.expression, steps), '()');
    if (!ast.isCallExpression(at)) return undefined;
    const required = this.#moduleRequired(at);
    return required === undefined ? joined(this.#pathTo(at.expression, steps), '()') : [required];
  }

  #behind(declared: ast.Node, steps: number): readonly string[] | undefined {
    if (ast.isImportSpecifier(declared)) {
      return joined(pathOfImport(declared), (declared.propertyName ?? declared.name).text);
    }
    if (ast.isNamespaceImport(declared)) return pathOfImport(declared);
    if (ast.isImportClause(declared)) return joined(pathOfImport(declared), 'default');
    if (ast.isImportEqualsDeclaration(declared)) {
      const { moduleReference } = declared;
      if (!ast.isExternalModuleReference(moduleReference)) return undefined;
      return pathOf(moduleReference.expression);
    }
    if (ast.isVariableDeclaration(declared)) {
      const { initializer } = declared;
      return initializer && this.#pathTo(initializer, steps - 1);
    }
    if (!ast.isBindingElement(declared)) return undefined;
    return this.#destructured(declared, steps);
  }

  /** `const { promises: { readFile } } = require('fs')`: the names of the keys, from the outside in. */
  #destructured(element: ast.BindingElement, steps: number): readonly string[] | undefined {
    const key = keyOf(element);
    const owner: ast.Node = element.parent.parent;
    if (key === undefined) return undefined;
    if (ast.isBindingElement(owner)) return joined(this.#destructured(owner, steps), key);
    if (!ast.isVariableDeclaration(owner) || owner.initializer === undefined) return undefined;
    return joined(this.#pathTo(owner.initializer, steps - 1), key);
  }

  #moduleRequired(call: ast.CallExpression): string | undefined {
    const callee = unwrap(call.expression);
    if (!ast.isIdentifier(callee) || callee.text !== 'require') return undefined;
    const declared = this.scopes.declarationOf(callee);
    if (declared !== undefined && !this.#isCreateRequire(declared)) return undefined;
    const [specifier] = call.arguments;
    return specifier && ast.isStringLiteral(specifier) ? plainModule(specifier.text) : undefined;
  }

  /** `const require = createRequire(import.meta.url)`. */
  #isCreateRequire(declared: ast.Node): boolean {
    if (!ast.isVariableDeclaration(declared) || declared.initializer === undefined) return false;
    const call = unwrap(declared.initializer);
    if (!ast.isCallExpression(call)) return false;
    const callee = this.imported(call.expression);
    return callee?.module === 'module' && callee.name === 'createRequire';
  }
}

/** Neither the compiler's own libraries nor a file of the project. */
function isOfPackage({ module }: Callee): boolean {
  return module !== 'global' && !isRelative(module) && !/^[A-Za-z]:\//.test(module);
}

/** The key that an element of an object pattern takes; nothing for a rest, and where the key is worked out. */
function keyOf({ parent, propertyName, name, dotDotDotToken }: ast.BindingElement) {
  const key = propertyName ?? name;
  if (!ast.isObjectBindingPattern(parent) || dotDotDotToken || key === undefined) return undefined;
  return ast.isIdentifier(key) || ast.isStringLiteral(key) ? key.text : undefined;
}

/** What has the type of the value that a pattern takes apart: the value, or the pattern itself where it stands in another. */
function takenApart(pattern: ast.Node): ast.Node | undefined {
  const { parent: owner } = pattern;
  if (ast.isBindingElement(owner)) return owner.dotDotDotToken ? undefined : pattern;
  return ast.isVariableDeclaration(owner) ? owner.initializer : undefined;
}

/** The name that the compiler is asked about to resolve a callee. */
export function nameNodeOf(callee: ast.Expression): ast.Node {
  const at = unwrap(callee);
  if (ast.isPropertyAccessExpression(at)) return at.name;
  return ast.isElementAccessExpression(at) ? at.argumentExpression : at;
}

/** A symbol named like a class or interface; modules have quoted paths for names, literals `__object` and `__type`. */
function isTypeName(symbol: TsSymbol): boolean {
  return /^(?!__)[A-Za-z_$][\w$]*$/.test(symbol.name) && symbol.name !== 'default';
}

function calleeOf(path: readonly string[] | undefined): Callee | undefined {
  const [module, ...names] = path ?? [];
  if (module === undefined) return undefined;
  return { module, name: withoutDefaults(names).join('.').replaceAll('.()', '()') || 'default' };
}

/** Members of the default export are known without it, as for CommonJS both are the same. */
function withoutDefaults(names: readonly string[]): readonly string[] {
  const [first, second] = names;
  const isPlain = first === 'default' && second !== undefined && second !== '()';
  return isPlain ? withoutDefaults(names.slice(1)) : names;
}

function joined(path: readonly string[] | undefined, name: string): readonly string[] | undefined {
  return path && [...path, name];
}

function pathOfImport(part: ast.Node): readonly string[] | undefined {
  let at = part;
  while (!ast.isImportDeclaration(at)) {
    if (at.parent === undefined) return undefined;
    at = at.parent;
  }
  return pathOf(at.moduleSpecifier);
}

function pathOf(specifier: ast.Expression): readonly string[] | undefined {
  return ast.isStringLiteral(specifier) ? [plainModule(specifier.text)] : undefined;
}

/** `fs` for a dynamic import of it. */
function moduleImported(value: ast.Expression): string | undefined {
  if (!ast.isCallExpression(value)) return undefined;
  if (value.expression.kind !== ast.SyntaxKind.ImportKeyword) return undefined;
  const [specifier] = value.arguments;
  return specifier && ast.isStringLiteral(specifier) ? plainModule(specifier.text) : undefined;
}
