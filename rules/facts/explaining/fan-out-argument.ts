/** How much a combinator starts at once, whether that reaches the outside, and what holds it back. */
import * as ast from '#ast';
import { describeEffects } from '../effects/commuting.ts';
import type { Facts } from '../facts.ts';
import type { FanOut } from '../fan-out/fan-outs.ts';
import type { GrowthSource } from '../fan-out/sources.ts';
import { brief, spoken, unwrap } from '../shape/syntax.ts';
import { describeSize, mostOf } from '../sizes/bounds.ts';
import { capitalised, type Point, point } from './points.ts';

/** What is known of `Promise.all(…)` and its like. */
export function fanOutPoints(call: ast.CallExpression, facts: Facts): readonly Point[] {
  const list = call.arguments[0] && unwrap(call.arguments[0]);
  if (list === undefined) return [point('It is given nothing.')];
  const written = ast.isArrayLiteralExpression(list) ? list.elements.filter(isStarted) : [];
  const fanOuts = facts.fanOuts.into(list);
  const isUnseen = fanOuts.length === 0 && !ast.isArrayLiteralExpression(list);
  return [
    ...(written.length > 0 ? [point(`It waits for ${written.length} written one by one.`)] : []),
    ...written.flatMap((one) => elementPoint(one, facts)),
    ...fanOuts.flatMap((one) => pointsOn(one, facts)),
    ...(isUnseen ? [point(`What fills \`${brief(list)}\` is not written in sight.`)] : []),
    ...(facts.isInTest(call)
      ? [point('It stands in a test, where fan-outs are not reported.')]
      : []),
  ];
}

function isStarted(element: ast.Expression): boolean {
  return !ast.isSpreadElement(element) && !ast.isOmittedExpression(element);
}

function elementPoint(element: ast.Expression, facts: Facts): readonly Point[] {
  const call = unwrap(element);
  if (!ast.isCallExpression(call)) return [];
  const effects = facts.effectsOf(call);
  const does =
    effects.unknown === undefined
      ? describeEffects(effects)
      : `may do anything: ${effects.unknown.why}`;
  return [point(`${capitalised(spoken(call))} ${does}.`, call)];
}

function pointsOn(fanOut: FanOut, facts: Facts): readonly Point[] {
  const { items, size } = fanOut;
  const few = facts.settings.fanOut;
  const most = mostOf(size);
  const isFew = most !== undefined && most <= few ? `, and up to ${few} are few` : '';
  const started = describeSize(size, 'operations');
  return [
    point(`It starts ${started} at once, one for each of \`${brief(items)}\`${isFew}.`, items),
    ...(most === undefined ? [growthPoint(fanOut, facts)] : []),
    reachPoint(fanOut, facts),
    holdPoint(fanOut, facts),
  ];
}

function holdPoint(fanOut: FanOut, { fanOuts, limiters }: Facts): Point {
  const { work } = fanOut;
  if (fanOuts.givesNothing(fanOut))
    return point('Their callback gives nothing back, so nothing here waits for them.', work);
  if (fanOuts.mayShareSession(fanOut))
    return point('They may all use one transaction, which does one thing at a time.', work);
  const holder = limiters.holderOf(work);
  return holder === undefined
    ? point('Nothing holds them back.')
    : point(`${capitalised(spoken(holder))} holds them back.`, holder);
}

const GROWTH: Readonly<Record<GrowthSource['kind'], string>> = {
  rows: 'A query that has no limit says how many.',
  request: 'The sender of a request says how many.',
  caller: 'Nothing in this project calls the function: whoever does says how many.',
};

function growthPoint({ items, size }: FanOut, { sources }: Facts): Point {
  const source = size.kind === 'input' ? sources.of(items) : undefined;
  if (source === undefined)
    return point('Neither a query nor a request that says how many is in sight.');
  return point(GROWTH[source.kind], source.node);
}

function reachPoint(fanOut: FanOut, { fanOuts }: Facts): Point {
  const reach = fanOuts.reach(fanOut);
  if (reach === 'no')
    return point('Nothing that they call in sight reaches outside of the program.', fanOut.work);
  if (reach === 'unknown')
    return point('Nobody can tell whether they reach outside of the program.', fanOut.work);
  const through = fanOuts.reachedThrough(fanOut);
  const call = through && ast.isExpression(through) ? ` through ${spoken(through)}` : '';
  const asOne = fanOuts.reachesIoEach(fanOut) ? '' : ', of which the client makes one query';
  return point(`They reach outside of the program${call}${asOne}.`, through);
}
