/** The order in which statements run. */
import * as ast from '#ast';
import { type FunctionNode, isFunction } from '../shape/syntax.ts';
import { condition, evaluate } from './expressions.ts';
import type { Graph } from './graph.ts';
import { type Loose, type Target, Wiring } from './wiring.ts';

/** The graph of a function, defaults of parameters included, or of a module's top level. */
export function graphOf(root: FunctionNode | ast.SourceFile): Graph {
  const wiring = new Wiring();
  if (isFunction(root)) {
    for (const { initializer, name } of root.parameters) {
      if (initializer !== undefined) evaluate(initializer, wiring);
      evaluate(name, wiring);
    }
    if (root.body !== undefined) runBody(root.body, wiring);
  } else {
    block(root.statements, wiring);
  }
  return wiring.finish();
}

function runBody(body: ast.ConciseBody, wiring: Wiring): void {
  if (ast.isBlock(body)) {
    block(body.statements, wiring);
    return;
  }
  evaluate(body, wiring);
  wiring.step('return', body);
  wiring.leave(wiring.returned);
}

/** Statements one after the other; after `using` all others are followed by a disposal. */
function block(statements: readonly ast.Statement[], wiring: Wiring): void {
  for (const [index, statement] of statements.entries()) {
    run(statement, wiring);
    if (!ast.isVariableStatement(statement) || !isUsing(statement.declarationList)) continue;
    const rest = () => block(statements.slice(index + 1), wiring);
    wiring.cleaned(rest, () => dispose(statement.declarationList, wiring));
    return;
  }
}

function isUsing(list: ast.Node): list is ast.VariableDeclarationList {
  return ast.isVariableDeclarationList(list) && (list.flags & ast.NodeFlags.Using) !== 0;
}

function dispose(list: ast.VariableDeclarationList, wiring: Wiring): void {
  wiring.fails(wiring.step('dispose', list));
}

function run(statement: ast.Statement, wiring: Wiring, labels: readonly string[] = []): void {
  if (ast.isBlock(statement)) labelled(labels, wiring, () => block(statement.statements, wiring));
  else if (ast.isIfStatement(statement)) labelled(labels, wiring, () => runIf(statement, wiring));
  else if (ast.isTryStatement(statement)) labelled(labels, wiring, () => runTry(statement, wiring));
  else if (ast.isLabeledStatement(statement)) {
    run(statement.statement, wiring, [...labels, statement.label.text]);
  } else if (ast.isSwitchStatement(statement)) runSwitch(statement, wiring, labels);
  else if (!runLoop(statement, wiring, labels)) runSimple(statement, wiring);
}

function runSimple(statement: ast.Statement, wiring: Wiring): void {
  if (ast.isReturnStatement(statement)) {
    if (statement.expression !== undefined) evaluate(statement.expression, wiring);
    wiring.step('return', statement);
    wiring.leave(wiring.returned);
  } else if (ast.isThrowStatement(statement)) {
    evaluate(statement.expression, wiring);
    wiring.fails(wiring.step('evaluate', statement));
    wiring.loose = [];
  } else if (ast.isBreakOrContinueStatement(statement)) jump(statement, wiring);
  else if (ast.isClassDeclaration(statement)) wiring.step('evaluate', statement);
  else if (ast.isModuleDeclaration(statement)) runModule(statement, wiring);
  else if (isRun(statement)) statement.forEachChild((part) => void evaluate(part, wiring));
}

/** Declarations of functions and types, imports and exports run nothing where they stand. */
function isRun(statement: ast.Statement): boolean {
  return (
    ast.isExpressionStatement(statement) ||
    ast.isVariableStatement(statement) ||
    ast.isExportAssignment(statement)
  );
}

function runModule({ body }: ast.ModuleDeclaration, wiring: Wiring): void {
  if (body !== undefined && ast.isModuleBlock(body)) block(body.statements, wiring);
}

function runIf(statement: ast.IfStatement, wiring: Wiring): void {
  const { yes, no } = condition(statement.expression, wiring);
  wiring.loose = yes;
  run(statement.thenStatement, wiring);
  const after = wiring.loose;
  wiring.loose = no;
  if (statement.elseStatement !== undefined) run(statement.elseStatement, wiring);
  wiring.loose = [...after, ...wiring.loose];
}

function runTry(statement: ast.TryStatement, wiring: Wiring): void {
  const { finallyBlock } = statement;
  if (finallyBlock === undefined) runCaught(statement, wiring);
  else {
    const clean = () => block(finallyBlock.statements, wiring);
    wiring.cleaned(() => runCaught(statement, wiring), clean);
  }
}

function runCaught({ tryBlock, catchClause }: ast.TryStatement, wiring: Wiring): void {
  if (catchClause === undefined) {
    block(tryBlock.statements, wiring);
    return;
  }
  const handler = wiring.handled(() => block(tryBlock.statements, wiring));
  const after = wiring.loose;
  wiring.loose = handler.loose;
  if (catchClause.variableDeclaration !== undefined) {
    evaluate(catchClause.variableDeclaration.name, wiring);
  }
  block(catchClause.block.statements, wiring);
  wiring.loose = [...after, ...wiring.loose];
}

/** Runs code that `break` with a label may leave. */
function labelled(labels: readonly string[], wiring: Wiring, body: () => void): void {
  if (labels.length === 0) body();
  else aimed({ labels, wiring, isLoop: false, isPlain: false }, body);
}

interface Aim {
  readonly labels: readonly string[];
  readonly wiring: Wiring;
  readonly isLoop: boolean;
  readonly isPlain: boolean;
}

/** Runs code that `break` and `continue` may leave, and goes on where `break` leads. */
function aimed({ labels, wiring, isLoop, isPlain }: Aim, body: (target: Target) => void): void {
  const breaks = wiring.exit();
  const target = { labels, breaks, continues: isLoop ? wiring.exit() : undefined, isPlain };
  wiring.targets.push(target);
  body(target);
  wiring.targets.pop();
  wiring.enter(breaks);
}

function jump(statement: ast.BreakOrContinueStatement, wiring: Wiring): void {
  const isBreak = ast.isBreakStatement(statement);
  const label = statement.label?.text;
  const target = wiring.targets.findLast((one) => {
    if (label !== undefined) return one.labels.includes(label);
    return isBreak ? one.isPlain : one.continues !== undefined;
  });
  const exit = isBreak ? target?.breaks : target?.continues;
  if (exit === undefined) wiring.loose = [];
  else wiring.leave(exit);
}

/** Tests are asked in order, the default last; bodies run into one another. */
function runSwitch(node: ast.SwitchStatement, wiring: Wiring, labels: readonly string[]): void {
  evaluate(node.expression, wiring);
  aimed({ labels, wiring, isLoop: false, isPlain: true }, () => {
    const entries = new Map<ast.Node, Loose[]>();
    for (const clause of node.caseBlock.clauses) {
      if (!ast.isCaseClause(clause)) continue;
      evaluate(clause.expression, wiring);
      const { yes, no } = wiring.branch(clause.expression);
      entries.set(clause, yes);
      wiring.loose = no;
    }
    const otherwise = wiring.loose;
    const hasDefault = node.caseBlock.clauses.some((clause) => !ast.isCaseClause(clause));
    wiring.loose = [];
    for (const clause of node.caseBlock.clauses) {
      wiring.loose = [...wiring.loose, ...(entries.get(clause) ?? otherwise)];
      block(clause.statements, wiring);
    }
    if (!hasDefault) wiring.loose = [...wiring.loose, ...otherwise];
  });
}

function runLoop(node: ast.Statement, wiring: Wiring, labels: readonly string[]): boolean {
  const aim: Aim = { labels, wiring, isLoop: true, isPlain: true };
  if (ast.isWhileStatement(node)) {
    const head = wiring.step('join', node);
    aimed(aim, (target) => {
      const { yes, no } = condition(node.expression, wiring);
      wiring.loose = yes;
      turn(node.statement, target, wiring);
      wiring.link(head);
      wiring.loose = no;
    });
  } else if (ast.isDoStatement(node)) {
    const head = wiring.step('join', node);
    aimed(aim, (target) => {
      turn(node.statement, target, wiring);
      const { yes, no } = condition(node.expression, wiring);
      wiring.loose = yes;
      wiring.link(head);
      wiring.loose = no;
    });
  } else if (ast.isForStatement(node)) runFor(node, aim);
  else if (ast.isForOfStatement(node) || ast.isForInStatement(node)) runForOf(node, aim);
  else return false;
  return true;
}

/** The body of a loop, up to where the next turn begins. */
function turn(body: ast.Statement, { continues }: Target, wiring: Wiring): void {
  run(body, wiring);
  if (continues !== undefined) wiring.enter(continues);
}

function runFor(node: ast.ForStatement, aim: Aim): void {
  const { wiring } = aim;
  if (node.initializer !== undefined) evaluate(node.initializer, wiring);
  const head = wiring.step('join', node);
  aimed(aim, (target) => {
    const asked = node.condition && condition(node.condition, wiring);
    if (asked !== undefined) wiring.loose = asked.yes;
    turn(node.statement, target, wiring);
    if (node.incrementor !== undefined) evaluate(node.incrementor, wiring);
    wiring.link(head);
    wiring.loose = asked?.no ?? [];
  });
}

function runForOf(node: ast.ForOfStatement | ast.ForInStatement, aim: Aim): void {
  const { wiring } = aim;
  evaluate(node.expression, wiring);
  const head = wiring.step('branch', node);
  if (ast.isForOfStatement(node)) wiring.fails(head);
  aimed(aim, (target) => {
    const { initializer } = node;
    wiring.loose = [{ from: head, on: 'yes' }];
    evaluate(initializer, wiring);
    const body = () => run(node.statement, wiring);
    if (isUsing(initializer)) wiring.cleaned(body, () => dispose(initializer, wiring));
    else body();
    if (target.continues !== undefined) wiring.enter(target.continues);
    wiring.link(head);
    wiring.loose = [{ from: head, on: 'no' }];
  });
}
