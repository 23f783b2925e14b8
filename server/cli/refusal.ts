/** What the system says when it does not let us: nobody's bug, and not ours either. */
const REFUSED = new Set([
  'EACCES',
  'EBUSY',
  'EDQUOT',
  'EISDIR',
  'EMFILE',
  'ENAMETOOLONG',
  'ENFILE',
  'ENOSPC',
  'ENOTDIR',
  'EPERM',
  'EROFS',
]);

/** Why something about a file failed, without the file: it may be one that only we know. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message.replace(/^(E[A-Z]+: [^,]*),.*$/s, '$1');
}

/** A sentence on what the system does not let us do, and the way out; nothing for errors of other kinds. */
export function refusalIn(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('path' in error)) return undefined;
  const { code, path } = error;
  if (typeof code !== 'string' || typeof path !== 'string' || !REFUSED.has(code)) return undefined;
  // The draft of a file lies beside it.
  const name = path.replace(/\.tmp-[0-9a-f]+$/, '');
  return `\`${name}\` cannot be read or written (${reasonOf(error)}). ${WAY_OUT[code] ?? 'Allow it, and run again.'}`;
}

const WAY_OUT: Readonly<Record<string, string>> = {
  EISDIR: 'A file belongs there; move the folder away.',
  EDQUOT: 'Make room on the disk, and run again.',
  ENOSPC: 'Make room on the disk, and run again.',
  ENOTDIR: 'A folder belongs there; move the file away.',
};
