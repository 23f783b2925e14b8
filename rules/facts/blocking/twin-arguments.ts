/** What the arguments of a blocking call say, and how they change for its twin. */
import * as ast from '#ast';
import { edit } from '#engine/edit.ts';
import type { Edit } from '#engine/finding.ts';
import { type Program, TypeFlags } from '#program';
import type { Promises } from '../promises/promises.ts';
import { collect, unwrap } from '../shape/syntax.ts';
import { watcherOf } from '../shape/watchers.ts';

type Call = ast.CallExpression;

/** What has to be asked. */
interface Types {
  readonly program: Program;
  readonly promises: Promises;
}

/** `readFileSync(0)` reads what is open already: file descriptors are for the callback API only. */
export function isDescriptor(call: Call, { program }: Types): boolean {
  const [file] = call.arguments;
  if (file === undefined) return true;
  if (ast.isSpreadElement(file) || ast.isNumericLiteral(file)) return true;
  if (ast.isStringLiteral(file) || ast.isTemplateExpression(file)) return false;
  const type = program.query.typeAt(file);
  const parts = type === undefined ? [] : program.query.parts(type);
  return parts.some(({ flags }) => (flags & TypeFlags.NumberLike) !== 0);
}

/** Whether no option is given that the twin lacks, as far as can be seen. */
export function optionsFit(
  call: Call,
  lacks: readonly string[],
  { program, promises }: Types,
): boolean {
  if (lacks.length === 0) return true;
  return call.arguments.slice(1).every((given) => {
    const at = unwrap(given);
    if (ast.isObjectLiteralExpression(at)) {
      return at.properties.map(keyOf).every((key) => key !== undefined && !lacks.includes(key));
    }
    if (ast.isArrayLiteralExpression(at) || ast.isStringLiteral(at)) return true;
    const type = program.query.typeAt(at);
    if (type === undefined) return false;
    return (type.flags & TypeFlags.StringLike) !== 0 || promises.elements(type) !== undefined;
  });
}

/** Whether the `catch` round a call reads something of the error that the twin's error has not. */
export function readsFromError(call: Call, names: readonly string[]): boolean {
  const watcher = names.length === 0 ? undefined : watcherOf(call);
  if (watcher?.kind !== 'catch' || watcher.node.catchClause === undefined) return false;
  return collect(watcher.node.catchClause, isName, { intoFunctions: true }).some(
    ({ text, parent }) => names.includes(text) && !ast.isVariableDeclaration(parent),
  );
}

function isName(node: ast.Node): node is ast.Identifier {
  return ast.isIdentifier(node);
}

/** Without an encoding the blocking form of `execSync` gives bytes. */
export function bytesEdit(call: Call): readonly Edit[] | undefined {
  const last = call.arguments.at(-1);
  if (last === undefined) return undefined;
  if (!ast.isObjectLiteralExpression(last)) return [edit.after(last, ", { encoding: 'buffer' }")];
  if (last.properties.some((one) => keyOf(one) === 'encoding')) return [];
  const [first] = last.properties;
  return [
    first
      ? edit.before(first, "encoding: 'buffer', ")
      : edit.replace(last, "{ encoding: 'buffer' }"),
  ];
}

/** `execSync(c).toString()` is the same for bytes and for text. */
export function isTurnedToText(call: Call): boolean {
  const { parent } = call;
  if (!ast.isPropertyAccessExpression(parent) || parent.name.text !== 'toString') return false;
  return ast.isCallExpression(parent.parent) && parent.parent.arguments.length === 0;
}

/** Takes `throwIfNoEntry: false` away; the promise is told instead what to give where nothing is. */
export function absenceEdits(call: Call): readonly Edit[] | undefined {
  const [, given] = call.arguments;
  const options = given && unwrap(given);
  if (options === undefined || !ast.isObjectLiteralExpression(options)) return undefined;
  const property = settingOf(options, 'throwIfNoEntry', ast.SyntaxKind.FalseKeyword);
  if (property === undefined) return undefined;
  return [
    ...withoutSetting(property, options, call),
    edit.after(
      call,
      ".catch((error) => (error.code === 'ENOENT' ? undefined : Promise.reject(error)))",
    ),
  ];
}

/** Takes `sync: true` away, where a file is named: without one some functions give a stream. */
export function unsyncEdits(call: Call, name: string): readonly Edit[] | undefined {
  const [given] = call.arguments;
  const options = given && unwrap(given);
  if (options === undefined || !ast.isObjectLiteralExpression(options)) return undefined;
  const property = settingOf(options, name, ast.SyntaxKind.TrueKeyword);
  const keys = options.properties.map(keyOf);
  if (property === undefined || !keys.some((key) => key === 'file' || key === 'f'))
    return undefined;
  return withoutSetting(property, options, call);
}

/** The property of this name and value, where no other could stand for it. */
function settingOf(
  options: ast.ObjectLiteralExpression,
  name: string,
  value: ast.SyntaxKind,
): ast.PropertyAssignment | undefined {
  const { properties } = options;
  if (!properties.every((one) => keyOf(one) !== undefined)) return undefined;
  const [found, ...more] = properties.filter((one) => keyOf(one) === name);
  if (found === undefined || more.length > 0 || !ast.isPropertyAssignment(found)) return undefined;
  return found.initializer.kind === value ? found : undefined;
}

/** Removes a property and its comma; the whole argument when nothing else is in it. */
function withoutSetting(
  property: ast.PropertyAssignment,
  options: ast.ObjectLiteralExpression,
  call: Call,
): readonly Edit[] {
  const { properties } = options;
  const at = properties.indexOf(property);
  const next = properties[at + 1];
  if (next !== undefined) return [edit.range(call, property.getStart(), next.getStart(), '')];
  const before = properties[at - 1];
  if (before !== undefined) return [edit.range(call, before.end, property.end, '')];
  const [first] = call.arguments;
  return first === undefined || first.end >= options.end
    ? [edit.replace(options, '{}')]
    : [edit.range(call, first.end, options.end, '')];
}

/** The name of a property; nothing for `...rest` and computed ones. */
function keyOf(property: ast.ObjectLiteralElementLike): string | undefined {
  if (!('name' in property) || property.name === undefined) return undefined;
  const { name } = property;
  return ast.isIdentifier(name) || ast.isStringLiteral(name) ? name.text : undefined;
}
