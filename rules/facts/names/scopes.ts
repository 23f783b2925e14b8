/**
 * What a name means, by the tree alone: blocks, hoisting, parameters, catch clauses, imports and classes. Asks the
 * compiler nothing, so it knows nothing beyond the file; names declared nowhere in it are globals.
 */
import * as ast from '#ast';
import { isAssignment, isFunction, walk } from '../shape/syntax.ts';

/** How a name is bound. */
export type BindingKind =
  | 'const'
  | 'let'
  | 'using'
  | 'var'
  | 'parameter'
  | 'catch'
  | 'function'
  | 'class'
  | 'import'
  | 'enum'
  | 'namespace';

/** A name and what declares it. */
export interface Binding {
  readonly name: string;
  readonly kind: BindingKind;
  /** The declaration that the name belongs to: a variable, a binding element, a parameter, a function, … */
  readonly declaration: ast.Node;
  /** The file, function, block or other node in which the name is known. */
  readonly scope: ast.Node;
}

type Names = Map<string, Binding>;

/** Resolves names, scope by scope, and remembers what each declares. */
export class Scopes {
  readonly #names = new Map<ast.Node, Names>();
  readonly #writes = new Map<ast.Node, readonly ast.Identifier[]>();

  /** What an identifier in an expression refers to; nothing for globals. */
  of(identifier: ast.Identifier): Binding | undefined {
    return this.lookup(identifier.text, identifier);
  }

  /** The declaration of what an identifier in an expression refers to; nothing for globals. */
  declarationOf(identifier: ast.Identifier): ast.Node | undefined {
    return this.of(identifier)?.declaration;
  }

  /** What a name would mean at a place. */
  lookup(name: string, from: ast.Node): Binding | undefined {
    for (let at: ast.Node | undefined = from; at !== undefined; at = at.parent) {
      const found = isScope(at) ? this.#namesOf(at).get(name) : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Every place in the file that gives a variable a new value, its declaration left out. */
  writes(binding: Binding): readonly ast.Identifier[] {
    const known = this.#writes.get(binding.declaration);
    if (known !== undefined) return known;
    const found: ast.Identifier[] = [];
    walk(
      binding.scope,
      (node) => {
        for (const target of targetsOf(node)) {
          if (target.text === binding.name && this.of(target) === binding) found.push(target);
        }
      },
      { intoFunctions: true },
    );
    this.#writes.set(binding.declaration, found);
    return found;
  }

  /** Whether a name always means the value that its declaration gave it. */
  isConstant(binding: Binding): boolean {
    const { kind } = binding;
    if (kind === 'const' || kind === 'using' || kind === 'import' || kind === 'enum') return true;
    return this.writes(binding).length === 0;
  }

  #namesOf(scope: ast.Node): Names {
    let names = this.#names.get(scope);
    if (names === undefined) {
      names = namesIn(scope);
      this.#names.set(scope, names);
    }
    return names;
  }
}

function isScope(node: ast.Node): boolean {
  switch (node.kind) {
    case ast.SyntaxKind.Block:
    case ast.SyntaxKind.SourceFile:
    case ast.SyntaxKind.ModuleBlock:
    case ast.SyntaxKind.CaseBlock:
    case ast.SyntaxKind.ForStatement:
    case ast.SyntaxKind.ForInStatement:
    case ast.SyntaxKind.ForOfStatement:
    case ast.SyntaxKind.CatchClause:
    case ast.SyntaxKind.ClassExpression:
    case ast.SyntaxKind.ClassStaticBlockDeclaration:
      return true;
    default:
      return isFunction(node);
  }
}

function namesIn(scope: ast.Node): Names {
  const names: Names = new Map();
  const add = (name: ast.Node | undefined, kind: BindingKind, declaration: ast.Node): void => {
    if (name === undefined || !ast.isIdentifier(name) || names.has(name.text)) return;
    names.set(name.text, { name: name.text, kind, declaration, scope });
  };
  if (isFunction(scope)) {
    for (const parameter of scope.parameters) addPattern(parameter, 'parameter', add);
  }
  if (isHoistedTo(scope) && mentionsVar(scope.getSourceFile())) addHoisted(scope, add);
  for (const statement of statementsIn(scope)) addStatement(statement, add);
  if (ast.isCatchClause(scope) && scope.variableDeclaration !== undefined) {
    addPattern(scope.variableDeclaration, 'catch', add);
  }
  if (isLoopHead(scope) && scope.initializer && ast.isVariableDeclarationList(scope.initializer)) {
    addList(scope.initializer, add);
  }
  if (ast.isFunctionExpression(scope)) add(scope.name, 'function', scope);
  if (ast.isClassExpression(scope)) add(scope.name, 'class', scope);
  return names;
}

type Add = (name: ast.Node | undefined, kind: BindingKind, declaration: ast.Node) => void;

function isLoopHead(
  node: ast.Node,
): node is ast.ForStatement | ast.ForInStatement | ast.ForOfStatement {
  return ast.isForStatement(node) || ast.isForInStatement(node) || ast.isForOfStatement(node);
}

function statementsIn(scope: ast.Node): readonly ast.Statement[] {
  if (ast.isBlock(scope) || ast.isSourceFile(scope) || ast.isModuleBlock(scope)) {
    return scope.statements;
  }
  if (ast.isCaseBlock(scope)) return scope.clauses.flatMap((clause) => [...clause.statements]);
  return [];
}

function addStatement(statement: ast.Statement, add: Add): void {
  if (ast.isVariableStatement(statement)) addList(statement.declarationList, add);
  else if (ast.isFunctionDeclaration(statement)) add(statement.name, 'function', statement);
  else if (ast.isClassDeclaration(statement)) add(statement.name, 'class', statement);
  else if (ast.isEnumDeclaration(statement)) add(statement.name, 'enum', statement);
  else if (ast.isModuleDeclaration(statement)) add(statement.name, 'namespace', statement);
  else if (ast.isImportEqualsDeclaration(statement)) add(statement.name, 'import', statement);
  else if (ast.isImportDeclaration(statement)) addImports(statement, add);
}

function addImports({ importClause }: ast.ImportDeclaration, add: Add): void {
  if (importClause === undefined) return;
  add(importClause.name, 'import', importClause);
  const named = importClause.namedBindings;
  if (named === undefined) return;
  if (ast.isNamespaceImport(named)) add(named.name, 'import', named);
  else for (const one of named.elements) add(one.name, 'import', one);
}

/** `let`, `const` and `using`; `var` belongs to the function round it. */
function addList(list: ast.VariableDeclarationList, add: Add): void {
  const kind = kindOf(list);
  if (kind === 'var') return;
  for (const declaration of list.declarations) addPattern(declaration, kind, add);
}

function kindOf(list: ast.VariableDeclarationList): BindingKind {
  const scoped = list.flags & ast.NodeFlags.BlockScoped;
  if (scoped === ast.NodeFlags.Const) return 'const';
  if (scoped === ast.NodeFlags.Let) return 'let';
  return scoped === 0 ? 'var' : 'using';
}

function addPattern(
  node: ast.VariableDeclaration | ast.ParameterDeclaration | ast.BindingElement,
  kind: BindingKind,
  add: Add,
): void {
  const { name } = node;
  if (name === undefined) return;
  if (ast.isIdentifier(name)) add(name, kind, node);
  else {
    for (const element of name.elements) {
      if (ast.isBindingElement(element)) addPattern(element, kind, add);
    }
  }
}

function isHoistedTo(scope: ast.Node): boolean {
  return isFunction(scope) || ast.isSourceFile(scope) || ast.isClassStaticBlockDeclaration(scope);
}

const mentioning = new WeakMap<ast.SourceFile, boolean>();

/** Few files have a `var` at all: those that have none are not searched for them. */
function mentionsVar(file: ast.SourceFile): boolean {
  const known = mentioning.get(file) ?? /\bvar\b/.test(file.text);
  mentioning.set(file, known);
  return known;
}

function addHoisted(scope: ast.Node, add: Add): void {
  const look = (node: ast.Node): undefined => {
    if (isFunction(node) || ast.isClassDeclaration(node) || ast.isClassExpression(node)) return;
    if (ast.isVariableDeclarationList(node) && kindOf(node) === 'var') {
      for (const declaration of node.declarations) addPattern(declaration, 'var', add);
    }
    if (!ast.isTypeNode(node)) node.forEachChild(look);
    return undefined;
  };
  scope.forEachChild(look);
}

/** The variables that a node itself gives new values: `x = …`, `[x] = …`, `x++`, `for (x of …)`. */
function targetsOf(node: ast.Node): readonly ast.Identifier[] {
  if (isAssignment(node)) return identifiersIn(node.left);
  if (ast.isPostfixUnaryExpression(node)) return identifiersIn(node.operand);
  if (ast.isPrefixUnaryExpression(node)) {
    const { operator } = node;
    const changes =
      operator === ast.SyntaxKind.PlusPlusToken || operator === ast.SyntaxKind.MinusMinusToken;
    return changes ? identifiersIn(node.operand) : [];
  }
  if ((ast.isForInStatement(node) || ast.isForOfStatement(node)) && node.initializer) {
    return ast.isVariableDeclarationList(node.initializer) ? [] : identifiersIn(node.initializer);
  }
  return [];
}

/** The variables among the targets of an assignment; keys and defaults are none, properties neither. */
function identifiersIn(target: ast.Node): readonly ast.Identifier[] {
  if (ast.isIdentifier(target)) return [target];
  if (isAssignment(target)) return identifiersIn(target.left);
  if (ast.isArrayLiteralExpression(target)) return target.elements.flatMap(identifiersIn);
  if (ast.isSpreadElement(target) || ast.isSpreadAssignment(target)) {
    return identifiersIn(target.expression);
  }
  if (ast.isPropertyAssignment(target)) return identifiersIn(target.initializer);
  if (ast.isShorthandPropertyAssignment(target)) return identifiersIn(target.name);
  if (ast.isObjectLiteralExpression(target)) return target.properties.flatMap(identifiersIn);
  if (ast.isParenthesizedExpression(target) || ast.isNonNullExpression(target)) {
    return identifiersIn(target.expression);
  }
  if (ast.isAsExpression(target)) return identifiersIn(target.expression);
  return [];
}
