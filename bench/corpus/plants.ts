import { createDice, type Dice } from './dice.ts';

/** A file of the corpus. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** A place where a promise floats on purpose; lines count from 1. */
export interface Plant {
  readonly path: string;
  readonly line: number;
}

/** Files, some of them damaged, and where. */
export interface Planted {
  readonly files: readonly SourceFile[];
  readonly plants: readonly Plant[];
}

interface Site {
  readonly file: number;
  readonly line: number;
}

/** Makes promises float in `count` places by damaging statements that await. */
export function plant(files: readonly SourceFile[], count: number): Planted {
  const dice = createDice(`plant ${count}`);
  const texts = files.map(({ text }) => text.split('\n'));
  const chosen = dice.some(texts.flatMap(sitesIn), count, count);
  const plants = chosen.map(({ file, line }) => {
    const lines = texts[file] ?? [];
    lines[line] = damaged(lines[line] ?? '', dice);
    return { path: files[file]?.path ?? '', line: line + 1 };
  });
  return {
    files: files.map(({ path }, index) => ({ path, text: texts[index]?.join('\n') ?? '' })),
    plants,
  };
}

/** Lines where a statement begins with `await`; kernel files have none on purpose. */
function sitesIn(lines: readonly string[], file: number): Site[] {
  return lines.flatMap((line, index) => {
    const isStatement =
      /^ +await [\w$]/.test(line) && /(^|[;{}]|\*\/)$/.test(lines[index - 1]?.trim() ?? '');
    return isStatement ? [{ file, line: index }] : [];
  });
}

/** Most lose their `await`; some are chained on instead, which does not handle them either. */
function damaged(line: string, dice: Dice): string {
  const isWhole = line.endsWith(');');
  const bare = line.replace('await ', '');
  if (!isWhole || dice.chance(0.7)) return bare;
  return bare.replace(/;$/, dice.pick(['.then(() => undefined);', '.finally(() => undefined);']));
}
