import { dirname, posix } from 'node:path';
import type { Node, SourceFile } from '#ast';
import type { Program } from '#program';

/** Which of a program's own files import which, and which are seen by all without being imported. */
export interface ImportGraph {
  /** By file: the files that it imports. */
  readonly imports: ReadonlyMap<string, readonly string[]>;
  readonly global: ReadonlySet<string>;
}

/** An import that only the compiler can follow. */
interface Unresolved {
  readonly from: string;
  readonly specifier: string;
  readonly node: Node;
}

/**
 * What some files of a program import. Dependencies are left out: they import nobody's own files.
 * @param others more files that imports may lead to: declarations, and files that are no longer there.
 */
export function importsIn(
  program: Program,
  files: readonly string[],
  others: readonly string[] = [],
): ImportGraph {
  const own = new Set([...program.files(), ...others]);
  const imports = new Map<string, string[]>();
  const global = new Set<string>();
  const unresolved: Unresolved[] = [];
  program.expectSources(files);
  for (const file of files) {
    const root = program.source(file)?.root;
    if (root === undefined) continue;
    const found: string[] = [];
    imports.set(file, found);
    if (isGlobal(root)) global.add(file);
    for (const { fileName } of root.referencedFiles)
      found.push(posix.join(dirname(file), fileName));
    for (const node of root.imports) {
      const specifier = textOf(node);
      const named = specifier.startsWith('.') ? candidates(file, specifier) : [];
      const known = named.filter((name) => own.has(name));
      found.push(...known);
      if (known.length === 0 && !specifier.startsWith('node:')) {
        unresolved.push({ from: file, specifier, node });
      }
    }
  }
  for (const [from, to] of followed(program, unresolved, own)) imports.get(from)?.push(to);
  return { imports, global };
}

/** All files that reach one of some files through imports, those themselves included. */
export function dependentsOf(
  files: Iterable<string>,
  imports: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> {
  const importers = new Map<string, string[]>();
  for (const [from, targets] of imports) {
    for (const target of targets) {
      const known = importers.get(target);
      if (known === undefined) importers.set(target, [from]);
      else known.push(from);
    }
  }
  const reached = new Set(files);
  for (const file of reached)
    for (const importer of importers.get(file) ?? []) reached.add(importer);
  return reached;
}

/** Asks the compiler where imports lead: of those that are written alike in one folder, once. */
function followed(
  { query }: Program,
  unresolved: readonly Unresolved[],
  own: ReadonlySet<string>,
): readonly (readonly [string, string])[] {
  const first = new Map<string, Node>();
  const keyOf = ({ from, specifier }: Unresolved) => `${dirname(from)}\0${specifier}`;
  for (const one of unresolved) if (!first.has(keyOf(one))) first.set(keyOf(one), one.node);
  query.expectSymbols(first.values());
  query.flush();
  // The compiler lower-cases names where the file system ignores case.
  const byPath = new Map(
    [...own].flatMap((file) => [
      [file, file],
      [file.toLowerCase(), file],
    ]),
  );
  return unresolved.flatMap((one) => {
    const node = first.get(keyOf(one));
    const symbol = node && query.symbolAt(node);
    const paths = symbol === undefined ? [] : query.declarations(symbol).map(({ path }) => path);
    return paths.flatMap((path) => {
      const target = byPath.get(path);
      return target === undefined ? [] : [[one.from, target] as const];
    });
  });
}

/** Whether a file declares what others see without importing it. */
function isGlobal(root: SourceFile): boolean {
  if (root.fileName.endsWith('.json')) return false;
  if (root.moduleAugmentations.length > 0 || root.ambientModuleNames.length > 0) return true;
  return root.externalModuleIndicator === undefined;
}

const ENDINGS = [
  ...['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'],
  ...['.d.ts', '.d.mts', '.d.cts', '.json'],
];

/** Every file that a relative specifier may mean; that there are too many does no harm. */
function candidates(file: string, specifier: string): readonly string[] {
  const target = posix.join(dirname(file), specifier);
  const bare = target.replace(/\.[cm]?jsx?$/, '');
  const stems = bare === target ? [target] : [target, bare];
  return [
    target,
    ...stems.flatMap((stem) => ENDINGS.map((ending) => stem + ending)),
    ...ENDINGS.map((ending) => `${target}/index${ending}`),
  ];
}

function textOf(node: Node): string {
  return 'text' in node && typeof node.text === 'string' ? node.text : '';
}
