/** Edits are written with semicolons; in files that do without, those at the ends of lines are taken away again. */
import * as ast from '#ast';
import type { Edit } from '#engine/finding.ts';
import { kindSet, type Program, type Source } from '#program';

/** A fix, or whatever else rewrites. */
interface Rewrite {
  readonly edits: readonly Edit[];
}

/** A fix as somebody would write it who knows its files. */
export function inStyle<T extends Rewrite>(fix: T, program: Program): T {
  const edits = fix.edits.map((edit) => {
    const source = edit.text.includes(';') ? program.source(edit.file) : undefined;
    if (source === undefined || !doesWithout(source)) return edit;
    return { ...edit, text: bare(edit, source.text, fix.edits) };
  });
  return { ...fix, edits };
}

const ENDED = kindSet([
  ast.SyntaxKind.ExpressionStatement,
  ast.SyntaxKind.ImportDeclaration,
  ast.SyntaxKind.ReturnStatement,
  ast.SyntaxKind.ThrowStatement,
  ast.SyntaxKind.VariableStatement,
]);

const KNOWN = new WeakMap<Source, boolean>();

/** Whether most statements of a file end without a semicolon. */
function doesWithout(source: Source): boolean {
  let answer = KNOWN.get(source);
  if (answer === undefined) {
    let balance = 0;
    source.each(ENDED, ({ end }) => {
      balance += source.text[end - 1] === ';' ? -1 : 1;
    });
    answer = balance > 0;
    KNOWN.set(source, answer);
  }
  return answer;
}

/** Comments, strings and templates, in which a semicolon is no end; the end of a line, and what its next one begins with. */
const PIECES =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`|;[ \t]*(?:\r?\n\s*(?<opens>[([]|$)?|$)/g;

/** What, at the start of a line, goes on with the line before. */
const GOES_ON = /^\s*[([`+\-*/.,?]/;

/** The text of an edit without semicolons at the ends of its lines; where a line would go on with the one before, it begins with one. */
function bare({ file, end, text }: Edit, whole: string, all: readonly Edit[]): string {
  const next = all.find((one) => one.file === file && one.start === end && one.text !== text);
  const rest = `${next?.text ?? ''}${whole.slice(end)}`;
  const isWholeLine = /^[ \t]*(?:\r?\n|\}|$)/.test(rest);
  return text.replace(PIECES, (piece: string, opens: string | undefined, offset: number) => {
    if (!piece.startsWith(';')) return piece;
    if (opens) return `${piece.slice(1, -1)};${opens}`;
    const isLast = offset + piece.length === text.length;
    const isNeeded = isLast && (GOES_ON.test(rest) || !(piece.includes('\n') || isWholeLine));
    return isNeeded ? piece : piece.slice(1);
  });
}
