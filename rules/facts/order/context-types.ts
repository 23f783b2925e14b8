/** Calls whose type depends on where their value goes: `const user: User = await get('/user')`, where `get` gives any type. */
import * as ast from '#ast';
import type { Program } from '#program';
import { isFunction } from '../shape/syntax.ts';
import type { AwaitStatement, AwaitTarget } from './awaits.ts';
import { mentions } from './waves.ts';

/** Whether the value would have another type in a list: a type parameter stands in no parameter, so that its use decides. */
export function isTypedByUse({ calls, target }: AwaitStatement, program: Program): boolean {
  return calls.some((call) => isCallTypedByUse(call, target, program));
}

function isCallTypedByUse(
  call: ast.CallExpression,
  target: AwaitTarget,
  { query }: Program,
): boolean {
  if (call.typeArguments !== undefined || target.kind === 'nothing') return false;
  if (target.kind === 'declaration' && target.declaration.type === undefined) return false;
  const signature = query.signatureAt(call);
  const declaration = signature && query.declarationOf(signature)?.node();
  if (declaration === undefined || !hasParameters(declaration)) return false;
  const { parameters, typeParameters = [] } = declaration;
  return typeParameters.some(({ name }) => !parameters.some((one) => mentions(one, [name.text])));
}

function hasParameters(
  node: ast.Node,
): node is ast.Node & Pick<ast.SignatureDeclaration, 'parameters' | 'typeParameters'> {
  return isFunction(node) || ast.isMethodSignatureDeclaration(node) || ast.isFunctionTypeNode(node);
}
