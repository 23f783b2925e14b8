import { createHash } from 'node:crypto';
import type { Finding } from '#engine';

/**
 * What a finding is about, told by content alone: its rule, the code it points at, the line round it, and the functions
 * and classes round that line. Lines may come and go above it, blanks and indentation may change: it stays the same. Where
 * several findings of one file have all that in common, they are counted, from the top. The file's name is no part of it,
 * so that a moved file keeps its fingerprints; whoever needs them unique over a whole report adds the name.
 *
 * Give it all findings of a file, whatever is shown of them: leaving some out would number the others anew. Those that are
 * not always told come after them, and are counted last.
 */
export function fingerprintsOf(
  findings: readonly Finding[],
  textOf: (file: string) => string,
  after: readonly Finding[] = [],
): ReadonlyMap<Finding, string> {
  const outlines = new Map<string, Outline>();
  const counts = new Map<string, number>();
  const inOrder = [findings, after].flatMap((some) => some.toSorted(byStart));
  return new Map(
    inOrder.map((finding) => {
      const { rule, file, range } = finding;
      const outline = outlines.get(file) ?? new Outline(textOf(file));
      outlines.set(file, outline);
      const about = [rule, ...outline.around(range.start, range.end)];
      const key = JSON.stringify([file, ...about]);
      const earlier = counts.get(key) ?? 0;
      counts.set(key, earlier + 1);
      return [finding, digest([...about, String(earlier)])];
    }),
  );
}

/** Characters of a fingerprint: 128 bits, so that no two meet by chance. */
const LENGTH = 32;

/** One fingerprint for several parts that make it up. */
export function digest(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, LENGTH);
}

/** Characters of a line that count before a place and from it on: all of it, unless a machine wrote it. */
const NEIGHBOURHOOD = 500;
/** Lines that only close what others opened tell nothing, nor do comments; both may stand as far out as they like. */
const TELLS_NOTHING = /^(?:[\])}]|\/\/|\/\*|\*)/;
/** What such words begin is a path through a function; it is none that has a name. */
const UNNAMED = /^(?:if|for|while|do|switch|case|default|try|else|catch|finally|return|with)\b/;
/** What names a function, class or call: all before its parameters, and the first argument where that is a string. */
const HEAD = /^[^({[]*(?:\(\s*(?:'[^']*'|"[^"]*"|`[^`]*`))?/;

/** The lines of a text, and what encloses them, as indentation tells. No compiler is needed, and no text is too broken. */
class Outline {
  readonly #text: string;
  readonly #lines: readonly string[];
  readonly #starts: readonly number[];
  readonly #heads = new Map<number, readonly string[]>();

  constructor(text: string) {
    this.#text = text;
    this.#lines = text.split(/\r\n|\r|\n/);
    this.#starts = [
      0,
      ...[...text.matchAll(/\r\n|\r|\n/g)].map((end) => end.index + end[0].length),
    ];
  }

  /** The code between two offsets, its line, and what encloses that, innermost first. */
  around(start: number, end: number): readonly string[] {
    const index = this.#starts.findLastIndex((at) => at <= start);
    const line = this.#lines[index] ?? '';
    const column = start - (this.#starts[index] ?? 0);
    const before = line.slice(0, column).slice(-NEIGHBOURHOOD);
    const after = line.slice(column).slice(0, NEIGHBOURHOOD);
    const code = this.#text.slice(start, end);
    return [normal(code), normal(before + after), ...this.#enclosing(index)];
  }

  #enclosing(index: number): readonly string[] {
    const known = this.#heads.get(index);
    if (known !== undefined) return known;
    const heads: string[] = [];
    let indent = indentOf(this.#lines[index] ?? '');
    for (let above = index - 1; above >= 0 && indent > 0; above--) {
      const line = this.#lines[above] ?? '';
      const code = line.trim();
      if (code === '' || TELLS_NOTHING.test(code) || indentOf(line) >= indent) continue;
      indent = indentOf(line);
      if (!UNNAMED.test(code)) heads.push(normal(HEAD.exec(code)?.[0] ?? ''));
    }
    this.#heads.set(index, heads);
    return heads;
  }
}

function byStart(a: Finding, b: Finding): number {
  return a.range.start - b.range.start;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function normal(code: string): string {
  return code.trim().replace(/\s+/g, ' ');
}
