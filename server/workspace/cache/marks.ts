import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';

/** A path, what tells at a glance that it is as it was, and what proves it. */
export type Mark = readonly [path: string, glance: string, proof: string];

/** What a run depended on, as it was. */
export interface Marks {
  readonly files: readonly Mark[];
  readonly folders: readonly Mark[];
}

/** Paths that a run depends on; those that do not exist are to stay so. */
export interface Watched {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/** Paths that are no longer as they were. */
export interface Changes extends Watched {
  /** All marks as they are now. */
  readonly marks: Marks;
}

/** Proof of a file that is not there. */
export const MISSING = '';

/** Marks paths as they are; what is known of those that look unchanged is not worked out again. */
export function markAll({ files, folders }: Watched, known?: Marks): Marks {
  return {
    files: markEach(files, fileProof, known?.files),
    folders: markEach(folders, folderProof, known?.folders),
  };
}

/** Finds out what changed: by times and sizes first, and where those differ by the content. */
export function changesSince(marks: Marks): Changes {
  const files = marks.files.map((mark) => markNow(mark[0], fileProof, mark));
  const folders = marks.folders.map((mark) => markNow(mark[0], folderProof, mark));
  return {
    files: changed(marks.files, files),
    folders: changed(marks.folders, folders),
    marks: { files, folders },
  };
}

/** Text that identifies a content. */
export function proofOf(content: string | NodeJS.ArrayBufferView): string {
  return createHash('sha256').update(content).digest('base64url').slice(0, 32);
}

function changed(before: readonly Mark[], now: readonly Mark[]): readonly string[] {
  return now.filter(([, , proof], index) => proof !== before[index]?.[2]).map(([path]) => path);
}

type Prove = (path: string) => string;

function markEach(paths: readonly string[], prove: Prove, known: readonly Mark[] = []): Mark[] {
  const byPath = new Map(known.map((mark) => [mark[0], mark]));
  return paths.map((path) => markNow(path, prove, byPath.get(path)));
}

function markNow(path: string, prove: Prove, known: Mark | undefined): Mark {
  const glance = glanceAt(path);
  if (known !== undefined && known[1] === glance) return known;
  return [path, glance, glance === '' ? MISSING : prove(path)];
}

/** The time of the last change of state counts too: tools that unpack set the other one as they like. */
function glanceAt(path: string): string {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat === undefined ? '' : `${stat.mtimeMs} ${stat.ctimeMs} ${stat.size}`;
  } catch {
    // Something on the way is a file now.
    return '';
  }
}

function fileProof(path: string): string {
  try {
    return proofOf(readFileSync(path));
  } catch {
    return 'unreadable';
  }
}

/** Only what can become part of a program, or govern it, counts; editors and builds leave all kinds of files behind. */
function folderProof(path: string): string {
  try {
    const entries = readdirSync(path, { withFileTypes: true });
    const names = entries.filter((entry) =>
      entry.isFile() ? COUNTS.test(entry.name) : !entry.name.startsWith('.'),
    );
    return proofOf(
      names
        .map(({ name }) => name)
        .sort()
        .join('\n'),
    );
  } catch {
    return 'unreadable';
  }
}

const COUNTS = /(\.[cm]?[jt]sx?|\.json|^asynclint\.jsonc|^\.gitignore)$/;
