/** Whether two pieces of code may change places, judged by what they read and write. */
import type { Commuting, Effect, Effects, Place, Resource } from './places.ts';

/** Resources behind which there may be one another: a service may write the database that we read. */
const REMOTE: ReadonlySet<Resource> = new Set(['network', 'database', 'process', 'session']);

/** Resources whose uses never disturb one another: the order of log lines is nobody's business. */
const FREE: ReadonlySet<Resource> = new Set(['log', 'time', 'random']);

/** Whether two pieces of code may run in either order, or at the same time, or why not. */
export function commute(a: Effects, b: Effects): Commuting {
  for (const { unknown, order } of [a, b]) {
    if (unknown !== undefined) return { yes: false, why: unknown.why };
    if (order !== undefined) return { yes: false, why: order.why };
  }
  const meeting =
    meet(a.writes, b.writes) ?? meet(a.writes, b.reads) ?? meet(b.writes, a.reads) ?? undefined;
  if (meeting === undefined) return { yes: true };
  const [first, second] = meeting;
  const both = a.writes.includes(first) && b.writes.includes(second);
  const what = describePlace(first.place);
  return {
    yes: false,
    why: both ? `both write ${what}` : `one writes ${what}, the other reads it`,
  };
}

function meet(some: readonly Effect[], others: readonly Effect[]): [Effect, Effect] | undefined {
  for (const a of some) {
    for (const b of others) if (mayMeet(a.place, b.place)) return [a, b];
  }
  return undefined;
}

/** Whether two places may be the same. */
export function mayMeet(a: Place, b: Place): boolean {
  if (a.kind === 'variable') return b.kind === 'variable' && isSameVariable(a, b);
  if (a.kind === 'property') {
    return b.kind === 'property' && (a.name === b.name || a.name === '*' || b.name === '*');
  }
  if (b.kind !== 'resource' || FREE.has(a.resource)) return false;
  return a.resource === b.resource || (REMOTE.has(a.resource) && REMOTE.has(b.resource));
}

type Variable = Extract<Place, { kind: 'variable' }>;

/** An import may stand for any variable of another file: names change on the way. */
function isSameVariable(a: Variable, b: Variable): boolean {
  if (a.declaration === b.declaration) return true;
  if (!a.imported && !b.imported) return false;
  return a.declaration.getSourceFile() !== b.declaration.getSourceFile();
}

/** A place in words: `` the variable `total` ``, `` the property `items` ``, `the database`. */
export function describePlace(place: Place): string {
  if (place.kind === 'variable') return `the variable \`${place.name}\``;
  if (place.kind === 'property') {
    if (place.name === '[]') return 'the elements of a collection';
    return place.name === '*' ? 'some property' : `the property \`${place.name}\``;
  }
  return place.key === undefined
    ? NAMES[place.resource]
    : `${NAMES[place.resource]} (${place.key})`;
}

/** What code does outside of its own memory, in words: `reads the database and the network`. */
export function describeEffects({ reads, writes }: Effects): string {
  const written = resourcesIn(writes);
  const read = resourcesIn(reads).filter((one) => !written.includes(one));
  const parts = [
    ...(written.length > 0 ? [`writes ${listed(written)}`] : []),
    ...(read.length > 0 ? [`reads ${listed(read)}`] : []),
  ];
  return parts.join(', ') || 'touches nothing outside';
}

function resourcesIn(effects: readonly Effect[]): readonly string[] {
  const names = effects.flatMap(({ place }) =>
    place.kind === 'resource' && !FREE.has(place.resource) ? [NAMES[place.resource]] : [],
  );
  return [...new Set(names)];
}

function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

const NAMES: Readonly<Record<Resource, string>> = {
  filesystem: 'the file system',
  network: 'the network',
  database: 'the database',
  process: 'another process',
  dom: 'the page',
  output: 'the output',
  log: 'the log',
  time: 'the clock',
  random: 'random numbers',
  lock: 'a lock',
  session: 'one session',
};
