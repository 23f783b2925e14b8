import type { Node, SourceFile, SyntaxKind } from './ast.ts';
import { quicken } from './quick-nodes.ts';
import { DATA, KIND, LIST, NEXT, RECORD } from './records.ts';

/** The part of the client's source file that lets us scan a tree without building its nodes. */
interface BinaryTree {
  readonly view: DataView;
  readonly _offsetNodes: number;
  readonly _offsetStringTable: number;
  readonly _offsetExtendedData: number;
  getOrCreateNodeAtIndex(index: number): Node;
}

/** One parsed file of a program. */
export class Source {
  readonly root: SourceFile;
  readonly file: string;

  constructor(root: SourceFile, file: string) {
    this.root = root;
    this.file = file;
    quicken(root);
  }

  get text(): string {
    return this.root.text;
  }

  /** The kinds of all nodes and lists, in source order; nothing where the client's internals are not as they were. */
  kinds(): Uint16Array | undefined {
    const { root } = this;
    if (!isBinaryTree(root)) return undefined;
    const { view, _offsetNodes } = root;
    const count = Math.floor((view.byteLength - _offsetNodes) / RECORD);
    const kinds = new Uint16Array(count);
    for (let index = 0, at = _offsetNodes; index < count; index++, at += RECORD) {
      kinds[index] = view.getUint16(at, true);
    }
    return kinds;
  }

  /** The node at a place among all nodes and lists. */
  at(place: number): Node | undefined {
    return isBinaryTree(this.root) ? this.root.getOrCreateNodeAtIndex(place) : undefined;
  }

  /** Whether the text holds an ASCII word; much cheaper than decoding the text. */
  mentions(word: string): boolean {
    return bytesOf(this.root).includes(word, 0, 'latin1');
  }

  /**
   * Calls `visit` for every node whose kind is marked in `wanted`, in source order. Scans the raw node
   * table, ten times faster than walking node objects, and falls back to walking when the client's
   * internals are not as they were in the pinned version.
   */
  each(wanted: Uint8Array, visit: (node: Node) => void): void {
    const { root } = this;
    if (!isBinaryTree(root)) {
      walk(root, wanted, visit);
      return;
    }
    const { view, _offsetNodes } = root;
    const bytes = new Uint8Array(view.buffer, view.byteOffset + _offsetNodes);
    const size = view.byteLength - _offsetNodes;
    // Records stand at any byte, so they are read byte by byte; two tell the kind, and lists have none.
    for (let index = 1, at = RECORD; at < size; index++, at += RECORD) {
      const kind = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
      if (wanted[kind] === 1) visit(root.getOrCreateNodeAtIndex(index));
    }
  }
}

/** The place of a node among all nodes and lists of its file; nothing where the client's internals are not as they were. */
export function placeOf(node: Node): number | undefined {
  return 'index' in node && typeof node.index === 'number' ? node.index : undefined;
}

/** Whether a file is the project's own source, by its name. */
export function isOwn(file: string): boolean {
  return (
    !file.includes('/node_modules/') && !file.startsWith('bundled:') && !/\.d\.[^/]*ts$/.test(file)
  );
}

/** The text of a file as bytes of UTF-8; names from elsewhere in the tree may follow. */
export function bytesOf(root: SourceFile): Buffer {
  return isBinaryTree(root) ? stringsOf(root) : Buffer.from(root.text);
}

/** Marks kinds for `Source.each`. */
export function kindSet(kinds: Iterable<SyntaxKind>): Uint8Array {
  const set = new Uint8Array(512);
  for (const kind of kinds) set[kind] = 1;
  return set;
}

function isBinaryTree(root: SourceFile): root is SourceFile & BinaryTree {
  return (
    'view' in root &&
    root.view instanceof DataView &&
    '_offsetNodes' in root &&
    typeof root._offsetNodes === 'number' &&
    '_offsetStringTable' in root &&
    '_offsetExtendedData' in root &&
    'getOrCreateNodeAtIndex' in root
  );
}

/** The bytes of all strings of a file, its text among them. */
function stringsOf({ view, _offsetStringTable, _offsetExtendedData }: BinaryTree): Buffer {
  const { buffer, byteOffset } = view;
  const length = _offsetExtendedData - _offsetStringTable;
  return Buffer.from(buffer, byteOffset + _offsetStringTable, length);
}

/**
 * The nodes of some kinds in the last list of a node, such as a call's arguments; those of other kinds are not even built.
 * Nothing where the client's internals are not as they were, so that the caller looks at all.
 */
export function listedAmong(node: Node, wanted: Uint8Array): readonly Node[] | undefined {
  const root = node.getSourceFile();
  const place = placeOf(node);
  if (!isBinaryTree(root) || place === undefined) return undefined;
  const { view, _offsetNodes } = root;
  const word = (index: number, at: number): number => {
    return view.getUint32(_offsetNodes + index * RECORD + at, true);
  };
  let list = 0;
  for (let child = place + 1; child !== 0; child = word(child, NEXT)) {
    if (word(child, KIND) === LIST) list = child;
  }
  const found: Node[] = [];
  if (list === 0 || word(list, DATA) === 0) return found;
  for (let index = list + 1; index !== 0; index = word(index, NEXT)) {
    if (wanted[word(index, KIND)] === 1) found.push(root.getOrCreateNodeAtIndex(index));
  }
  return found;
}

function walk(node: Node, wanted: Uint8Array, visit: (node: Node) => void): void {
  if (wanted[node.kind] === 1) visit(node);
  node.forEachChild((child) => {
    walk(child, wanted, visit);
    return undefined;
  });
}
