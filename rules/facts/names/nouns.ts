/** What an expression gives, told by the names in it: `users` for `loadUsers()`, `reversed` for `functions.reverse()`. */
import * as ast from '#ast';
import { isMethodCall, type MethodCall, unwrap } from '../shape/syntax.ts';

/** What array methods make of their array, where its own name is taken. */
const MADE = new Map([
  ['concat', 'combined'],
  ['entries', 'entries'],
  ['filter', 'filtered'],
  ['flat', 'flattened'],
  ['flatMap', 'flattened'],
  ['keys', 'keys'],
  ['map', 'mapped'],
  ['reverse', 'reversed'],
  ['sort', 'sorted'],
  ['split', 'parts'],
  ['toReversed', 'reversed'],
  ['toSorted', 'sorted'],
]);

const VERB =
  /^(?:collect|compute|create|extract|fetch|find|generate|get|list|load|make|parse|query|read|resolve|search|select|to)(?=[A-Z])/;

/** Words that name nothing, and those that say nothing. */
const RESERVED = new Set(
  'all any async many unique await case class const default delete enum export extends for function if import in interface new one package private public return static super switch this type var void while with yield'.split(
    ' ',
  ),
);

/** Whether a word may name a variable, in modules and async functions too. */
export function isUsable(word: string): boolean {
  const keyword = ast.stringToToken(word);
  if (keyword !== undefined && keyword <= ast.SyntaxKind.LastFutureReservedWord) return false;
  return /^[A-Za-z_$][\w$]*$/.test(word) && !TAKEN.has(word);
}

/** Words that are no keywords, or not everywhere, and mean something all the same. */
const TAKEN = new Set('arguments await eval undefined'.split(' '));

/** The name for a list that an expression gives. */
export function listNoun(node: ast.Expression): string | undefined {
  const at = bare(node);
  if (ast.isPropertyAccessExpression(at)) return at.name.text;
  const made = isMethodCall(at) ? MADE.get(at.expression.name.text) : undefined;
  if (made !== undefined) return made;
  const noun = givenNoun(at);
  return noun?.endsWith('s') ? noun : undefined;
}

/** The name for what a call gives, or for all that a function gives: `profile` for `loadProfile(id)`. */
export function givenNoun(node: ast.Expression): string | undefined {
  const at = bare(node);
  const callee = ast.isCallExpression(at) ? unwrap(at.expression) : at;
  const name = ast.isPropertyAccessExpression(callee) ? callee.name : callee;
  if (!ast.isIdentifier(name) || !VERB.test(name.text)) return undefined;
  const noun = name.text.replace(VERB, '').replace(/By[A-Z]\w*$/, '');
  const lower = `${noun.charAt(0).toLowerCase()}${noun.slice(1)}`;
  return /^[A-Z][a-z]/.test(noun) && !RESERVED.has(lower) ? lower : undefined;
}

/** `users` for `user`, `entries` for `entry`. */
export function plural(noun: string): string {
  if (/[^aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies`;
  if (noun.endsWith('s')) return noun;
  return /(?:x|ch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`;
}

/** The name for the items of a loop, or of `Promise.all(xs.map(f))`. */
export function ownItems(node: ast.Node): string | undefined {
  if (ast.isForOfStatement(node)) {
    const [item] = ast.isVariableDeclarationList(node.initializer)
      ? node.initializer.declarations
      : [];
    return item && ast.isIdentifier(item.name) ? plural(item.name.text) : undefined;
  }
  const list = listOf(node);
  if (list === undefined) return undefined;
  const [first] = list.arguments;
  const items = list.expression.name.text === 'from' ? first : list.expression.expression;
  return items && listNoun(items);
}

/** The name for what `Promise.all(xs.map(f))` gives. */
export function ownResults(node: ast.Node): string | undefined {
  const work = listOf(node)?.arguments.at(-1);
  const fn = work && unwrap(work);
  if (fn === undefined) return undefined;
  const given = ast.isArrowFunction(fn) && !ast.isBlock(fn.body) ? fn.body : fn;
  const noun = givenNoun(given);
  return noun && plural(noun);
}

/** `xs.map(f)` in `Promise.all(xs.map(f))`. */
function listOf(node: ast.Node): MethodCall | undefined {
  const [list] = isMethodCall(node) ? node.arguments : [];
  return list !== undefined && isMethodCall(list, 'map', 'from') ? list : undefined;
}

function bare(node: ast.Expression): ast.Expression {
  const at = unwrap(node);
  return ast.isAwaitExpression(at) ? bare(at.expression) : at;
}
