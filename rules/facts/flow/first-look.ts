/**
 * A first look at a variable, by the text round its name alone. It costs next to nothing and sorts out nearly all variables
 * that hold no promise, or one that is well cared for; a name in a comment may sort out another one, too.
 */
import * as ast from '#ast';
import { isScript } from '../names/modules.ts';
import { mentions } from '../names/occurrences.ts';
import { unwrap } from '../shape/syntax.ts';

/** How far is looked back, and ahead of a call of `Promise.all`. */
const REACH = 120;
const LONGEST_LIST = 400;

/** What stands before a name that is waited for; before one that is returned; before one among others. */
const AWAITED = /\b(?:await|yield)\s+(?:\(\s*)*$/;
const RETURNED = /\breturn\s+(?:\(\s*)*$/;
const GATHERED = /\b(await\s+)?Promise\.\w+\([^;]*$/;
/** What stands after a name that is heard. */
const HEARD = /^\s*\??\.(?:then|catch|finally)\b/;
/** Words of code that lets time pass, or may not come to its end. */
const PAUSES = /\b(?:await|yield)\b/g;
const ENDS = /\b(?:await|yield|throw)\b/g;
/** What stands after a name that no promise would be used like; or no collection that is only filled. */
const USED_OTHERWISE = /^(?:[[(]|\??\.(?!(?:then|catch|finally|length)\b))/;
const LOOKED_INTO = /^(?:[[(]|\??\.(?!(?:push|unshift|add|set|length|size)\b))/;
/** What stands before or after a name that is only looked at, written or filled, or that is a key or a member. */
const IDLE_BEFORE = /(?:[^.]\.|\btypeof |!|\/\/.*|\n\s*\*.*)$/;
const ASKED_BEFORE = /\b(?:if|while) \($/;
const ASKED_AFTER = /^\s*(?:\)|&&|\|\|)/;
const IDLE_AFTER =
  /^\s*(?:=(?!>)|!=|&&|\?(?!\.)|:|\.(?:length|size)\b|\.(?:push|unshift|add|set)\()/;
const WRITTEN = /^\s*=(?!=)/;
const READ = /^\??\.(?!(?:then|catch|finally)\b)/;

/** A declaration that may be one of a collection. */
const COLLECTS = /\s*[\w$]+\s*(?::[^=]*)?=\s*(?:\[|new\b)/y;

const HANDLED_IN = new WeakMap<ast.SourceFile, ReadonlySet<string>>();

/** A name in the text, and what stands round it. */
interface Mention {
  readonly before: string;
  readonly at: number;
  readonly after: string;
  /** What else stands on its line. */
  readonly rest: string;
}

/** How a mention sees to a promise. */
interface Handling {
  /** Words that tell of a gap when they come before. */
  readonly gap: RegExp;
  /** How many of them belong to the mention itself. */
  readonly own: number;
  readonly isReturn: boolean;
}

/**
 * Whether a variable seems to be waited for or heard below something else that waits or throws, or returned there and
 * nothing else, and is not used as no promise would be, nor passed on before that.
 */
export function looksLate(declaration: ast.VariableDeclaration): boolean {
  const file = declaration.getSourceFile();
  const { text } = file;
  const name = nameOf(declaration, text);
  if (name === undefined || !handledNames(file).has(name)) return false;
  const isMany = isCollector(declaration);
  const wordsBefore = (end: number, words: RegExp) =>
    count(text.slice(declaration.end, end), words);
  let late: Handling | undefined;
  let isGiven = false;
  for (const mention of surroundings(name, declaration)) {
    const { before, at, after } = mention;
    if (!isMany && USED_OTHERWISE.test(after)) return false;
    const handling = handlingAt(mention, text, isMany);
    if (handling !== undefined) {
      if (wordsBefore(at, handling.gap) > handling.own) late ??= handling;
    } else if (!isIdle(before, after)) {
      if (wordsBefore(text.lastIndexOf('\n', at), ENDS) === 0) return false;
      isGiven = true;
    }
  }
  return late !== undefined && !(late.isReturn && isGiven);
}

/** Whether nothing seems to be done with what a variable holds. */
export function looksDropped(declaration: ast.VariableDeclaration): boolean {
  const name = nameOf(declaration, declaration.getSourceFile().text);
  if (name === undefined) return false;
  const isMany = isCollector(declaration);
  const used = isMany ? LOOKED_INTO : isUntyped(declaration) ? HEARD : USED_OTHERWISE;
  let isOverwritten = false;
  for (const { before, after, rest } of surroundings(name, declaration)) {
    if (isQuoted(before, rest)) continue;
    isOverwritten ||= WRITTEN.test(after);
    if (isOverwritten) continue;
    if (used.test(after) || !isIdle(before, after)) return false;
  }
  return true;
}

function isIdle(before: string, after: string): boolean {
  if (IDLE_BEFORE.test(before) || IDLE_AFTER.test(after) || READ.test(after)) return true;
  return ASKED_BEFORE.test(before) && ASKED_AFTER.test(after);
}

/** Whether a mention seems to stand in quotes. If it does not after all, the tree tells later on. */
function isQuoted(before: string, rest: string): boolean {
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const isOpen = (quote: string) => line.split(quote).length % 2 === 0 && rest.includes(quote);
  if (!line.includes('`')) return isOpen("'") || isOpen('"');
  const text = line.slice(line.lastIndexOf('`'));
  return isOpen('`') && text.lastIndexOf('${') <= text.lastIndexOf('}');
}

/** `const xs = []`, `[f()]`, `new Set()`, `new Map()`. */
export function isCollector(declaration: ast.VariableDeclaration): boolean {
  COLLECTS.lastIndex = declaration.pos;
  if (!COLLECTS.test(declaration.getSourceFile().text)) return false;
  const { initializer } = declaration;
  if (initializer === undefined) return false;
  const value = unwrap(initializer);
  if (ast.isArrayLiteralExpression(value)) return !value.elements.some(ast.isSpreadElement);
  if (!ast.isNewExpression(value) || !ast.isIdentifier(value.expression)) return false;
  if ((value.arguments?.length ?? 0) > 0) return false;
  return /^(Set|Map|Array)$/.test(value.expression.text);
}

/** In JavaScript nothing keeps anybody from reading the members of a promise as if it were its value. */
function isUntyped(node: ast.Node): boolean {
  return isScript(node.getSourceFile().fileName);
}

/**
 * The name that a declaration begins with, read from the text, which makes no node; nothing where what it is given was
 * waited for, or is written as a string or number.
 */
function nameOf({ pos }: ast.VariableDeclaration, text: string): string | undefined {
  NAME.lastIndex = pos;
  return NAME.exec(text)?.[1];
}

const NAME = /\s*([\w$]+)(?![\w$])(?!\s*=\s*(?:await\b|['"`\d])[^|&?;]*;)/y;

/** Names that are waited for, returned or heard somewhere in a file, and words in what is gathered. */
function handledNames(file: ast.SourceFile): ReadonlySet<string> {
  let names = HANDLED_IN.get(file);
  if (names === undefined) {
    names = namesHandled(file.text);
    HANDLED_IN.set(file, names);
  }
  return names;
}

/** Looked up word by word: one expression for all of this takes ten times as long. */
function namesHandled(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  const next = /[\s(]*([\w$]+)/y;
  for (const word of ['await', 'return', 'yield']) {
    eachPlace(word, text, (at) => {
      next.lastIndex = at + word.length;
      names.add(next.exec(text)?.[1] ?? '');
    });
  }
  for (const word of ['.then', '.catch', '.finally']) {
    eachPlace(word, text, (at) => {
      names.add(/([\w$]+)\s*\??$/.exec(text.slice(Math.max(0, at - REACH), at))?.[1] ?? '');
    });
  }
  eachPlace('Promise.', text, (at) => {
    for (const name of text.slice(at, at + LONGEST_LIST).match(/[\w$]+/g) ?? []) names.add(name);
  });
  return names;
}

function eachPlace(word: string, text: string, visit: (at: number) => void): void {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length)) visit(at);
}

/** How a mention handles the promise, if it does. Of collections only those count that are gathered. */
function handlingAt(
  { before, at, after }: Mention,
  text: string,
  isMany: boolean,
): Handling | undefined {
  const gathered = GATHERED.exec(before);
  if (gathered !== null) {
    const own = gathered[1] === undefined ? 0 : 1;
    const inside = count(text.slice(at, text.indexOf(';', at)), PAUSES);
    return { gap: ENDS, own: own - inside, isReturn: false };
  }
  if (isMany) return undefined;
  if (AWAITED.test(before)) return { gap: ENDS, own: 1, isReturn: false };
  if (HEARD.test(after)) return { gap: ENDS, own: 0, isReturn: false };
  return RETURNED.test(before) ? { gap: PAUSES, own: 0, isReturn: true } : undefined;
}

function count(text: string, words: RegExp): number {
  return text.match(words)?.length ?? 0;
}

/** The mentions of a variable below its declaration. */
function* surroundings(name: string, declaration: ast.VariableDeclaration): Generator<Mention> {
  const { parent } = declaration;
  const { text } = declaration.getSourceFile();
  const isBlockScoped = (parent.flags & ast.NodeFlags.BlockScoped) !== 0;
  const end = isBlockScoped ? parent.parent.parent.end : text.length;
  for (const at of mentions(name, text, declaration.end, end)) {
    if (text[at - 1] === '.' && text[at - 2] !== '.') continue;
    const after = at + name.length;
    yield {
      before: text.slice(Math.max(0, at - REACH), at),
      at,
      after: text.slice(after, after + 12),
      rest: /^.*/.exec(text.slice(after, after + REACH))?.[0] ?? '',
    };
  }
}
