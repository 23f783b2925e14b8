import type { Range } from '#engine';

/** A place as people count: both from 1, columns in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Turns offsets of one text into lines and columns. */
export class Lines {
  readonly text: string;
  readonly #starts: readonly number[];

  constructor(text: string) {
    this.text = text;
    const starts = [0];
    for (const match of text.matchAll(/\r\n|\r|\n/g)) starts.push(match.index + match[0].length);
    this.#starts = starts;
  }

  /** How many lines there are. */
  get count(): number {
    return this.#starts.length;
  }

  /** Where an offset stands. */
  at(offset: number): Position {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#start(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - this.#start(low) + 1 };
  }

  /** One line's text, counted from 1, without its end. */
  line(number: number): string {
    const start = this.#start(number - 1);
    const end = this.#starts[number] ?? this.text.length;
    return this.text.slice(start, end).replace(/[\r\n]+$/, '');
  }

  /** The stretch of one line, counted from 1, without its end. */
  rangeOf(number: number): Range {
    const start = this.#start(number - 1);
    return { start, end: start + this.line(number).length };
  }

  #start(index: number): number {
    return this.#starts[index] ?? this.text.length;
  }
}

/** The lines of files, each read once. */
export function linesIn(textOf: (file: string) => string): (file: string) => Lines {
  const known = new Map<string, Lines>();
  return (file) => {
    const lines = known.get(file) ?? new Lines(textOf(file));
    known.set(file, lines);
    return lines;
  };
}

/** A file's name relative to a folder, with forward slashes. Both absolute. */
export function relativeName(folder: string, file: string): string {
  const from = parts(folder);
  const to = parts(file);
  let shared = 0;
  while (shared < from.length && shared < to.length && from[shared] === to[shared]) shared++;
  if (shared === 0 && /^[a-z]:/i.test(file)) return file;
  return [...from.slice(shared).map(() => '..'), ...to.slice(shared)].join('/') || '.';
}

function parts(path: string): readonly string[] {
  return path.replaceAll('\\', '/').split('/').filter(Boolean);
}
