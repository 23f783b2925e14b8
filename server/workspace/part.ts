import { findingOf, type Kept, keptOf } from './kept-finding.ts';
import { mergeNotes } from './notes.ts';
import type { Note, Report } from './report.ts';
import type { Shard } from './shard.ts';

/** What one part of a run found, all that the report of the whole needs of it. */
export interface Part extends Shard {
  /** Of asynclint. */
  readonly version: string;
  /** What the run was told of rules. */
  readonly told: object;
  readonly files: readonly string[];
  readonly ignored: number;
  readonly notes: readonly Note[];
  readonly findings: readonly Kept[];
}

/** How names of files are changed, for another folder or another machine. */
export type Rename = (file: string) => string;

/** What a part hands on. */
export function partOf(
  { files, ignored, notes, eachNote = notes, findings }: Report,
  about: Shard & Pick<Part, 'version' | 'told'>,
  rename: Rename,
): Part {
  return {
    ...about,
    files: files.map(rename),
    ignored,
    notes: eachNote.map((note) => renamedNote(note, rename)),
    findings: findings.map((finding) => renamed(keptOf(finding), rename)),
  };
}

/** What is wrong with parts that are to be joined; nothing when they are all that there are, once each. */
export function flawIn(parts: readonly Part[], version: string): string | undefined {
  const [first] = parts;
  if (first === undefined) return 'There is nothing to join.';
  const strange = parts.find((part) => part.version !== version);
  if (strange !== undefined) {
    return `Part ${nameOf(strange)} is of asynclint ${strange.version}, and this is ${version}: use the same.`;
  }
  const other = parts.find(({ count }) => count !== first.count);
  if (other !== undefined) return `${nameOf(first)} and ${nameOf(other)} are parts of two runs.`;
  if (parts.some(({ told }) => JSON.stringify(told) !== JSON.stringify(first.told))) {
    return 'The parts were made with different options for rules: use the same for all.';
  }
  const indices = parts.map(({ index }) => index);
  const twice = indices.find((index, at) => indices.indexOf(index) !== at);
  if (twice !== undefined) return `Part ${twice}/${first.count} is given twice.`;
  const missing = Array.from({ length: first.count }, (_, at) => at + 1).filter(
    (index) => !indices.includes(index),
  );
  if (missing.length === 0) return undefined;
  return `Missing: ${missing.map((index) => `${index}/${first.count}`).join(', ')}.`;
}

/** The report of the whole, as one run over all would have made it. */
export function joined(parts: readonly Part[], rename: Rename): Report {
  const inOrder = parts.toSorted((a, b) => a.index - b.index);
  const files = inOrder.flatMap((part) => part.files.map(rename)).sort();
  const findings = inOrder.flatMap((part) => part.findings.map((one) => renamed(one, rename)));
  // All parts tell the same of configs.
  const notes = new Map(
    inOrder.flatMap((part) => part.notes).map((note) => [JSON.stringify(note), note]),
  );
  return {
    files,
    ignored: inOrder[0]?.ignored ?? 0,
    tsconfigs: [],
    notes: mergeNotes([...notes.values()].map((note) => renamedNote(note, rename))),
    findings: findings
      .map(findingOf)
      .sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0)),
    stats: { files: files.length, projects: 0, requests: 0, phases: {}, rules: {} },
  };
}

/** Whether something read from a file is a part. */
export function isPart(value: unknown): value is Part {
  if (typeof value !== 'object' || value === null) return false;
  const lists = ['files', 'notes', 'findings'].map((key) => Reflect.get(value, key));
  const numbers = ['index', 'count', 'ignored'].map((key) => Reflect.get(value, key));
  return lists.every(Array.isArray) && numbers.every((one) => typeof one === 'number');
}

function nameOf({ index, count }: Shard): string {
  return `${index}/${count}`;
}

function renamedNote(note: Note, rename: Rename): Note {
  return note.file === undefined ? note : { ...note, file: rename(note.file) };
}

function renamed(finding: Kept, rename: Rename): Kept {
  return {
    ...finding,
    file: rename(finding.file),
    related: finding.related.map((one) => ({ ...one, file: rename(one.file) })),
    fixes: finding.fixes.map((fix) => ({
      ...fix,
      edits: fix.edits.map((edit) => ({ ...edit, file: rename(edit.file) })),
    })),
  };
}
