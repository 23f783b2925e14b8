/** What an `await` does, and why it comes before or after its neighbours, or need not. */
import * as ast from '#ast';
import { describeEffects, describePlace } from '../effects/commuting.ts';
import type { Facts } from '../facts.ts';
import { type Movable, shownOf } from '../order/awaits.ts';
import type { BlockArgument } from '../order/independence.ts';
import { awaitsBeside } from '../order/value-awaits.ts';
import type { Judged, Kept } from '../order/verdicts.ts';
import type { Series } from '../order/waves.ts';
import {
  brief,
  collect,
  contains,
  spoken,
  statementOf,
  statementsOf,
  unwrap,
} from '../shape/syntax.ts';
import { capitalised, type Point, point } from './points.ts';

/** What an awaited call reads and writes. */
export function effectPoints(node: ast.AwaitExpression, facts: Facts): readonly Point[] {
  const call = unwrap(node.expression);
  if (!ast.isCallExpression(call) || facts.fanOuts.isCombinator(call)) return [];
  const effects = facts.effectsOf(call);
  const { unknown, order, writes } = effects;
  if (unknown !== undefined) {
    const isItself = unknown.node === call;
    const why = isItself ? '' : `nobody can tell what ${spoken(call)} does: `;
    return [point(capitalised(`${why}${unknown.why}.`), unknown.node)];
  }
  if (order !== undefined) return [point(`It ${order.why}.`, order.node)];
  const changed = writes.filter(({ place }) => place.kind !== 'resource');
  return [
    point(`It ${describeEffects(effects)}.`, call),
    ...changed.map(({ place, node: at }) => point(`It changes ${describePlace(place)}.`, at)),
  ];
}

/** Which series an `await` belongs to, and which neighbours it may overlap with. */
export function orderPoints(node: ast.AwaitExpression, facts: Facts): readonly Point[] {
  const statement = statementOf(node);
  const statements = statement && statementsOf(statement.parent);
  if (statements === undefined) return [point('No statement stands beside it.')];
  const value = awaitsBeside(node);
  const block = value ? facts.proved.argueValue(value) : facts.proved.argue(statements);
  const index = (value?.awaits ?? statements).findIndex((one) => {
    return contains('await' in one ? one.await : one, node);
  });
  const own = block.verdicts[index];
  if (own === undefined) return [];
  const test = facts.isInTest(node) ? [point('It stands in a test, whose order is kept.')] : [];
  const isOnly = statement === undefined || collect(statement, ast.isAwaitExpression).length < 2;
  if (isOnly && !block.verdicts.some((one) => one !== own && waits(one))) {
    return [...test, point('No other `await` stands in its block.')];
  }
  if (block.around !== undefined) {
    return [...test, point(`It is kept in sequence: ${block.around}.`)];
  }
  if (own.kind === 'kept') {
    return [...test, keptPoint(node, own, facts)];
  }
  return [...test, ...seriesPoints(own, block), ...neighbourPoints(index, own, block)];
}

function keptPoint(node: ast.AwaitExpression, { reason }: Kept, facts: Facts): Point {
  const call = unwrap(node.expression);
  const { unknown, order } = facts.effectsOf(call);
  // What was said of the call already is not said twice.
  if ((unknown ?? order)?.why === reason.why) return point('So it stays where it is.');
  return point(`It stays where it is: ${reason.why}.`, reason.node);
}

function seriesPoints({ item }: Judged, { series }: BlockArgument): readonly Point[] {
  const own = seriesOf(item, series);
  if (own === undefined) return [];
  const { awaits, waves } = own;
  const wave = waves.findIndex((some) => some.some(({ call }) => call === callOf(item))) + 1;
  const text = `It belongs to ${awaits.length} awaits in series: longest chain ${waves.length}.`;
  return [point(text), point(waveText(wave, own))];
}

function seriesOf(item: Movable, series: readonly Series[]): Series | undefined {
  return series.find(({ awaits }) => awaits.some(({ call }) => call === callOf(item)));
}

function callOf(item: Movable): ast.CallExpression | undefined {
  return item.kind === 'await' ? item.call : undefined;
}

function waveText(wave: number, { waves }: Series): string {
  const together = waves[wave - 1]?.map(({ work }) => quoted(work)).join(', ');
  return `Overlapped, step ${wave} of ${waves.length} starts ${together}.`;
}

/** Neighbours above and below, up to the first that keeps its place. */
function neighbourPoints(index: number, own: Judged, block: BlockArgument): readonly Point[] {
  const above = neighbours(index, -1, block).reverse();
  const told = [...above, ...neighbours(index, 1, block)];
  const isVain =
    seriesOf(own.item, block.series) === undefined && told.some(({ overlaps }) => overlaps);
  const gain = 'Nothing is gained by that: too few of them wait for something outside.';
  return [...told.map((one) => one.point), ...(isVain ? [point(gain)] : [])];
}

interface Neighbour {
  readonly overlaps: boolean;
  readonly point: Point;
}

function neighbours(index: number, step: 1 | -1, block: BlockArgument): Neighbour[] {
  const { verdicts } = block;
  const found: Neighbour[] = [];
  for (let at = index + step; ; at += step) {
    const other = verdicts[at];
    if (other === undefined) return found;
    if (other.kind === 'kept') {
      const beyond = step === 1 ? verdicts.slice(at) : verdicts.slice(0, at + 1);
      if (beyond.some(waits)) found.push({ overlaps: false, point: barrier(other, step) });
      return found;
    }
    if (waits(other)) found.push(neighbour(index, at, other, block));
  }
}

/** Whether two judged statements may overlap, told from the side of the one that is explained. */
function neighbour(index: number, at: number, other: Judged, block: BlockArgument): Neighbour {
  const name = nameOf(other);
  const shown = shownOf(other.item);
  const why = tieBetween(Math.min(index, at), Math.max(index, at), block);
  if (why === undefined) {
    return { overlaps: true, point: point(`It may overlap with ${name}.`, shown) };
  }
  const text = at < index ? `It stays behind ${name}: ${why}.` : `${name} stays behind it: ${why}.`;
  return { overlaps: false, point: point(text, shown) };
}

/** Why the second of two statements comes after the first: by itself, or by what stands between. */
function tieBetween(first: number, second: number, block: BlockArgument): string | undefined {
  const { verdicts } = block;
  const earlier = verdicts[first];
  const later = verdicts[second];
  if (earlier?.kind !== 'judged' || later?.kind !== 'judged') return undefined;
  const direct = block.between(later, earlier);
  if (direct !== undefined) return direct;
  for (let at = first + 1; at < second; at++) {
    const middle = verdicts[at];
    if (middle?.kind !== 'judged' || !block.isBound(later, middle)) continue;
    if (tieBetween(first, at, block) !== undefined) return `${nameOf(middle)} stands between`;
  }
  return undefined;
}

function barrier({ node, reason }: Kept, step: 1 | -1): Point {
  const what = quoted(node);
  const text =
    step === -1
      ? `It stays behind ${what}: ${reason.why}.`
      : `Nothing from ${what} on starts earlier: ${reason.why}.`;
  return point(text, node);
}

function nameOf({ item }: Judged): string {
  return quoted(item.kind === 'await' ? item.work : item.statement);
}

function quoted(node: ast.Node): string {
  return `\`${brief(node)}\``;
}

/** Whether a statement waits for something. */
function waits(verdict: Judged | Kept): boolean {
  if (verdict.kind === 'judged') return verdict.item.kind === 'await';
  return /\bawait\b/.test(verdict.node.getText());
}
