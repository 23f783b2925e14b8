/**
 * Operations on files that hold none open: Node itself runs four of them at a time, and the others wait their turn. Source:
 * the documentation of libuv's thread pool.
 */
const MOMENTARY = new Set(
  `access chmod chown exists lchown link lstat lutimes mkdir mkdtemp readlink realpath rename rm rmdir stat statfs symlink
  truncate unlink utimes`.split(/\s+/),
);

/** Whether any number of these may be under way, as all but a few of them only wait. */
export function isMomentary(module: string, name: string): boolean {
  const isOfFiles = module === 'fs' || module === 'fs/promises';
  return isOfFiles && MOMENTARY.has(name.slice(name.lastIndexOf('.') + 1));
}
