/** Ways to bound a fan-out, by what the project has and by the shape of the code. */
import * as ast from '#ast';
import type { Edit } from '#engine/finding.ts';
import { isScript } from '../names/modules.ts';
import type { Naming } from '../names/naming.ts';
import { ownItems, ownResults } from '../names/nouns.ts';
import type { Origins } from '../names/origins.ts';
import { isFunction, isFunctionExpression, isMethodCall, unwrap } from '../shape/syntax.ts';
import { batchEdits, isDropped } from './batching.ts';
import { gathered, limiterEdits, mapperEdits } from './bounding.ts';
import type { FanOut } from './fan-outs.ts';
import type { Remedies } from './remedies.ts';

/** Edits, and what they bring in. */
export interface Bounded {
  readonly edits: readonly Edit[];
  /** The function that bounds: `pMap`. */
  readonly by: string;
}

/** Bounds what `Promise.all` and `Promise.allSettled` start. */
export class FanOutFixes {
  readonly #remedies: Remedies;
  readonly #naming: Naming;
  readonly #origins: Origins;
  readonly #limit: number;

  constructor(remedies: Remedies, naming: Naming, origins: Origins, limit: number) {
    this.#remedies = remedies;
    this.#naming = naming;
    this.#origins = origins;
    this.#limit = limit;
  }

  /** With a bounded map that the file or a neighbour has: it answers as `Promise.all` does. */
  withMapper(call: ast.CallExpression, fanOut: FanOut): Bounded | undefined {
    const parts = isMethodCall(call, 'all') ? gathered(call, fanOut) : undefined;
    const mapper = parts && this.#remedies.mapperFor(call);
    if (parts === undefined || mapper === undefined) return undefined;
    if (this.#parametersOf(parts.work) > mapper.parameters) return undefined;
    // `Array.from` takes any iterable; few mappers do.
    const isAny = isMethodCall(fanOut.node, 'from') && !mapper.iterable;
    if (isAny && !this.#naming.isArray(parts.items)) return undefined;
    const edits = mapperEdits(parts, mapper, this.#limit);
    return edits && { edits, by: mapper.name };
  }

  /** With a bounded map instead of a `forEach` that waits for nothing. */
  insteadOfLoop(
    call: ast.CallExpression,
    items: ast.Expression,
    work: ast.Expression,
  ): Bounded | undefined {
    const mapper = this.#remedies.mapperFor(call);
    if (mapper === undefined || this.#parametersOf(work) > mapper.parameters) return undefined;
    const edits = mapperEdits({ call, items, work }, mapper, this.#limit);
    return edits && { edits, by: mapper.name };
  }

  /** With a limiter of its own, made by the `p-limit` that the file imports: sharing one could wait for itself. */
  withLimiter(fanOut: FanOut): Bounded | undefined {
    const factory = this.#remedies.limitFactoryFor(fanOut.node);
    if (factory === undefined) return undefined;
    const name = this.#naming.free(fanOut.node, ['limit', 'limited', 'limiter']);
    const edits = limiterEdits(fanOut, factory, name, this.#limit);
    return edits && { edits, by: factory };
  }

  /** In batches, one after the other. */
  inBatches(call: ast.CallExpression, fanOut: FanOut): readonly Edit[] | undefined {
    const parts = isMethodCall(call, 'all', 'allSettled') ? gathered(call, fanOut) : undefined;
    if (parts === undefined || this.#parametersOf(parts.work) > 1) return undefined;
    const isMap = isMethodCall(fanOut.node, 'map');
    if (isMap && !this.#naming.isArray(parts.items)) return undefined;
    const isUntyped = isScript(call.getSourceFile().fileName) || isDropped(call);
    const type = isUntyped ? undefined : this.#naming.typeText(call);
    if (type === undefined && !isUntyped && !this.#naming.infersLists) return undefined;
    const items = unwrap(parts.items);
    const list = this.#naming.free(call, ['items', 'values'], ownItems);
    const names = {
      index: this.#naming.unused(call, 'i', 'start', 'offset'),
      batch: this.#naming.unused(call, 'batch', 'some', 'part'),
      items: list,
      results: this.#naming.free(call, ['results', 'found'], (at) => {
        const own = ownResults(at);
        return own === list ? undefined : own;
      }),
      type,
      isStable: isMap && ast.isIdentifier(items) && this.#origins.isConstant(items),
    };
    return batchEdits(parts, names, this.#limit);
  }

  /** How many parameters a callback looks at; any number when nobody knows. */
  #parametersOf(work: ast.Expression): number {
    const at = unwrap(work);
    const fn = isFunctionExpression(at) ? at : this.#origins.declarationOf(at);
    if (fn === undefined || !isFunction(fn)) return Number.POSITIVE_INFINITY;
    return fn.parameters.some((one) => one.dotDotDotToken)
      ? Number.POSITIVE_INFINITY
      : fn.parameters.length;
  }
}
