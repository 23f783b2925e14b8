/** Whether the compiler accepts a change: errors that files have with it and did not have without. */
import type * as ast from '#ast';
import { applyEdits } from '#engine/edit.ts';
import type { Edit } from '#engine/finding.ts';
import type { CompilerError, Program } from '#program';
import { modulesIn } from '../names/modules.ts';
import type { FunctionNode } from '../shape/syntax.ts';
import type { Obstacle } from './plan.ts';
import { holderOf, namedBy } from './references.ts';

/** Files that the compiler is asked about at most. */
const MOST_FILES = 200;

/** The first error that edits would bring, at its place in the text as it is. */
export function newError(
  edits: readonly Edit[],
  functions: readonly FunctionNode[],
  program: Program,
): Obstacle | undefined {
  const texts = textsWith(edits, program);
  const files = affected([...texts.keys()], functions, program);
  const after = program.errorsWith(texts, files);
  for (const file of files) {
    const root = program.source(file)?.root;
    const errors = after?.get(file) ?? [];
    if (root === undefined || errors.length === 0) continue;
    const before = new Set(program.errors(file).map(keyOf));
    const error = errors.find((one) => !before.has(keyOf(one)));
    if (error !== undefined) return { node: nodeNear(error, root, edits), message: spoken(error) };
  }
  return undefined;
}

function textsWith(edits: readonly Edit[], program: Program): ReadonlyMap<string, string> {
  const files = new Set(edits.map(({ file }) => file));
  return new Map(
    [...files].map((file) => {
      const text = program.source(file)?.text ?? '';
      return [
        file,
        applyEdits(
          text,
          edits.filter((edit) => edit.file === file),
        ),
      ];
    }),
  );
}

/**
 * The files that change, those that name what changes, and those importers that have it as part of something: of a class
 * that they name, or of a module that they import as a whole.
 */
function affected(
  changed: readonly string[],
  functions: readonly FunctionNode[],
  program: Program,
): readonly string[] {
  const names = functions.map((fn) => namedBy(fn)?.text ?? '').filter((name) => name !== '');
  const holders = ['* as', ...functions.flatMap((fn) => holderOf(fn) ?? [])];
  const stems = new Set(changed.map(stemOf));
  const others = program.files().filter((file) => {
    const source = changed.includes(file) ? undefined : program.source(file);
    if (source === undefined) return false;
    if (names.some((name) => source.mentions(name))) return true;
    return holders.some((name) => source.mentions(name)) && importsOne(source.root, stems);
  });
  return [...changed, ...others.slice(0, MOST_FILES)];
}

function importsOne(file: ast.SourceFile, stems: ReadonlySet<string>): boolean {
  return [...modulesIn(file)].some((specifier) => stems.has(stemOf(specifier)));
}

/** The last name of a path, its folder's for an index. */
function stemOf(path: string): string {
  const parts = path
    .replace(/\.[cm]?[jt]sx?$/, '')
    .replace(/\/index$/, '')
    .split('/');
  return parts.at(-1) ?? path;
}

function keyOf({ code, message }: CompilerError): string {
  return `${code} ${message}`;
}

function spoken({ message }: CompilerError): string {
  const [first = ''] = message.split('\n');
  return `the compiler would say: ${first}`;
}

/** The statement of the text as it is that an error in the changed text is about. */
function nodeNear(error: CompilerError, root: ast.SourceFile, edits: readonly Edit[]) {
  let shift = 0;
  for (const { file, start, end, text } of [...edits].sort((a, b) => a.start - b.start)) {
    if (file === root.fileName && start + shift < error.start) shift += text.length - (end - start);
  }
  const offset = error.start - shift;
  return root.statements.find((one) => one.pos <= offset && offset < one.end) ?? root;
}
