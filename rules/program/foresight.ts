import type { Node } from './ast.ts';
import type { Program } from './program.ts';
import type { Asked } from './query.ts';
import { placeOf, type Source } from './source.ts';

/** Files that are kept in mind: those that were looked at last. */
const MOST = 8;

/** A node, without the tree that it stands in. */
interface Place {
  readonly file: string;
  readonly index: number;
}

/** What was asked when a file was looked at. */
interface Memory {
  readonly edition: number;
  /** The kinds of all its nodes, by which another text of it is compared. */
  readonly kinds: Uint16Array;
  readonly types: readonly Place[];
  readonly symbols: readonly Place[];
}

const NOTHING: Asked = { types: [], symbols: [] };

/**
 * Knows what will be asked: after an edit nearly the same as before. So it is asked at once, while the rules are still on their
 * way to it. Answers always are those of the newest snapshot; what was foreseen in vain costs time and nothing else.
 */
export class Foresight {
  readonly #memories = new Map<string, Memory>();

  /** What will probably be asked when this file is looked at: of itself, and of files beside it that are what they were. */
  of(source: Source, program: Program): Asked {
    const memory = this.#memories.get(source.file);
    const changed = memory && program.history.changedSince(memory.edition);
    const kinds = source.kinds();
    if (memory === undefined || changed === undefined || kinds === undefined) return NOTHING;
    const indexNow = aligned(memory.kinds, kinds);
    const nodesAt = ({ file, index }: Place): Node | readonly never[] => {
      if (file !== source.file) {
        return changed.includes(file) ? [] : (program.source(file)?.at(index) ?? []);
      }
      const now = indexNow(index);
      return now === undefined ? [] : (source.at(now) ?? []);
    };
    return { types: memory.types.flatMap(nodesAt), symbols: memory.symbols.flatMap(nodesAt) };
  }

  /** Keeps in mind what was asked to look at a file. */
  keep(source: Source, program: Program): void {
    const kinds = source.kinds();
    if (kinds === undefined) return;
    const { types, symbols } = program.query.asked;
    this.#memories.delete(source.file);
    this.#memories.set(source.file, {
      edition: program.edition,
      kinds,
      types: types.flatMap(placeIn),
      symbols: symbols.flatMap(placeIn),
    });
    const [oldest] = this.#memories.keys();
    if (this.#memories.size > MOST && oldest !== undefined) this.#memories.delete(oldest);
  }
}

function placeIn(node: Node): Place | readonly never[] {
  const index = placeOf(node);
  return index === undefined ? [] : { file: node.getSourceFile().fileName, index };
}

/** Where nodes before and behind an edit stand now; nothing for those that it made others. */
function aligned(before: Uint16Array, now: Uint16Array): (index: number) => number | undefined {
  const shorter = Math.min(before.length, now.length);
  let head = 0;
  while (head < shorter && before[head] === now[head]) head++;
  const shift = now.length - before.length;
  let tail = before.length;
  while (tail > head && tail + shift > head && before[tail - 1] === now[tail - 1 + shift]) tail--;
  return (index) => {
    if (index < head) return index;
    return index < tail ? undefined : index + shift;
  };
}
