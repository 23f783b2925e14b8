/** What a template may hold: text, figures, or lines. */
export type Piece = string | number | readonly string[];

const nothing = '\0';

/**
 * Source text from a template: the common indentation is removed, pieces of several lines keep the
 * indentation of the place where they are put, and lines that hold only empty pieces disappear.
 */
export function code(strings: TemplateStringsArray, ...pieces: readonly Piece[]): string {
  let text = '';
  for (const [index, part] of strings.raw.entries()) {
    text += part.replaceAll(/\\([`$])/g, '$1');
    const piece = pieces[index];
    if (piece !== undefined) text += indented(piece, text);
  }
  return dedented(text);
}

/** Members or statements with a blank line between them. */
export function paragraphs(parts: readonly string[]): string {
  return parts.join('\n\n');
}

function indented(piece: Piece, before: string): string {
  const text = Array.isArray(piece) ? piece.join('\n') : String(piece);
  if (text === '') return nothing;
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const indentation = /^\s*/.exec(line)?.[0] ?? '';
  return text.replaceAll(/\n(?!\n)/g, `\n${indentation}`);
}

function dedented(text: string): string {
  const lines = text.replaceAll(new RegExp(`^\\s*${nothing}+\\n`, 'gm'), '').split('\n');
  const filled = lines.filter((line) => line.trim() !== '');
  const margin = Math.min(...filled.map((line) => line.length - line.trimStart().length));
  const kept = lines.map((line) => line.slice(margin).trimEnd());
  return kept.join('\n').replaceAll(nothing, '').trim();
}
