/**
 * Operations on files that hold none open: Node itself runs four of them at a time, and the others wait their turn. Source:
 * the documentation of libuv's thread pool.
 */
const MOMENTARY = new Set(
  `access chmod chown exists lchown link lstat lutimes mkdir mkdtemp readlink realpath rename rm rmdir stat statfs symlink
  truncate unlink utimes`.split(/\s+/),
);

/**
 * Clients of Redis, and queues on top of them: all commands go over one connection, which answers them in turn. Source: the
 * documentation of Redis on pipelining, and of these packages.
 */
const PIPELINING = new Set(['ioredis', 'redis', '@redis/client', 'bull', 'bullmq']);

/** Whether any number of these may be under way, as they hold nothing while they wait. */
export function isMomentary(module: string, name: string): boolean {
  if (PIPELINING.has(module)) return true;
  const isOfFiles = module === 'fs' || module === 'fs/promises';
  return isOfFiles && MOMENTARY.has(name.slice(name.lastIndexOf('.') + 1));
}
