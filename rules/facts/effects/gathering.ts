/** Reads and writes as they are met, without those that nobody outside of the code in question can see. */
import type * as ast from '#ast';
import { contains, isFunction } from '../shape/syntax.ts';
import type { Effect, Effects, Place, Reason, Root } from './places.ts';

/** A function that is called and that only the caller knows: a parameter. */
export interface Callback {
  readonly node: ast.Node;
  /** Whether it is surely a function and called; else only handed to something that calls functions. */
  readonly sure: boolean;
}

/** What calling a function does, before its caller's arguments are put in. */
export interface Summary extends Effects {
  /** Parameters that are called, by their declaration. */
  readonly callbacks: ReadonlyMap<ast.Node, Callback>;
}

/** Collects effects of one piece of code. */
export class Gathering {
  /** The function, statement or expression whose effects are gathered. */
  readonly boundary: ast.Node;
  readonly #isFresh: (variable: ast.Node, within: boolean) => boolean;
  readonly #reads = new Map<unknown, Map<string, Effect>>();
  readonly #writes = new Map<unknown, Map<string, Effect>>();
  readonly #callbacks = new Map<ast.Node, Callback>();
  #order: Reason | undefined;
  #unknown: Reason | undefined;

  constructor(boundary: ast.Node, isFresh: (variable: ast.Node, within: boolean) => boolean) {
    this.boundary = boundary;
    this.#isFresh = isFresh;
  }

  /** Whether something unknown was met: nothing more is worth looking at. */
  get stopped(): boolean {
    return this.#unknown !== undefined;
  }

  read(place: Place, node: ast.Node): void {
    this.#add(this.#reads, place, node);
  }

  write(place: Place, node: ast.Node): void {
    this.#add(this.#writes, place, node);
  }

  /** Something takes place whose time matters. */
  order(why: string, node: ast.Node): void {
    this.#order ??= { why, node };
  }

  unknown(why: string, node: ast.Node): void {
    this.#unknown ??= { why, node };
  }

  /** A parameter is called. */
  callback(declaration: ast.Node, node: ast.Node, sure: boolean): void {
    if (sure || !this.#callbacks.has(declaration)) this.#callbacks.set(declaration, { node, sure });
  }

  /** What was gathered. */
  get summary(): Summary {
    return {
      reads: effectsIn(this.#reads),
      writes: effectsIn(this.#writes),
      order: this.#order,
      unknown: this.#unknown,
      callbacks: this.#callbacks,
    };
  }

  #add(set: Map<unknown, Map<string, Effect>>, place: Place, node: ast.Node): void {
    const seen = this.#seenFromOutside(place);
    if (seen === undefined) return;
    const key = keyOf(seen);
    const names = set.get(key) ?? new Map<string, Effect>();
    set.set(key, names);
    const name = nameOf(seen);
    if (!names.has(name)) names.set(name, { place: seen, node });
  }

  /** Variables and new objects of the code's own are nobody else's; parameters are the caller's. */
  #seenFromOutside(place: Place): Place | undefined {
    if (place.kind === 'resource') return place;
    if (place.kind === 'variable') {
      return contains(this.boundary, place.declaration) ? undefined : place;
    }
    const { root } = place;
    if (root.kind !== 'variable' || !contains(this.boundary, root.declaration)) return place;
    if (isFunction(this.boundary) && root.declaration.parent === this.boundary) return place;
    if (this.#isFresh(root.declaration, root.within)) return undefined;
    return { ...place, root: OTHER };
  }
}

const OTHER: Root = { kind: 'other' };

function keyOf(place: Place): unknown {
  if (place.kind === 'variable') return place.declaration;
  if (place.kind === 'resource') return 'resource';
  return place.root.kind === 'variable' ? place.root.declaration : place.root.kind;
}

function nameOf(place: Place): string {
  if (place.kind === 'resource') return place.resource;
  const within = place.kind === 'property' && place.root.kind === 'variable' && place.root.within;
  return within ? `.${place.name}` : place.name;
}

function effectsIn(set: ReadonlyMap<unknown, ReadonlyMap<string, Effect>>): readonly Effect[] {
  return [...set.values()].flatMap((names) => [...names.values()]);
}
