/**
 * Files that use a function and belong to another project: tests that a config leaves out, packages beside this one. All
 * that is known of them is their text.
 */
import type { Program } from '#program';
import { mayMean } from '../names/modules.ts';
import { mentions } from '../names/occurrences.ts';
import { enclosingFunction, type FunctionNode } from '../shape/syntax.ts';
import { holderOf, namedBy } from './references.ts';

/** The first such file, named from the folder that it has in common with the function's. */
export function strangerUsing(fn: FunctionNode, program: Program): string | undefined {
  const named = namedBy(fn);
  const { fileName, text } = fn.getSourceFile();
  if (named === undefined || !/^[\w$]+$/.test(named.text)) return undefined;
  if (!/\bexports?\b/.test(text) || isPrivate(named.declaration.getText())) return undefined;
  const holder = holderOf(fn);
  if (holder === undefined && enclosingFunction(fn) !== undefined) return undefined;
  const wanted = holder ?? named.text;
  for (const other of program.outside(fileName, named.text)) {
    const isUser = importsIn(other.text).some(({ names, specifier }) => {
      const isTaken = isWhole(names) || says(wanted, names);
      return isTaken && mayMean(specifier, other.file, fileName);
    });
    if (isUser && says(named.text, other.text)) return fromCommon(other.file, fileName);
  }
  return undefined;
}

const IMPORTS = [
  /\b(?:import|export)\s+(?<names>[^'";]*?)\bfrom\s*['"](?<specifier>[^'"]+)/g,
  /\b(?:const|let|var)\s+(?<names>[^=;]*?)=\s*(?:await\s+)?(?:require|import)\(\s*['"](?<specifier>[^'"]+)/g,
  /\b(?:require|import)\(\s*['"](?<specifier>[^'"]+)['"]\s*\)+\.(?<names>[\w$]+)/g,
];

/** What a text imports: the names as they are written, and from where. */
function importsIn(text: string): readonly { names: string; specifier: string }[] {
  return IMPORTS.flatMap((pattern) => [...text.matchAll(pattern)]).map(({ groups }) => ({
    names: groups?.['names'] ?? '',
    specifier: groups?.['specifier'] ?? '',
  }));
}

/** `* as fs`, `fs`: a module as a whole. */
function isWhole(names: string): boolean {
  return names.includes('*') || /^\s*[\w$]+\s*$/.test(names);
}

function says(word: string, text: string): boolean {
  return !mentions(word, text, 0, text.length).next().done;
}

function isPrivate(declaration: string): boolean {
  return /^(?:private\b|#)/.test(declaration);
}

/** `tests/load.test.ts`, beside `src/load.ts`. */
function fromCommon(file: string, other: string): string {
  const there = other.split('/');
  const here = file.split('/');
  const common = here.findIndex((part, index) => part !== there[index]);
  return here.slice(common).join('/');
}
