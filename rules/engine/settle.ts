import { PENDING, type Program } from '#program';

/** A piece of work that is started this often without an end is a bug of whoever wrote it. */
export const MOST_STARTS = 5000;

/**
 * Does a piece of work that asks facts, again and again with the answers that it lacked; nothing when nobody waits for it
 * any more, which is asked before each batch, or when it comes to no end.
 */
export function settled<T>(
  { query }: Program,
  work: () => T,
  cancelled: () => boolean = () => false,
): T | undefined {
  for (let starts = 0; starts < MOST_STARTS; starts++) {
    try {
      return work();
    } catch (error) {
      if (error !== PENDING) throw error;
      if (cancelled()) return undefined;
      query.flush();
    }
  }
  return undefined;
}
