/**
 * What a file calls and imports, told from the bytes of its text: decoding the text of every file would cost more than
 * all that is done with these words. What stands in comments and strings is among them; a few too many do no harm.
 */
import type { SourceFile } from './ast.ts';
import { bytesOf } from './source.ts';

/** Words of one file. */
export interface Words {
  /** Hashes of the names that stand right before `(` and `<`, those that renamed ones have elsewhere too. */
  readonly called: ReadonlySet<number>;
  /** Specifiers in `import`, `export … from` and `require`. */
  readonly modules: readonly string[];
  /** By the local name, if that is called: what it is called where it comes from, `default` for default imports and whole modules. */
  readonly renamed: ReadonlyMap<string, string>;
  /** Whether the text has `Sync` in it anywhere, as the names of most calls that block do. */
  readonly hasSync: boolean;
}

/** The same tree gives the same words, so they are kept for as long as the tree is. */
const WORDS = new WeakMap<SourceFile, Words>();

/** The words of a file. */
export function wordsIn(root: SourceFile): Words {
  const words = WORDS.get(root) ?? wordsOf(bytesOf(root));
  WORDS.set(root, words);
  return words;
}

/** The words of a text in UTF-8. */
export function wordsOf(bytes: Buffer): Words {
  const called = calledIn(bytes);
  const renamed = new Map<string, string>();
  for (const [local, other] of renamedIn(bytes)) {
    if (!called.has(hashOf(local))) continue;
    renamed.set(local, other);
    called.add(hashOf(other));
  }
  const hasSync = bytes.includes('Sync', 0, 'latin1');
  return { called, modules: modulesIn(bytes), renamed, hasSync };
}

/** The hash of a name among those that are called. */
export function hashOf(name: string): number {
  let hash = 0;
  for (let at = name.length - 1; at >= 0; at--) {
    hash = (Math.imul(hash, 31) + name.charCodeAt(at)) | 0;
  }
  return hash;
}

const PARENTHESIS = 0x28;
const ANGLE = 0x3c;

function calledIn(bytes: Buffer): Set<number> {
  const called = new Set<number>();
  for (const sign of [PARENTHESIS, ANGLE]) {
    for (let at = bytes.indexOf(sign); at !== -1; at = bytes.indexOf(sign, at + 1)) {
      // `load?.(x)`
      const end = bytes[at - 1] === 0x2e && bytes[at - 2] === 0x3f ? at - 2 : at;
      let hash = 0;
      let start = end;
      while (isWord(bytes[start - 1])) hash = (Math.imul(hash, 31) + (bytes[--start] ?? 0)) | 0;
      if (start < end) called.add(hash);
    }
  }
  return called;
}

function modulesIn(bytes: Buffer): readonly string[] {
  const modules: string[] = [];
  for (const word of ['from', 'import', 'require']) {
    each(bytes, word, (end) => {
      let at = blanksAfter(bytes, end);
      if (word !== 'from' && bytes[at] === PARENTHESIS) at = blanksAfter(bytes, at + 1);
      const quote = bytes[at];
      if (quote !== 0x22 && quote !== 0x27) return;
      const close = bytes.indexOf(quote, at + 1);
      if (close > at + 1 && close - at < 300) modules.push(bytes.toString('latin1', at + 1, close));
    });
  }
  return modules;
}

/** `import { load as loadAll }`, `import loadAll from`, `const loadAll = require(…)`, `{ load: loadAll } = require(…)`. */
function renamedIn(bytes: Buffer): ReadonlyMap<string, string> {
  const renamed = new Map<string, string>();
  for (let at = bytes.indexOf(' as '); at !== -1; at = bytes.indexOf(' as ', at + 4)) {
    const other = wordBefore(bytes, at);
    const local = wordAfter(bytes, at + 4);
    if (other !== '' && local !== '') renamed.set(local, other);
  }
  each(bytes, 'import', (end) => {
    const local = wordAfter(bytes, blanksAfter(bytes, end));
    if (local !== '' && local !== 'type') renamed.set(local, 'default');
  });
  each(bytes, 'require', (end) => {
    if (bytes[end] !== PARENTHESIS) return;
    const equals = blanksBefore(bytes, end - 'require'.length) - 1;
    if (bytes[equals] !== 0x3d) return;
    const target = blanksBefore(bytes, equals);
    const local = wordBefore(bytes, target);
    if (local !== '') renamed.set(local, 'default');
    else destructured(bytes, target, renamed);
  });
  return renamed;
}

function destructured(bytes: Buffer, end: number, renamed: Map<string, string>): void {
  const text = bytes.toString('latin1', bytes.lastIndexOf('{', end), end);
  for (const [, other = '', local = ''] of text.matchAll(/([\w$]+)\s*:\s*([\w$]+)/g)) {
    renamed.set(local, other);
  }
}

/** Calls `visit` with the end of each place where a word stands by itself. */
function each(bytes: Buffer, word: string, visit: (end: number) => void): void {
  for (let at = bytes.indexOf(word); at !== -1; at = bytes.indexOf(word, at + word.length)) {
    const end = at + word.length;
    if (!isWord(bytes[at - 1]) && !isWord(bytes[end])) visit(end);
  }
}

function wordBefore(bytes: Buffer, end: number): string {
  let start = end;
  while (isWord(bytes[start - 1])) start--;
  return bytes.toString('latin1', start, end);
}

function wordAfter(bytes: Buffer, start: number): string {
  let end = start;
  while (isWord(bytes[end])) end++;
  return bytes.toString('latin1', start, end);
}

function blanksAfter(bytes: Buffer, start: number): number {
  let at = start;
  while (isBlank(bytes[at])) at++;
  return at;
}

function blanksBefore(bytes: Buffer, end: number): number {
  let at = end;
  while (isBlank(bytes[at - 1])) at--;
  return at;
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** Letters, digits, `_` and `$`. */
function isWord(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  return (
    (byte >= 0x61 && byte <= 0x7a) ||
    (byte >= 0x41 && byte <= 0x5a) ||
    (byte >= 0x30 && byte <= 0x39) ||
    byte === 0x5f ||
    byte === 0x24
  );
}
