/**
 * What code touches. A place is a variable, a property of objects, or something outside of the process. Objects are not
 * told apart by identity but by the names of their properties: two accesses can meet only where the names agree, whatever
 * the objects are called. That needs no alias analysis and stays sound.
 */
import type * as ast from '#ast';
import type { Resource } from '#catalog';

export type { Resource };

/** Where the object comes from that a property belongs to; a new object has none, and does not count. */
export type Root =
  /** A variable or parameter that holds it; a caller puts its argument in the parameter's place. */
  | {
      readonly kind: 'variable';
      readonly declaration: ast.Node;
      /** It is reached within what the variable holds. */
      readonly within: boolean;
    }
  | { readonly kind: 'this' }
  | { readonly kind: 'other' };

/** Something that can be read or written. */
export type Place =
  | {
      readonly kind: 'variable';
      readonly declaration: ast.Node;
      readonly name: string;
      /** A name for a variable of another file. */
      readonly imported: boolean;
    }
  /** `*` is any property; `[]` the elements of an array, a map or a set. */
  | { readonly kind: 'property'; readonly root: Root; readonly name: string }
  /** `key` is the path, host or receiver where it is constant; only for messages. */
  | { readonly kind: 'resource'; readonly resource: Resource; readonly key?: string };

/** Why something is so: words for a message, and the code that shows it. */
export interface Reason {
  /** Continues a sentence: `writes the database`, `` calls `send`, which nobody knows ``. */
  readonly why: string;
  readonly node: ast.Node;
}

/** One read or write. */
export interface Effect {
  readonly place: Place;
  readonly node: ast.Node;
}

/**
 * What running a piece of code reads and writes. Variables and new objects of its own are left out. When `unknown` is
 * set, anything else may happen as well, and the sets are only what was seen so far.
 */
export interface Effects {
  readonly reads: readonly Effect[];
  readonly writes: readonly Effect[];
  /** It exists to take place before or after something else: sleeps, navigation, locks. */
  readonly order: Reason | undefined;
  readonly unknown: Reason | undefined;
}

/** Whether two pieces of code may change places, or why not. */
export type Commuting = { readonly yes: true } | { readonly yes: false; readonly why: string };
