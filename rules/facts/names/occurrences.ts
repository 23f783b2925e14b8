/** The places that use a variable, found through the text of its scope: what does not mention it is not looked at. */
import * as ast from '#ast';
import { isVariableUse } from './names.ts';
import type { Binding, Scopes } from './scopes.ts';

/** Every use of a variable in its file, one by one, its own declaration left out. */
export function* occurrences(binding: Binding, scopes: Scopes): Generator<ast.Identifier> {
  const { name, scope, declaration } = binding;
  const { text } = scope.getSourceFile();
  for (const offset of mentions(name, text, scope.pos, scope.end)) {
    if (text[offset - 1] === '.' && text[offset - 2] !== '.') continue;
    const node = leafAt(scope, offset);
    if (!ast.isIdentifier(node) || node.text !== name || !isVariableUse(node)) continue;
    const isOwn = node.parent === declaration && 'name' in declaration && declaration.name === node;
    if (!isOwn && scopes.of(node) === binding) yield node;
  }
}

/** Where a word stands in the text between two places. */
export function* mentions(
  word: string,
  text: string,
  from: number,
  end: number,
): Generator<number> {
  let at = text.indexOf(word, from);
  for (; at !== -1 && at < end; at = text.indexOf(word, at + word.length)) {
    if (!isPart(text.charCodeAt(at - 1)) && !isPart(text.charCodeAt(at + word.length))) yield at;
  }
}

/** `$`, `_`, digits, letters, and whatever is not ASCII. */
function isPart(code: number): boolean {
  return (
    (code > 96 && code < 123) ||
    (code > 64 && code < 91) ||
    (code > 47 && code < 58) ||
    code === 95 ||
    code === 36 ||
    code > 127
  );
}

/** The innermost node at a place in the text. */
export function leafAt(within: ast.Node, offset: number): ast.Node {
  let at = within;
  for (let child: ast.Node | undefined = at; child !== undefined; at = child ?? at) {
    child = at.forEachChild((one) => (one.pos <= offset && offset < one.end ? one : undefined));
  }
  return at;
}
