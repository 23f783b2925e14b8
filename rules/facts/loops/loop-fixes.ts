/** Ways to let the turns of a loop overlap, as many as can be borne, by what the project has. */
import * as ast from '#ast';
import type { BoundedMapArgument } from '#catalog/limiters.ts';
import { edit } from '#engine/edit.ts';
import type { Edit } from '#engine/finding.ts';
import type { Bounded } from '../fan-out/fan-out-fixes.ts';
import type { Remedies } from '../fan-out/remedies.ts';
import type { Naming } from '../names/naming.ts';
import { ownItems, plural } from '../names/nouns.ts';
import type { Origins } from '../names/origins.ts';
import type { Scopes } from '../names/scopes.ts';
import { moved, unitAt } from '../shape/indenting.ts';
import { indentOf, unwrap } from '../shape/syntax.ts';
import type { Collecting } from './collecting.ts';
import {
  type LoopCallback,
  loopCallback,
  type Spawning,
  waitingCallback,
} from './loop-callbacks.ts';
import type { OverlappingLoop } from './loop-proofs.ts';

/** Rewrites loops whose turns could overlap. */
export class LoopFixes {
  readonly #remedies: Remedies;
  readonly #naming: Naming;
  readonly #origins: Origins;
  readonly #scopes: Scopes;
  readonly #limit: number;

  constructor(remedies: Remedies, naming: Naming, origins: Origins, scopes: Scopes, limit: number) {
    this.#remedies = remedies;
    this.#naming = naming;
    this.#origins = origins;
    this.#scopes = scopes;
    this.#limit = limit;
  }

  /** With a bounded map: `await pMap(users, async (user) => { … }, { concurrency: 16 });` */
  withMapper(found: OverlappingLoop | Spawning): Bounded | undefined {
    const { loop } = found;
    const mapper = this.#remedies.mapperFor(loop);
    const callback = mapper && this.#callback(found);
    if (mapper === undefined || callback === undefined) return undefined;
    const items = mapper.iterable ? sourceText(callback) : this.#listText(callback);
    const given: Readonly<Record<BoundedMapArgument, string>> = {
      items,
      work: callback.text,
      limit: `${this.#limit}`,
      options: `{ concurrency: ${this.#limit} }`,
    };
    const call = `${mapper.name}(${mapper.takes.map((one) => given[one]).join(', ')})`;
    const text = this.#collected(call, callback, loop);
    return { by: mapper.name, edits: [...mapper.imports, edit.replace(loop, text)] };
  }

  /** All at once, where there are few. */
  allAtOnce(found: OverlappingLoop): readonly Edit[] | undefined {
    const callback = this.#callback(found);
    if (callback === undefined) return undefined;
    const { items, text } = callback;
    const list =
      this.#isList(callback) && !isLoose(items)
        ? `${items.getText()}.map(${text})`
        : `Array.from(${sourceText(callback)}, ${text})`;
    return [
      edit.replace(found.loop, this.#collected(`Promise.all(${list})`, callback, found.loop)),
    ];
  }

  /** In batches, with nothing but the language. */
  inBatches(found: OverlappingLoop | Spawning): readonly Edit[] | undefined {
    const { loop } = found;
    const callback = this.#callback(found);
    if (callback === undefined) return undefined;
    const { items, item, byIndex, text } = callback;
    const source = unwrap(items);
    const isList = this.#isList(callback);
    const isStable = isList && ast.isIdentifier(source) && this.#origins.isConstant(source);
    const own = byIndex ? undefined : item && plural(item);
    const names = byIndex ? ['indices', 'positions'] : ['items', 'values'];
    const list = isStable
      ? source.text
      : this.#naming.free(loop, names, (at) => (at === loop ? own : ownItems(at)));
    const index = this.#naming.unused(loop, 'i', 'start', 'offset');
    const batch = this.#naming.unused(loop, 'batch', 'some', 'part');
    const line = `\n${indentOf(loop)}`;
    const unit = unitAt(loop);
    const inner = moved(text, '', unit);
    const lines = [
      ...(isStable ? [] : [`const ${list} = ${this.#listText(callback)};`]),
      `for (let ${index} = 0; ${index} < ${list}.length; ${index} += ${this.#limit}) {`,
      `${unit}const ${batch} = ${list}.slice(${index}, ${index} + ${this.#limit});`,
      ...this.#collectedInBlock(`Promise.all(${batch}.map(${inner}))`, callback, loop).map(
        (one) => `${unit}${one}`,
      ),
      '}',
    ];
    return [edit.replace(loop, lines.join(line))];
  }

  /** The callback, where its result surely fits where the loop put it. */
  #callback(found: OverlappingLoop | Spawning): LoopCallback | undefined {
    if ('started' in found) return waitingCallback(found, this.#scopes);
    const callback = loopCallback(found, this.#scopes);
    if (callback?.isCounted && !this.#naming.isArray(callback.items)) return undefined;
    const result = callback?.result;
    if (result === undefined) return callback;
    if (result.how === 'spread' && !this.#naming.isArray(result.value)) return undefined;
    return isOwnType(result) ? callback : undefined;
  }

  /** Whether what the loop goes through has a length and can be sliced. */
  #isList({ byIndex, items }: LoopCallback): boolean {
    return !byIndex && this.#naming.isArray(items);
  }

  #listText(callback: LoopCallback): string {
    const text = sourceText(callback);
    return this.#isList(callback) ? text : `[...${text}]`;
  }

  /** The same in a block of its own, where a name makes long lines shorter. */
  #collectedInBlock(call: string, callback: LoopCallback, at: ast.Node): readonly string[] {
    const how = callback.result?.how;
    if (how !== 'set' && how !== 'assign' && how !== 'add') {
      return [this.#collected(call, callback, at)];
    }
    const name = this.#naming.unused(at, 'results', 'found', 'answers');
    const handed = this.#collected(name, callback, at)
      .replace(`(await ${name})`, name)
      .replace(`await ${name}`, name);
    return [`const ${name} = await ${call};`, handed];
  }

  /** Hands on, in order, what the callback answered for each item. */
  #collected(call: string, { result, isOptional }: LoopCallback, at: ast.Node): string {
    if (result === undefined) return `await ${call};`;
    const name = result.name.text;
    const isFlat = isOptional || result.how === 'spread';
    const all = isFlat ? `(await ${call}).flat()` : `await ${call}`;
    if (result.how === 'push' || result.how === 'spread') {
      return `${name}.push(...${isFlat ? all : `(${all})`});`;
    }
    const key = this.#naming.unused(at, 'key', 'name', 'id');
    const value = this.#naming.unused(at, 'value', 'result', 'answer');
    if (result.how === 'add') return `for (const ${value} of ${all}) ${name}.add(${value});`;
    const set = result.how === 'set' ? `.set(${key}, ${value})` : `[${key}] = ${value}`;
    return `for (const [${key}, ${value}] of ${all}) ${name}${set};`;
  }
}

/** What a loop goes through, as an iterable. */
function sourceText({ items, byIndex }: LoopCallback): string {
  return byIndex ? `${items.getText()}.keys()` : items.getText();
}

/** Expressions that a method cannot be called on without parentheses. */
function isLoose(node: ast.Expression): boolean {
  return !(
    ast.isIdentifier(node) ||
    ast.isCallExpression(node) ||
    ast.isPropertyAccessExpression(node) ||
    ast.isElementAccessExpression(node) ||
    ast.isArrayLiteralExpression(node) ||
    ast.isParenthesizedExpression(node)
  );
}

/**
 * Whether a value keeps its type when it is returned first: literals within it would become `string` or `number`, which a
 * list with a written type need not take.
 */
function isOwnType({ declaration, value }: Collecting): boolean {
  if (!ast.isVariableDeclaration(declaration) || declaration.type === undefined) {
    const made = ast.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
    return made === undefined || !ast.isNewExpression(made) || !hasLiteral(value);
  }
  return !hasLiteral(value);
}

function hasLiteral(node: ast.Node): boolean {
  const at = ast.isExpression(node) ? unwrap(node) : node;
  if (ast.isLiteralExpression(at) || at.kind === ast.SyntaxKind.TrueKeyword) return true;
  if (at.kind === ast.SyntaxKind.FalseKeyword) return true;
  if (ast.isConditionalExpression(at)) return hasLiteral(at.whenTrue) || hasLiteral(at.whenFalse);
  if (ast.isArrayLiteralExpression(at)) return true;
  if (!ast.isObjectLiteralExpression(at)) return false;
  return at.properties.some((one) => ast.isPropertyAssignment(one) && hasLiteral(one.initializer));
}
