import { randomUUID } from 'node:crypto';
import {
  constants,
  copyFileSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { access, type FileHandle, open, readFile, realpath, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { reasonOf } from '../refusal.ts';
import { Interrupted, type Interruption } from './interruption.ts';
import type { FixedFile } from './rounds.ts';

/** What marks a file as UTF-8 for some editors; the compiler's text goes without it. */
export const BYTE_ORDER_MARK = '\ufeff';

/** A file that was not written, and why. */
export interface Unwritten {
  readonly file: string;
  /** A sentence. */
  readonly reason: string;
}

/** A new text that lies beside the file whose place it is to take. */
interface Staged {
  readonly file: string;
  /** Where links lead. */
  readonly target: string;
  readonly temporary: string;
  /** The content that is to be replaced. */
  readonly before: Buffer;
  /** Whether it has other names (hard links), which are to go on meaning the same file. */
  readonly isShared: boolean;
}

/**
 * Writes fixed files: all texts are laid beside their files first, then each takes its file's place in one step.
 * Whoever interrupts before that finds everything as it was, afterwards everything fixed. Libraries for atomic
 * writes go file by file, which would leave half of a fix that reaches into several. A file that has several names would
 * keep its old text under the others, so it is written over, as editors do: no signal cuts that off, though a power cut can.
 * @param bundles files that are written together, or not at all.
 * @returns files that were left as they were.
 * @throws {Interrupted} when it was asked to end before anything was written.
 */
export async function writeFixed(
  files: readonly FixedFile[],
  bundles: readonly (readonly string[])[],
  asked: () => Interruption | undefined,
): Promise<readonly Unwritten[]> {
  const staged: Staged[] = [];
  const unwritten: Unwritten[] = [];
  try {
    for (const file of files) {
      const by = asked();
      if (by !== undefined) throw new Interrupted(by, `${by}: no file was changed.`);
      const one = await stage(file).catch((error: unknown) => whyNot(file.file, error));
      if ('reason' in one) unwritten.push(one);
      else staged.push(one);
    }
    // From here on nothing waits, so that nothing comes in between.
    unwritten.push(...staged.flatMap(changeOf));
    const left = withBundled(unwritten, bundles, staged);
    for (const one of staged) if (!left.some(({ file }) => file === one.file)) replace(one);
    return left;
  } finally {
    for (const { temporary } of staged) await rm(temporary, { force: true });
  }
}

function replace({ target, temporary, before, isShared }: Staged): void {
  if (!isShared) {
    renameSync(temporary, target);
    return;
  }
  try {
    copyFileSync(temporary, target);
  } catch (error) {
    // A full disk has room for what was there.
    writeFileSync(target, before);
    throw error;
  }
}

/** Lays a file's new text beside it, as the same owner's and with the same rights. */
async function stage({ file, before, after }: FixedFile): Promise<Staged | Unwritten> {
  const target = await realpath(file);
  const [{ mode, uid, gid, nlink }, bytes] = await Promise.all([stat(target), readFile(target)]);
  if (nlink > 1) await access(target, constants.W_OK);
  const text = bytes.toString('utf8');
  if (!Buffer.from(text).equals(bytes)) return { file, reason: NO_UTF_8 };
  const mark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : '';
  if (text !== mark + before) return { file, reason: CHANGED };
  const temporary = join(dirname(target), `.asynclint-${randomUUID()}.tmp`);
  let handle: FileHandle | undefined;
  try {
    handle = await open(temporary, 'wx', mode);
    await handle.writeFile(mark + after);
    const own = await handle.stat();
    if (own.uid !== uid || own.gid !== gid) await handle.chown(uid, gid);
    await handle.chmod(mode);
    await handle.sync();
  } catch (error) {
    if (handle !== undefined) await rm(temporary, { force: true });
    throw error;
  } finally {
    await handle?.close();
  }
  return { file, target, temporary, before: bytes, isShared: nlink > 1 };
}

const NO_UTF_8 = 'It is no valid UTF-8, so it was not fixed: save it as UTF-8, and run again.';
const CHANGED = 'It changed on disk while it was linted, so it was not fixed.';
const VANISHED = 'It vanished while it was linted, so it was not fixed.';

/** Whether a file became another one since its new text was laid beside it. */
function changeOf({ file, target, before }: Staged): readonly Unwritten[] {
  try {
    if (readFileSync(target).equals(before) && statSync(target).isFile()) return [];
    return [{ file, reason: CHANGED }];
  } catch (error) {
    return [whyNot(file, error)];
  }
}

function whyNot(file: string, error: unknown): Unwritten {
  if (!(error instanceof Error)) throw error;
  if ('code' in error && error.code === 'ENOENT') return { file, reason: VANISHED };
  return { file, reason: `It could not be written, so it was not fixed: ${reasonOf(error)}.` };
}

/** Adds files that would be left with half of a fix. */
function withBundled(
  unwritten: readonly Unwritten[],
  bundles: readonly (readonly string[])[],
  staged: readonly Staged[],
): readonly Unwritten[] {
  const left = new Set(unwritten.map(({ file }) => file));
  let before: number;
  do {
    before = left.size;
    const torn = bundles.filter((bundle) => bundle.some((file) => left.has(file)));
    for (const file of torn.flat()) left.add(file);
  } while (left.size > before);
  const reason =
    'A fix of it reaches into a file that was not written, so it was not fixed either.';
  const more = staged.filter(
    ({ file }) => left.has(file) && !unwritten.some((one) => one.file === file),
  );
  return [...unwritten, ...more.map(({ file }) => ({ file, reason }))];
}
