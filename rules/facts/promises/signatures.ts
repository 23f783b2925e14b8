/** What the signature of a call says of its result, beyond its type: the owner itself, or whatever the caller wants. */
import * as ast from '#ast';
import type { Program } from '#program';
import {
  type FunctionNode,
  isFunction,
  isMethodCall,
  type MethodCall,
  unwrap,
} from '../shape/syntax.ts';

/** A signature as it is written. */
type Signature = FunctionNode | ast.MethodSignatureDeclaration | ast.FunctionTypeNode;

/** The signature that a call is of, if it is written in one of the usual ways. */
export function signatureOf(call: ast.CallExpression, { query }: Program): Signature | undefined {
  const signature = query.signatureAt(call);
  const declaration = signature && query.declarationOf(signature)?.node();
  return declaration !== undefined && isSignature(declaration) ? declaration : undefined;
}

function isSignature(node: ast.Node): node is Signature {
  return isFunction(node) || ast.isMethodSignatureDeclaration(node) || ast.isFunctionTypeNode(node);
}

/** Whether `child.on(…)`, by `on(…): this`, gives `child` itself, which goes by a name or is a member of something. */
export function givesOwner(node: ast.Expression, program: Program): boolean {
  let at = unwrap(node);
  for (const call of chainOf(at)) {
    if (signatureOf(call, program)?.type?.kind !== ast.SyntaxKind.ThisType) return false;
    at = unwrap(call.expression.expression);
  }
  return at !== unwrap(node) && !ast.isCallExpression(at) && !ast.isNewExpression(at);
}

/** The calls of `a.b().c()`, outer ones first; none where one of them is known to make a new promise. */
function chainOf(node: ast.Expression): readonly MethodCall[] {
  const calls: MethodCall[] = [];
  for (let at = node; isMethodCall(at); at = unwrap(at.expression.expression)) calls.push(at);
  return calls.some((call) => isMethodCall(call, 'then', 'catch', 'finally')) ? [] : calls;
}

/** `get<T>(key: string): T`: nothing but the word of its caller tells what a call of it gives. */
export function givesUnchecked(call: ast.CallExpression, program: Program): boolean {
  const signature = signatureOf(call, program);
  const result = signature?.type?.getText();
  const isParameter = signature?.typeParameters?.some(({ name }) => name.text === result);
  if (!isParameter || signature === undefined) return false;
  const word = new RegExp(`\\b${result}\\b`);
  return !signature.parameters.some(({ type }) => type !== undefined && word.test(type.getText()));
}
