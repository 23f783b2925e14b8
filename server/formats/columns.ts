/** Rows as aligned columns, two blanks apart. */
export function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.entries()) {
      widths[index] = Math.max(widths[index] ?? 0, cell.length);
    }
  }
  return rows.map((row) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** Stands for a blank at which no line breaks. */
const BLANK = '\u00a0';

/** A paragraph in lines no longer than the width, if words allow; code in backticks stays whole; those after the first are indented. */
export function wrapped(text: string, width: number, indent = ''): readonly string[] {
  const lines: string[] = [];
  const whole = text.replace(/`[^`]*`/g, (code) => code.replaceAll(' ', BLANK));
  for (const word of whole.split(/[ \n]+/).filter(Boolean)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(lines.length === 0 ? word : indent + word);
  }
  return lines.map((line) => line.replaceAll(BLANK, ' '));
}
