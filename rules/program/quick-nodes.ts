/**
 * The client's nodes, made quicker: rules look at nodes all the time, and at most nodes only once or twice, so what counts
 * is how little each look does. Names are decoded once, kinds are read once, children are found by a table instead of a
 * search by name, and lists are plain arrays. All of it rests on internals of the pinned version, and leaves the nodes
 * alone when these are not as they were.
 */
import { isAscii } from 'node:buffer';
import { type SourceFile, SyntaxKind } from './ast.ts';
import { DATA, END, KIND, LIST, NEXT, PARENT, POS, RECORD } from './records.ts';

/** No kind is greater. */
const KINDS = 512;

/** Children that rules ask for often. */
const NAMES = (
  'argumentExpression arguments asteriskToken awaitModifier block body catchClause condition declarationList ' +
  'declarations elements elseStatement expression finallyBlock initializer left modifiers moduleSpecifier name ' +
  'operatorToken parameters properties propertyName questionDotToken right statement statements thenStatement tryBlock ' +
  'type variableDeclaration whenFalse whenTrue'
).split(' ');

/** Children of one kind, with what the client's own code asks of a list; all are there once it is made. */
interface List extends Array<BinaryNode> {
  pos?: number;
  end?: number;
  next?: number;
}

type Child = BinaryNode | List;
type Visit<T> = (child: Child) => T;

/** A node of the binary tree, with what its class shares among all nodes of a file. */
interface BinaryNode {
  readonly kind: number;
  readonly index: number;
  readonly view: DataView;
  readonly _byteIndex: number;
  readonly sourceFile: BinaryFile;
  hasChildren(): boolean;
  getString(index: number): string;
  getNamedChild(name: string): Child | undefined;
  getOrCreateChildAtNodeIndex(index: number): Child;
  forEachChild<T>(visit: Visit<T>, visitList?: Visit<T>): T | undefined;
}

interface BinaryFile extends BinaryNode {
  readonly _offsetNodes: number;
  readonly _offsetStringTable: number;
  readonly _offsetStringTableOffsets: number;
  readonly _offsetExtendedData: number;
  readonly nodes: (Child | undefined)[];
  getOrCreateNodeAtIndex(index: number): BinaryNode;
}

type NodeClass = new (
  view: DataView,
  index: number,
  parent: BinaryNode,
  file: BinaryFile,
  offset: number,
) => BinaryNode;

const done = new WeakSet<object>();

/** Replaces the methods, once for all files. */
export function quicken(root: SourceFile): void {
  const files: unknown = Object.getPrototypeOf(root);
  const nodes: unknown = Object.getPrototypeOf(files);
  if (!isFilePrototype(files) || !isNodePrototype(nodes) || done.has(nodes)) return;
  const base: unknown = nodes.constructor;
  if (!isNodeClass(base)) return;
  done.add(nodes);
  rememberStrings(nodes);
  visitQuickly(nodes);
  makeQuickly(nodes, files, base);
  for (const name of NAMES) findQuickly(nodes, name);
}

/** Names are decoded once, not at each look; those of a file in ASCII are cut out of one decoded string. */
function rememberStrings(prototype: BinaryNode): void {
  const { getString } = prototype;
  const tables = new WeakMap<BinaryFile, Strings>();
  prototype.getString = function (index) {
    const file = this.sourceFile;
    let table = tables.get(file);
    if (table === undefined) {
      table = { all: asciiIn(file), known: [] };
      tables.set(file, table);
    }
    const { all, known } = table;
    const found = known[index];
    if (found !== undefined) return found;
    const text = all === undefined ? getString.call(this, index) : stringAt(index, file, all);
    known[index] = text;
    return text;
  };
}

/** The strings of a file: all in one, if it is in ASCII, and those that were asked for. */
interface Strings {
  readonly all: string | undefined;
  readonly known: string[];
}

function asciiIn({
  view,
  _offsetStringTable,
  _offsetExtendedData,
}: BinaryFile): string | undefined {
  const start = view.byteOffset + _offsetStringTable;
  const bytes = Buffer.from(view.buffer, start, _offsetExtendedData - _offsetStringTable);
  return isAscii(bytes) ? bytes.toString('latin1') : undefined;
}

function stringAt(
  index: number,
  { view, _offsetStringTableOffsets }: BinaryFile,
  all: string,
): string {
  const at = _offsetStringTableOffsets + index * 4;
  return all.slice(view.getUint32(at, true), view.getUint32(at + 4, true));
}

/** Children are visited without a list object for each list of them. */
function visitQuickly(prototype: BinaryNode): void {
  prototype.forEachChild = function (visit, visitList) {
    if (!this.hasChildren()) return undefined;
    const { index, view, sourceFile } = this;
    return visitFrom(index + 1, view, sourceFile, visit, visitList);
  };
}

/** Visits a node and its later siblings, lists opened, until a visit gives something. */
function visitFrom<T>(
  first: number,
  view: DataView,
  file: BinaryFile,
  visit: Visit<T>,
  visitList?: Visit<T>,
): T | undefined {
  for (let index = first; index !== 0; ) {
    const at = file._offsetNodes + index * RECORD;
    const kind = view.getUint32(at, true);
    let result: T | undefined;
    if (kind !== LIST) {
      if (kind !== SyntaxKind.JSDoc) {
        result = visit(file.nodes[index] ?? file.getOrCreateNodeAtIndex(index));
      }
    } else if (visitList !== undefined) {
      result = visitList(parentOf(index, file).getOrCreateChildAtNodeIndex(index));
    } else if (view.getUint32(at + DATA, true) > 0) {
      result = visitFrom(index + 1, view, file, visit);
    }
    if (result) return result;
    index = view.getUint32(at + NEXT, true);
  }
  return undefined;
}

/** Nodes know their kind, and lists are plain arrays. */
function makeQuickly(nodes: BinaryNode, files: BinaryFile, base: NodeClass): void {
  class QuickNode extends base {
    override readonly kind = this.view.getUint32(this._byteIndex + KIND, true);
  }
  const make = (index: number, parent: BinaryNode, file: BinaryFile): BinaryNode => {
    const node = new QuickNode(parent.view, index, parent, file, file._offsetNodes);
    file.nodes[index] = node;
    return node;
  };
  nodes.getOrCreateChildAtNodeIndex = function (index) {
    const { sourceFile: file, view } = this;
    const known = file.nodes[index];
    if (known !== undefined) return known;
    const at = file._offsetNodes + index * RECORD;
    return view.getUint32(at, true) === LIST
      ? listAt(index, this, file, make)
      : make(index, this, file);
  };
  files.getOrCreateNodeAtIndex = function (index) {
    const known = this.nodes[index];
    if (known !== undefined && !Array.isArray(known)) return known;
    return make(index, parentOf(index, this), this);
  };
}

/** Lists have no place in the tree: the parent of what they hold is the node that has the list. */
function parentOf(index: number, file: BinaryFile): BinaryNode {
  const { view, _offsetNodes } = file;
  let parent = index;
  do {
    const at = _offsetNodes + parent * RECORD;
    const next = view.getUint32(at + PARENT, true);
    if (next === parent) return file;
    parent = next;
  } while (view.getUint32(_offsetNodes + parent * RECORD, true) === LIST);
  return file.getOrCreateNodeAtIndex(parent);
}

function listAt(
  index: number,
  parent: BinaryNode,
  file: BinaryFile,
  make: (index: number, parent: BinaryNode, file: BinaryFile) => BinaryNode,
): List {
  const { view, _offsetNodes, nodes } = file;
  const at = _offsetNodes + index * RECORD;
  const count = view.getUint32(at + DATA, true);
  const list: List = new Array<BinaryNode>(count);
  let next = index + 1;
  for (let place = 0; place < count; place++) {
    const known = nodes[next];
    list[place] = known === undefined || Array.isArray(known) ? make(next, parent, file) : known;
    next = view.getUint32(_offsetNodes + next * RECORD + NEXT, true);
  }
  // One by one: `Object.assign` takes ten times as long.
  list.pos = view.getInt32(at + POS, true);
  list.end = view.getInt32(at + END, true);
  list.next = view.getUint32(at + NEXT, true);
  nodes[index] = list;
  return list;
}

/** A child by its name: which of the possible children it is follows from the kind, whether it is there from the data. */
function findQuickly(prototype: BinaryNode, name: string): void {
  const getter = Object.getOwnPropertyDescriptor(prototype, name)?.get;
  if (getter === undefined || !onlyFinds(getter, name)) return;
  const orders = ordersOf(prototype, name);
  Object.defineProperty(prototype, name, {
    configurable: true,
    get(this: BinaryNode) {
      const order = orders[this.kind] ?? -1;
      if (order === -1) return undefined;
      const { view } = this;
      const data = view.getUint32(this._byteIndex + DATA, true);
      // The two highest bits are set where the data says other things than which children there are.
      const mask = data >>> 30 === 0 ? data : 0xff;
      if ((mask & (1 << order)) === 0) return undefined;
      const file = this.sourceFile;
      const { _offsetNodes } = file;
      let index = this.index + 1;
      for (let bit = 0; bit < order; bit++) {
        if ((mask & (1 << bit)) === 0) continue;
        index = view.getUint32(_offsetNodes + index * RECORD + NEXT, true);
      }
      return file.nodes[index] ?? this.getOrCreateChildAtNodeIndex(index);
    },
  });
}

/** Whether a getter does nothing but ask for the child of its name. */
function onlyFinds(getter: () => unknown, name: string): boolean {
  try {
    return getter.call({ getNamedChild: (asked: string) => `child ${asked}` }) === `child ${name}`;
  } catch {
    return false;
  }
}

/** By kind, which of the possible children has the name; -1 for none. */
function ordersOf({ getNamedChild }: BinaryNode, name: string): Int8Array {
  const getChildAtOrder = (order: number): number => order;
  return Int8Array.from({ length: KINDS }, (_, kind) => {
    const order: unknown = Reflect.apply(getNamedChild, { kind, getChildAtOrder }, [name]);
    return typeof order === 'number' ? order : -1;
  });
}

function isNodePrototype(value: unknown): value is BinaryNode {
  return hasOwn(
    value,
    'getString',
    'forEachChild',
    'hasChildren',
    'getNamedChild',
    'getOrCreateChildAtNodeIndex',
  );
}

function isFilePrototype(value: unknown): value is BinaryFile {
  return hasOwn(value, 'getOrCreateNodeAtIndex');
}

function isNodeClass(value: unknown): value is NodeClass {
  return typeof value === 'function' && value.length === 5;
}

function hasOwn(value: unknown, ...names: readonly string[]): boolean {
  return (
    typeof value === 'object' && value !== null && names.every((name) => Object.hasOwn(value, name))
  );
}
