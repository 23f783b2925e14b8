/** Signatures of a function beside the one with a body. */
import * as ast from '#ast';
import { edit } from '#engine/edit.ts';
import type { Edit } from '#engine/finding.ts';
import { isPromiseType } from '../promises/asyncify.ts';
import { type FunctionNode, isFunction } from '../shape/syntax.ts';

/** Wraps what the overloads of a function return. */
export function overloadEdits(fn: FunctionNode): readonly Edit[] {
  if (!ast.isFunctionDeclaration(fn) && !ast.isMethodDeclaration(fn)) return [];
  const name = fn.name?.getText();
  const edits: Edit[] = [];
  fn.parent.forEachChild((other) => {
    if (!isFunction(other) || other.kind !== fn.kind || other.body !== undefined) return undefined;
    if (!('name' in other) || other.name?.getText() !== name) return undefined;
    const { type } = other;
    if (type !== undefined && !isPromiseType(type)) {
      edits.push(edit.replace(type, `Promise<${type.getText()}>`));
    }
    return undefined;
  });
  return edits;
}
