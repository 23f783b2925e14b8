/** Edits that bring a name into a file. */
import * as ast from '#ast';
import { edit } from '#engine/edit.ts';
import type { Edit } from '#engine/finding.ts';

/** Adds an import below the last one; nothing where the file has none to go by. */
export function importEdit(
  file: ast.SourceFile,
  name: string,
  from: string,
  isDefault: boolean,
): Edit | undefined {
  const last = file.statements.findLast(ast.isImportDeclaration);
  if (last === undefined) return undefined;
  const quote = last.moduleSpecifier.getText().charAt(0);
  const end = last.getText().endsWith(';') ? ';' : '';
  const bound = isDefault ? name : `{ ${name} }`;
  return edit.after(last, `\nimport ${bound} from ${quote}${from}${quote}${end}`);
}

/** How a file would import another, ended as it ends its other imports; nothing where it has none to go by. */
export function relativeSpecifier(file: ast.SourceFile, other: string): string | undefined {
  const known = file.statements
    .filter(ast.isImportDeclaration)
    .map(({ moduleSpecifier }) => moduleSpecifier.getText().slice(1, -1))
    .find((specifier) => specifier.startsWith('.') && !/\.(?:json|css|svg)$/.test(specifier));
  if (known === undefined) return undefined;
  const ending = /\.[cm]?[jt]sx?$/.exec(known)?.[0] ?? '';
  const path = relativePath(file.fileName, other).replace(/\.([cm]?)[jt]sx?$/, '');
  return `${path}${ending.replace(/x$/, '')}`;
}

function relativePath(from: string, to: string): string {
  const here = from.split('/').slice(0, -1);
  const there = to.split('/');
  let shared = 0;
  while (shared < here.length && here[shared] === there[shared]) shared++;
  const up = here.slice(shared).map(() => '..');
  return [...(up.length > 0 ? up : ['.']), ...there.slice(shared)].join('/');
}
