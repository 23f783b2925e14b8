/** Members of objects and classes whose type says that they return nothing while they return a promise. */
import * as ast from '#ast';
import type { Origins } from '../names/origins.ts';
import { hasModifier } from '../shape/syntax.ts';
import { isPromiseType } from './asyncify.ts';
import {
  hearsWithin,
  isCandidate,
  mayReturnPromise,
  type ReturnTypes,
  returnsPromises,
  returnsUnhandled,
  unhandledResult,
} from './losses.ts';

/** A member that can be called. */
export type Member = ast.MethodDeclaration | ast.PropertyDeclaration;

/** Whether a member may return a promise that nothing but what it overrides or implements types, by the tree alone. */
export function mayOverpromise(member: Member, origins: Origins): boolean {
  if (hasModifier(member, ast.SyntaxKind.StaticKeyword)) return false;
  if (ast.isPropertyDeclaration(member)) {
    const { type, initializer } = member;
    return (
      type === undefined && initializer !== undefined && mayReturnPromise(initializer, origins)
    );
  }
  if (member.body !== undefined) return isCandidate(member);
  const isAbstract = hasModifier(member, ast.SyntaxKind.AbstractKeyword);
  return isAbstract && member.type !== undefined && isPromiseType(member.type);
}

/** Whether a member returns a promise that it does not handle itself. */
export function overpromises(member: Member, types: ReturnTypes): boolean {
  if (ast.isPropertyDeclaration(member)) {
    const { initializer } = member;
    if (initializer === undefined || !returnsPromises(initializer, types)) return false;
    return returnsUnhandled(initializer, types) && !hearsWithin(initializer, types);
  }
  if (member.body === undefined) return true;
  if (hasModifier(member, ast.SyntaxKind.AsyncKeyword)) return !types.hearsItself(member);
  return unhandledResult(member, types) !== undefined;
}
