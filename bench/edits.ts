import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A line that is typed again and again, and where it shows whether the answer is for the newest text. */
export interface Edit {
  readonly name: string;
  /** The edited document, and the index of the line that changes. */
  readonly file: string;
  readonly text: string;
  readonly line: number;
  /** What stands in that line when it is wrong for every server, and when it is right. */
  readonly flawed: (count: number) => string;
  readonly sound: string;
  /** Another open document, whose diagnostics are asked for instead. */
  readonly dependent?: { readonly file: string; readonly text: string };
  /** The index of the line that gets the diagnostics. */
  readonly reported: number;
}

const ordinary = join('src', 'billing', 'invoice', 'operations.ts');
/** What a good half of all files of the code base import. */
const hub = join('src', 'kernel', 'clock.ts');
const copies = 10;

/** One edit in a small file, one in a large one, and one of what other files import. */
export async function createEdits(folder: string): Promise<readonly Edit[]> {
  const file = join(folder, ordinary);
  const small = await readFile(file, 'utf8');
  const large = enlarged(small);
  return [
    within(`small file, ${linesOf(small)} lines`, file, small),
    within(`large file, ${linesOf(large)} lines`, file, large),
    await acrossFiles(file, small, join(folder, hub)),
  ];
}

/** A promise that floats, for us, in a call with an argument too many, for the compiler. */
function within(name: string, file: string, text: string): Edit {
  const line = text.split('\n').findIndex((text) => text.includes('async remove(')) + 1;
  if (line === 0) throw new Error(`${file} has changed: nothing is removed in it.`);
  const sound = '    await this.invoices.require(id);';
  const flawed = (count: number): string => `    this.invoices.require(id, ${count});`;
  return {
    ...{ name, file, line, sound, flawed, reported: line },
    text: text.split('\n').toSpliced(line, 0, sound).join('\n'),
  };
}

/** A function that gets a parameter and becomes async, and loses both again; elsewhere it is called. */
async function acrossFiles(dependent: string, text: string, file: string): Promise<Edit> {
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
  const sound = 'export declare function probe(): void;';
  return {
    name: 'exports of a hub, seen in a file that imports it',
    file,
    line: lines.length,
    text: [...lines, sound, ''].join('\n'),
    sound,
    flawed: (count) => `export declare function probe(count${count}: number): Promise<void>;`,
    dependent: {
      file: dependent,
      text: `import { probe } from '../../kernel/clock.ts';\nprobe();\n${text}`,
    },
    reported: 1,
  };
}

/** The same code several times, all but the first in namespaces. */
function enlarged(text: string): string {
  const lines = text.split('\n');
  const start = lines.findLastIndex((line) => / from '[^']+';$/.test(line)) + 1;
  const body = lines.slice(start).join('\n');
  const more = Array.from(
    { length: copies - 1 },
    (_, index) => `export namespace Copy${index} {\n${body}\n}\n`,
  );
  return [text, ...more].join('\n');
}

function linesOf(text: string): number {
  return text.split('\n').length - 1;
}
