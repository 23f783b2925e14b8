/** Orders statements by what each needs: awaits in waves, each wave started together, all else in between. */
import * as ast from '#ast';
import type { AwaitStatement, Movable } from './awaits.ts';

/** A statement of a series, and the number of waves that have to be over before it runs. */
export interface Step {
  readonly item: Movable;
  readonly after: number;
}

/** Awaits that stand one after the other although not each needs the one before. */
export interface Series {
  /** In the order of the text, at least two. */
  readonly awaits: readonly AwaitStatement[];
  /** The same, by when each can start at the earliest: all of a wave together, after the wave before. */
  readonly waves: readonly (readonly AwaitStatement[])[];
  /** All statements from the first await to the last, in the order of the text. */
  readonly steps: readonly Step[];
  /** Whether something that stays is changed while others of the same wave are under way. */
  readonly changes: boolean;
}

/** A statement of a run. */
interface Item {
  readonly item: Movable;
  /** Whether it changes something that stays. */
  readonly changes?: boolean;
}

/** What has to be so before a statement may begin: an earlier one is over, or has begun. */
export type Bond = 'over' | 'begun';

/** How the later of two statements is bound to the earlier one, if it is. */
export type Needs<T> = (later: T, earlier: T) => Bond | undefined;

/** The part of a run in which awaits can overlap; nothing when each waits for the one before. */
export function seriesIn<T extends Item>(run: readonly T[], needs: Needs<T>): Series | undefined {
  const from = run.findIndex(waits);
  const some = run.slice(from, run.findLastIndex(waits) + 1);
  if (from < 0) return undefined;
  const steps = stepsOf(some, needs);
  const waves = wavesOf(steps);
  const awaits = steps.map(({ item }) => item).filter((item) => item.kind === 'await');
  if (waves.length >= awaits.length) return undefined;
  if (isAlone(waves.at(0), awaits.at(0))) return seriesIn(some.slice(1), needs);
  if (isAlone(waves.at(-1), awaits.at(-1))) return seriesIn(some.slice(0, -1), needs);
  const changing = new Set<Movable>(some.flatMap(({ item, changes }) => (changes ? [item] : [])));
  const changes = waves.some((wave) => wave.length > 1 && wave.some((one) => changing.has(one)));
  return { awaits, waves, steps, changes };
}

/** The names that a statement gives values to. */
export function namesSetBy(item: Movable): readonly string[] {
  if (item.kind === 'await' && item.target.kind === 'part') return [];
  const { statement } = item;
  const names: string[] = [];
  const add = (name: ast.BindingName | undefined): void => {
    if (name === undefined) return;
    if (ast.isIdentifier(name)) names.push(name.text);
    else for (const one of name.elements) if (ast.isBindingElement(one)) add(one.name);
  };
  if (ast.isVariableStatement(statement)) {
    for (const { name } of statement.declarationList.declarations) add(name);
  }
  return names;
}

/** Whether code says one of some names, in types too; names of properties do not count. */
export function mentions(node: ast.Node, names: readonly string[]): boolean {
  return mentioned(node, names) !== undefined;
}

/** The first of some names that code says, in types too; names of properties do not count. */
export function mentioned(node: ast.Node, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  let found: string | undefined;
  const look = (at: ast.Node): undefined => {
    if (found !== undefined || isKey(at)) return;
    if (ast.isIdentifier(at)) found = names.find((name) => name === at.text);
    else at.forEachChild(look);
    return undefined;
  };
  look(node);
  return found;
}

/** A name that names a property, not a variable: `x.name`, `{ name: 1 }`, `<A name={1} />`. */
function isKey(node: ast.Node): boolean {
  const { parent } = node;
  if (ast.isPropertyAccessExpression(parent)) return parent.name === node;
  if (ast.isPropertyAssignment(parent) || ast.isJsxAttribute(parent)) return parent.name === node;
  if (ast.isMethodDeclaration(parent) || ast.isPropertySignatureDeclaration(parent)) {
    return parent.name === node;
  }
  return ast.isBindingElement(parent) && parent.propertyName === node;
}

function waits({ item }: Item): boolean {
  return item.kind === 'await';
}

function stepsOf<T extends Item>(run: readonly T[], needs: Needs<T>): readonly Step[] {
  const steps: Step[] = [];
  run.forEach((one, index) => {
    const after = run.slice(0, index).map((earlier, at) => {
      return startAfter(steps[at], needs(one, earlier));
    });
    steps.push({ item: one.item, after: Math.max(0, ...after) });
  });
  return steps;
}

/** How many waves have to be over for what is bound to a step. */
function startAfter(step: Step | undefined, bond: Bond | undefined): number {
  if (step === undefined || bond === undefined) return 0;
  return bond === 'over' && step.item.kind === 'await' ? step.after + 1 : step.after;
}

function wavesOf(steps: readonly Step[]): readonly (readonly AwaitStatement[])[] {
  const waves: AwaitStatement[][] = [];
  for (const { item, after } of steps) {
    if (item.kind !== 'await') continue;
    const wave = waves[after] ?? [];
    wave.push(item);
    waves[after] = wave;
  }
  return waves;
}

function isAlone(
  wave: readonly AwaitStatement[] | undefined,
  outermost: AwaitStatement | undefined,
): boolean {
  return wave?.length === 1 && wave[0] === outermost;
}
