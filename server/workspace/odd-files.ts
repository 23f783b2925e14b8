import { closeSync, existsSync, openSync } from 'node:fs';
import type { Program, Source } from '#program';
import type { Note } from './report.ts';

/** Tells of files of which there is no tree: the compiler says no more than that. */
export function missingNotes(files: readonly string[]): readonly Note[] {
  return files.map((file) => ({ kind: 'warning', message: whyMissing(file), file }));
}

/** Tells of files that are hardly source, whatever they are called. */
export function oddNotes(program: Program, files: readonly string[]): readonly Note[] {
  return files
    .filter((file) => isBinary(program.source(file)))
    .map((file) => ({ kind: 'warning', message: BINARY, file }));
}

/** Tells that a file was found and counts as nobody's source. */
export function tooLargeNote(file: string): Note {
  return { kind: 'information', message: TOO_LARGE, file };
}

/** Tells that a file was named that has nothing to lint in it, whatever it is. */
export function passedOverNote(file: string): Note {
  const what = /\.min\.[cm]?js$/.test(file) ? 'It is minified' : 'It only declares';
  return { kind: 'information', message: `${what}, so it was not linted.`, file };
}

/** Names and literals lie beside the text, with what escapes in them stand for; so a hit is looked at. */
function isBinary(source: Source | undefined): boolean {
  return source?.mentions('\0') === true && source.text.includes('\0');
}

const BINARY =
  'It holds zero bytes, as binary files do. Add it to `ignore` of the config if it is none of yours.';
const TOO_LARGE =
  'It is larger than 1 MB, so it counts as generated and was not linted; name it to lint it.';

function whyMissing(file: string): string {
  if (!existsSync(file)) return 'It is not there, or no longer, so it was not linted.';
  try {
    closeSync(openSync(file, 'r'));
    return 'The compiler cannot read it, so it was not linted.';
  } catch {
    return 'It cannot be read, so it was not linted: allow reading, and run again.';
  }
}
