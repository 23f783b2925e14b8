/** What one piece of code reads and writes, node by node; what it calls is looked up elsewhere. */
import * as ast from '#ast';
import type { Scopes } from '../names/scopes.ts';
import { type FunctionNode, isAssignment, isFunction, unwrap } from '../shape/syntax.ts';
import type { Gathering } from './gathering.ts';
import type { Roots } from './roots.ts';
import { type CallLike, isCallLike, type Targets } from './targets.ts';

/** What the walk needs to know of the rest. */
export interface WalkKnowledge {
  readonly scopes: Scopes;
  readonly roots: Roots;
  readonly targets: Targets;
  /** Adds the effects of a call, of its callee's parts and arguments too. */
  call(call: CallLike, walk: EffectWalk): void;
  /** Adds the effects of running a getter or setter of `this`. */
  accessor(fn: FunctionNode, walk: EffectWalk): void;
}

/** Any of the ways to write a property. */
type Access = ast.PropertyAccessExpression | ast.ElementAccessExpression;

/** Goes through code in the order of the text and gathers effects. */
export class EffectWalk {
  readonly found: Gathering;
  readonly #know: WalkKnowledge;

  constructor(know: WalkKnowledge, found: Gathering) {
    this.#know = know;
    this.found = found;
  }

  /** Adds the effects of running a node. Functions within run only when they are called. */
  visit = (node: ast.Node): undefined => {
    if (this.found.stopped || isFunction(node) || ast.isTypeNode(node)) return;
    if (isCallLike(node)) this.#know.call(node, this);
    else if (ast.isIdentifier(node)) this.#name(node);
    else if (isAccess(node)) this.#access(node);
    else if (isAssignment(node)) this.#assignment(node);
    else if (ast.isPostfixUnaryExpression(node)) this.#change(node.operand);
    else if (ast.isPrefixUnaryExpression(node)) this.#prefix(node);
    else if (ast.isDeleteExpression(node)) this.#target(node.expression);
    else if (isDeclaration(node)) this.#declaration(node);
    else if (ast.isForOfStatement(node)) this.#forOf(node);
    else if (ast.isForInStatement(node)) this.#forIn(node);
    else this.#rest(node);
  };

  /** Adds the effects of calling a function, without its caller's arguments. */
  body(fn: FunctionNode): void {
    if ('asteriskToken' in fn && fn.asteriskToken !== undefined) {
      this.found.unknown('a generator runs piece by piece', fn);
      return;
    }
    for (const parameter of fn.parameters) this.visit(parameter);
    if (fn.body === undefined) this.found.unknown('it has no body here', fn);
    else this.visit(fn.body);
  }

  /** Reads everything that can be reached from a value. */
  deep(value: ast.Expression): void {
    const at = unwrap(value);
    const named = ast.isIdentifier(at) || at.kind === ast.SyntaxKind.ThisKeyword || isAccess(at);
    if (named) this.property(at, '*', value, 'read');
  }

  /** Reads or writes a property of an object. */
  property(object: ast.Expression, name: string, node: ast.Node, access: 'read' | 'write'): void {
    const root = this.#know.roots.of(object);
    if (root !== undefined) this.found[access]({ kind: 'property', root, name }, node);
  }

  #name(node: ast.Identifier): void {
    const binding = this.#know.scopes.of(node);
    if (binding === undefined || binding.kind === 'function' || binding.kind === 'class') return;
    const { declaration, kind } = binding;
    const place = { declaration, name: node.text, imported: kind === 'import' };
    this.found.read({ kind: 'variable', ...place }, node);
  }

  #access(node: Access): void {
    this.visit(node.expression);
    if (ast.isElementAccessExpression(node)) this.visit(node.argumentExpression);
    const getter = ast.isPropertyAccessExpression(node) && this.#know.targets.accessor(node, 'get');
    if (getter) this.#know.accessor(getter, this);
    else this.property(node.expression, propertyOf(node), node, 'read');
  }

  #assignment(node: ast.BinaryExpression): void {
    const plain = node.operatorToken.kind === ast.SyntaxKind.EqualsToken;
    if (!plain) this.visit(node.left);
    this.visit(node.right);
    this.#target(node.left);
  }

  #prefix(node: ast.PrefixUnaryExpression): void {
    const { operator, operand } = node;
    const changes =
      operator === ast.SyntaxKind.PlusPlusToken || operator === ast.SyntaxKind.MinusMinusToken;
    if (changes) this.#change(operand);
    else this.visit(operand);
  }

  #change(operand: ast.Expression): void {
    this.visit(operand);
    this.#target(operand);
  }

  /** Something is assigned to, or taken apart into, a target. */
  #target(node: ast.Node): void {
    if (ast.isIdentifier(node)) this.#assigned(node);
    else if (isAccess(node)) this.#assignedProperty(node);
    else if (isAssignment(node)) {
      this.visit(node.right);
      this.#target(node.left);
    } else if (ast.isObjectLiteralExpression(node)) {
      for (const one of node.properties) this.#target(one);
    } else if (ast.isArrayLiteralExpression(node)) {
      for (const one of node.elements) this.#target(one);
    } else if (ast.isPropertyAssignment(node)) this.#target(node.initializer);
    else if (ast.isShorthandPropertyAssignment(node)) this.#target(node.name);
    else if (ast.isSpreadElement(node) || ast.isSpreadAssignment(node)) {
      this.#target(node.expression);
    } else if (ast.isExpression(node) && unwrap(node) !== node) this.#target(unwrap(node));
    else if (!ast.isOmittedExpression(node)) {
      this.found.unknown('something unusual is assigned', node);
    }
  }

  #assigned(node: ast.Identifier): void {
    const binding = this.#know.scopes.of(node);
    if (binding === undefined) {
      this.found.unknown(`the global \`${node.text}\` is set`, node);
      return;
    }
    const place = { declaration: binding.declaration, name: node.text, imported: false };
    this.found.write({ kind: 'variable', ...place }, node);
  }

  #assignedProperty(node: Access): void {
    this.visit(node.expression);
    if (ast.isElementAccessExpression(node)) this.visit(node.argumentExpression);
    const setter = ast.isPropertyAccessExpression(node) && this.#know.targets.accessor(node, 'set');
    if (setter) this.#know.accessor(setter, this);
    else this.property(node.expression, propertyOf(node), node, 'write');
  }

  /** A variable, parameter or element of a pattern gets its value. The variable is the code's own. */
  #declaration(
    node: ast.VariableDeclaration | ast.ParameterDeclaration | ast.BindingElement,
  ): void {
    if (node.initializer !== undefined) this.visit(node.initializer);
    const { name } = node;
    if (name === undefined || ast.isIdentifier(name)) return;
    for (const element of name.elements) {
      if (!ast.isBindingElement(element)) continue;
      const key = element.propertyName ?? element.name;
      const read = ast.isArrayBindingPattern(name)
        ? '[]'
        : key && ast.isIdentifier(key) && element.dotDotDotToken === undefined
          ? key.text
          : '*';
      const root = { kind: 'other' } as const;
      this.found.read({ kind: 'property', root, name: read }, element);
      if (key && ast.isComputedPropertyName(key)) this.visit(key.expression);
      this.#declaration(element);
    }
  }

  #forOf(node: ast.ForOfStatement): void {
    if (node.awaitModifier !== undefined) {
      this.found.unknown('nobody knows what the async iteration runs', node.expression);
      return;
    }
    this.visit(node.expression);
    this.property(node.expression, '[]', node.expression, 'read');
    this.#head(node.initializer);
    this.visit(node.statement);
  }

  #forIn(node: ast.ForInStatement): void {
    this.visit(node.expression);
    this.deep(node.expression);
    this.#head(node.initializer);
    this.visit(node.statement);
  }

  #head(initializer: ast.ForInitializer): void {
    if (ast.isVariableDeclarationList(initializer)) this.visit(initializer);
    else this.#target(initializer);
  }

  #rest(node: ast.Node): void {
    if (isInert(node)) return;
    if (ast.isYieldExpression(node)) {
      this.found.unknown('the caller goes on in the middle of it', node);
    } else if (ast.isVariableDeclarationList(node) && isUsing(node)) {
      this.found.unknown('something is disposed of at the end', node);
    } else if (ast.isLabeledStatement(node)) this.visit(node.statement);
    else if (ast.isJsxAttribute(node)) this.#optional(node.initializer);
    else if (ast.isPropertyAssignment(node)) this.#member(node.name, node.initializer);
    else if (ast.isPropertyDeclaration(node)) this.#member(node.name, node.initializer);
    else if (ast.isSpreadElement(node)) this.#spread(node.expression, '[]');
    else if (ast.isSpreadAssignment(node)) this.#spread(node.expression, '*');
    else node.forEachChild(this.visit);
  }

  #optional(node: ast.Node | undefined): void {
    if (node !== undefined) this.visit(node);
  }

  #member(name: ast.Node, value: ast.Node | undefined): void {
    if (ast.isComputedPropertyName(name)) this.visit(name.expression);
    this.#optional(value);
  }

  #spread(value: ast.Expression, name: string): void {
    this.visit(value);
    this.property(value, name, value, 'read');
  }
}

/** What runs nothing: jumps, types, imports, `import.meta`. */
function isInert(node: ast.Node): boolean {
  switch (node.kind) {
    case ast.SyntaxKind.MetaProperty:
    case ast.SyntaxKind.BreakStatement:
    case ast.SyntaxKind.ContinueStatement:
    case ast.SyntaxKind.EnumDeclaration:
    case ast.SyntaxKind.InterfaceDeclaration:
    case ast.SyntaxKind.TypeAliasDeclaration:
    case ast.SyntaxKind.ImportDeclaration:
    case ast.SyntaxKind.ExportDeclaration:
      return true;
    default:
      return false;
  }
}

function isAccess(node: ast.Node): node is Access {
  return ast.isPropertyAccessExpression(node) || ast.isElementAccessExpression(node);
}

function isDeclaration(
  node: ast.Node,
): node is ast.VariableDeclaration | ast.ParameterDeclaration | ast.BindingElement {
  return (
    ast.isVariableDeclaration(node) ||
    ast.isParameterDeclaration(node) ||
    ast.isBindingElement(node)
  );
}

function isUsing(list: ast.VariableDeclarationList): boolean {
  return (list.flags & ast.NodeFlags.Using) !== 0;
}

/** The name of the property that is accessed: `[]` for a number, `*` for anything that is worked out. */
function propertyOf(node: Access): string {
  if (ast.isPropertyAccessExpression(node)) return node.name.text;
  const key = unwrap(node.argumentExpression);
  if (ast.isStringLiteral(key) || ast.isNoSubstitutionTemplateLiteral(key)) return key.text;
  return ast.isNumericLiteral(key) ? '[]' : '*';
}
