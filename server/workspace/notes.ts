import { readFileSync } from 'node:fs';
import type { Crash } from '#engine';
import type { CompilerError } from '#program';
import type { Note } from './report.ts';
import type { StandIn } from './stand-in.ts';

/** TypeScript's codes for a config that matches no files: nobody's mistake in a solution or a new package. */
const NO_FILES = new Set([18002, 18003]);
/** Tells which options of a config were overridden. */
export function standInNote(config: string, { told }: StandIn): Note | undefined {
  if (told.length === 0) return undefined;
  return {
    kind: 'information',
    message: `Written for an older TypeScript: linted as if it had ${joined(told)}.`,
    file: config,
  };
}

/** Tells what the compiler could not read of a config. */
export function configNote(
  config: string,
  errors: readonly CompilerError[],
  { overridden }: StandIn,
): Note | undefined {
  const [first, ...others] = errors.filter((error) => isWorthTelling(error, overridden));
  if (first === undefined) return undefined;
  const more = others.length > 0 ? `, and ${others.length} more` : '';
  return {
    kind: 'warning',
    message: `${first.message.replace(/\.$/, '')}${placeOf(first)}${more}. Linted with what could be read.`,
    file: first.file ?? config,
  };
}

/** Tells that a file was named and is not linted. */
export function ignoredNote(file: string): Note {
  return { kind: 'information', message: 'The config ignores it, so it was not linted.', file };
}

/** Tells that a file was named that no tsconfig holds. */
export function strayNote(file: string): Note {
  return {
    kind: 'information',
    message: 'No tsconfig.json includes it, so it was linted with standard options.',
    file,
  };
}

/** Tells each thing once: of many configs of which the same is to be said, the first, and how many they are. */
export function mergeNotes(notes: readonly Note[]): readonly Note[] {
  const alike = new Map<string, Note[]>();
  for (const note of notes) {
    const group = alike.get(note.message);
    if (group === undefined) alike.set(note.message, [note]);
    else group.push(note);
  }
  return [...alike.values()].flatMap(([first, ...others]) => {
    if (first === undefined || others.length === 0) return first ?? [];
    const more = others.length === 1 ? 'another file' : `${others.length} other files`;
    return { ...first, message: `${first.message} The same goes for ${more}.` };
  });
}

/** Tells that a rule threw. */
export function crashNote({ rule, file, error }: Crash): Note {
  if (error instanceof RangeError && error.message.includes('call stack')) {
    const message = `It is nested too deeply for \`${rule}\`, which left it out.`;
    return { kind: 'warning', message, file };
  }
  return {
    kind: 'internal',
    message: `Rule \`${rule}\` failed, which is a bug of asynclint: ${error.message}`,
    file,
    ...(error.stack !== undefined && { stack: error.stack }),
  };
}

/** What was overridden is told already: the compiler still sees it in the config that ours extends. */
function isWorthTelling({ code, message }: CompilerError, overridden: readonly string[]): boolean {
  const [, option = ''] = /'(?:--)?([^']+)'/.exec(message) ?? [];
  return !NO_FILES.has(code) && !overridden.includes(option);
}

/** ` (line 3, column 25)`, when the compiler says where. */
function placeOf({ file, start }: CompilerError): string {
  if (file === undefined || start < 0) return '';
  const before = readFileSync(file, 'utf8').slice(0, start).split('\n');
  return ` (line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1})`;
}

function joined(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join() : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
