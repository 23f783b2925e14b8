import * as ast from '#ast';
import { type Context, defineRule, edit, type Fix, type OptionsOf } from '#engine';
import {
  asyncKeywordOf,
  awaitsGiven,
  calleeName,
  catchCallEdits,
  caughtInside,
  type Facts,
  functionGiven,
  gatherAllEdits,
  headOf,
  hearsWithin,
  isAssignment,
  isAsync,
  isForEach,
  isFunctionExpression,
  isGivenByName,
  isMethodCall,
  isOptional,
  isOthersMatter,
  isPostfix,
  loopEdits,
  type Member,
  type MethodCall,
  mayOverpromise,
  mayReturnPromise,
  namesGiven,
  overpromises,
  propertySlot,
  returnsPromises,
  returnsUnhandled,
  type Slot,
  slotOf,
  spoken,
  statementOfCall,
  unhandledResult,
  unwrap,
  usesOf,
  waits,
} from '#facts';

/** Which places are checked, and whom to trust. */
const OPTIONS = {
  arguments: { description: 'Whether arguments of calls are checked.', default: true },
  attributes: { description: 'Whether JSX attributes are checked.', default: false },
  properties: { description: 'Whether members of objects are checked.', default: true },
  variables: { description: 'Whether typed variables and fields are checked.', default: true },
  returns: { description: 'Whether functions that are returned are checked.', default: true },
  overrides: {
    description: 'Whether methods and fields of typed classes are checked.',
    default: true,
  },
  waiters: {
    description: 'Functions that wait for callbacks, whatever types say: `module#name`, or a name.',
    default: [],
  },
} as const;

/**
 * Whoever calls this function ignores what it returns. Its promise is dropped: the caller goes on before the work is done,
 * and when the promise rejects nobody hears it, which ends the process in Node.
 */
export default defineRule({
  id: 'dropped-async-callback',
  family: 'unawaited',
  severity: 'error',
  preset: 'recommended',
  summary: 'A function that returns a promise is given to a caller that ignores the result.',
  advice:
    'Loop with `for…of`, or gather the promises of `map`; in handlers, catch what may go wrong inside.',
  replaces: ['@typescript-eslint/no-misused-promises', 'biome/noMisusedPromises'],
  honours: ['no-promise-executor-return'],
  options: OPTIONS,

  visit: {
    ArrowFunction(fn, context) {
      check(fn, slotOf(fn), context);
      if (ast.isExpression(fn.body)) checkName(fn.body, context);
    },
    FunctionExpression: (fn, context) => check(fn, slotOf(fn), context),
    CallExpression: checkNames,
    NewExpression: checkNames,
    PropertyAssignment: ({ initializer }, context) => checkName(initializer, context),
    VariableDeclaration({ type, initializer }, context) {
      if (type !== undefined && initializer !== undefined) checkName(initializer, context);
    },
    ReturnStatement({ expression }, context) {
      if (expression !== undefined) checkName(expression, context);
    },
    JsxAttribute({ initializer }, context) {
      if (!context.options.attributes || initializer === undefined) return;
      if (ast.isJsxExpression(initializer) && initializer.expression !== undefined) {
        checkName(initializer.expression, context);
      }
    },
    MethodDeclaration: (method, context) => checkMember(method, context),
    PropertyDeclaration(property, context) {
      const { type, initializer } = property;
      if (type === undefined) checkMember(property, context);
      else if (initializer !== undefined) checkName(initializer, context);
    },
    ShorthandPropertyAssignment({ name }, context) {
      if (ast.isIdentifier(name)) checkName(name, context);
    },
    BinaryExpression(node, context) {
      if (isAssignment(node)) checkName(node.right, context);
    },
  },
});

type RuleContext = Context<OptionsOf<typeof OPTIONS>>;

/** The option that turns the check of a kind of place on. */
const OPTION_OF = {
  argument: 'arguments',
  attribute: 'attributes',
  property: 'properties',
  variable: 'variables',
  return: 'returns',
} as const;

function checkNames(call: ast.CallExpression | ast.NewExpression, context: RuleContext): void {
  for (const node of namesGiven(call)) checkName(node, context);
}

function checkName(node: ast.Expression, context: RuleContext): void {
  if (isGivenByName(node)) check(node, slotOf(node), context);
}

/** Reports a function that returns a promise nobody handles, given to somebody who ignores it. */
function check(node: ast.Expression, slot: Slot | undefined, context: RuleContext): void {
  const { facts, options, report } = context;
  if (slot === undefined || !options[OPTION_OF[slot.kind]]) return;
  if (slot.kind === 'argument' && isOthersMatter(slot.call, node)) return;
  if (!mayReturnPromise(node, facts.origins) || !returnsPromises(node, facts)) return;
  const isLoop = slot.kind === 'argument' && isForEach(slot);
  const reception = facts.receptions.of(node, slot);
  const isLikely = reception === 'unknown' && isLoop && isUnknownLoop(slot.call, node, facts);
  if (reception !== 'dropped' && !isLikely) return;
  if (!returnsUnhandled(node, facts)) return;
  if (isLoop ? !mayWait(node) : hearsWithin(node, facts)) return;
  if (slot.kind === 'argument' && isHeardElsewhere(slot, context)) return;
  if (slot.kind === 'variable' && isHandedOn(slot, context)) return;

  const place = placeOf(node, slot, facts);
  report(place, {
    message: messageFor(slot),
    ...(isLikely && { certainty: 'likely' }),
    fixes: () => fixesFor(node, slot, facts),
  });
}

/** A variable may promise less than it holds, if what it is handed to in the same file takes promises. */
function isHandedOn(
  { name }: Slot & { readonly kind: 'variable' },
  { facts, source }: RuleContext,
) {
  return usesOf(name, source.root).some((use) => {
    const slot = slotOf(use);
    return slot?.kind === 'argument' && facts.receptions.of(use, slot) === 'taken';
  });
}

function mayWait(node: ast.Expression): boolean {
  const fn = unwrap(node);
  return !isFunctionExpression(fn) || waits(fn);
}

/** `anything.forEach(async …);`: what else has a `forEach` that waits takes the list first, or is awaited. */
function isUnknownLoop(
  call: ast.CallExpression | ast.NewExpression,
  node: ast.Expression,
  facts: Facts,
): boolean {
  if (!isMethodCall(call) || call.arguments.length > 1) return false;
  if (!ast.isExpressionStatement(call.parent) || !isFunctionExpression(unwrap(node))) return false;
  return facts.promiseness(call.expression.expression) === 'unknown';
}

function isHeardElsewhere(
  { call, index }: Slot & { readonly kind: 'argument' },
  { facts, options }: RuleContext,
): boolean {
  if (!ast.isCallExpression(call)) return false;
  const fn = facts.functionAt(call.expression);
  if (fn !== undefined && awaitsGiven(fn, index, facts)) return true;
  return facts.receptions.isHeardElsewhere(call) || facts.safety.isNamed(call, options.waiters);
}

function placeOf(node: ast.Expression, slot: Slot, facts: Facts): ast.Node {
  if (slot.kind === 'argument' && isForEach(slot) && isMethodCall(slot.call)) {
    return slot.call.expression.name;
  }
  const fn = functionGiven(node);
  if (!isFunctionExpression(fn)) return headOf(fn);
  if (isAsync(fn)) return asyncKeywordOf(fn) ?? fn;
  return headOf(unhandledResult(fn, facts) ?? fn);
}

function messageFor(slot: Slot): string {
  if (slot.kind === 'return') return messageAbout('the returned function');
  if (slot.kind !== 'argument') return messageAbout(`\`${slot.name}\``);
  const name = calleeName(slot.call);
  if (isForEach(slot)) {
    return '`forEach` does not wait for the promises of its callback, or hear them reject.';
  }
  const word = ast.isNewExpression(slot.call) ? 'new ' : '';
  const subject = name === undefined ? 'This call' : `\`${word}${name}\``;
  return `${subject} ignores the promise of its callback, so nobody hears it reject.`;
}

function messageAbout(name: string): string {
  return `Whoever calls ${name} ignores its promise, so nobody hears it reject.`;
}

/** A member of an object or a class, of which whoever calls it wants no result. */
function checkMember(member: Member, { facts, options, report }: RuleContext): void {
  const { name, parent } = member;
  // Angular calls its hooks in a zone that hears whatever rejects.
  if (!mayOverpromise(member, facts.origins) || /^ng[A-Z]/.test(name.getText())) return;
  const isOfObject = ast.isMethodDeclaration(member) && ast.isObjectLiteralExpression(parent);
  if (!options[isOfObject ? OPTION_OF[propertySlot(member).kind] : 'overrides']) return;
  const contract = facts.receptions.voidContractOf(member);
  if (contract === undefined || !overpromises(member, facts)) return;
  const own = `\`${name.getText()}\``;

  report(name, {
    message: ast.isExpressionWithTypeArguments(contract)
      ? `Whoever knows only ${spoken(contract.expression)} ignores the promise of ${own}.`
      : messageAbout(own),
    // Others may call a method of a class by its own type, and hear it reject: that is not to be taken from them.
    fixes: () => (isOfObject ? [caughtInside(member, facts)] : []),
  });
}

function fixesFor(node: ast.Expression, slot: Slot, facts: Facts): readonly (Fix | undefined)[] {
  const fn = functionGiven(node);
  if (slot.kind === 'argument' && isForEach(slot) && isMethodCall(slot.call)) {
    return [loopInstead(slot.call, facts), gatherInstead(slot.call, facts)];
  }
  if (slot.kind === 'argument' && ast.isNewExpression(slot.call)) return [];
  if (isFunctionExpression(fn)) return [caughtInside(fn, facts)];
  return slot.kind === 'argument' ? [catchCalled(unwrap(node), slot.call, facts)] : [];
}

/** Makes `xs.forEach(async (x) => { … });` into `for (const x of xs) { … }`. */
function loopInstead(call: MethodCall, facts: Facts): Fix | undefined {
  const kind = facts.receptions.collectionOf(call.expression.expression);
  const room = facts.roomForAwait(call);
  const edits = kind && room && loopEdits(call, kind);
  if (!edits || !room) return undefined;
  return {
    id: 'loop',
    title: 'Go one at a time with `for…of`',
    kind: 'suggested',
    edits: [...room, ...edits],
  };
}

/** Makes `xs.forEach(f);` into `await Promise.all(xs.map(f));`, or into a bounded map where the input says how many. */
function gatherInstead(call: MethodCall, facts: Facts): Fix | undefined {
  const items = call.expression.expression;
  const [work] = call.arguments;
  const room = facts.roomForAwait(call);
  if (work === undefined || room === undefined || statementOfCall(call) === undefined) return;
  if (facts.receptions.collectionOf(items) !== 'array') return undefined;
  const size = facts.sizeOf(items);
  const fanOut = { node: call, items, work: unwrap(work), kind: 'called', size } as const;
  if (size.kind !== 'input' || !facts.fanOuts.reachesIo(fanOut)) {
    const edits = [...room, ...gatherAllEdits(call)];
    return { id: 'gather', title: 'Go all at once with `Promise.all`', kind: 'suggested', edits };
  }
  const bounded = facts.fanOutFixes.insteadOfLoop(call, items, work);
  if (bounded === undefined || isOptional(call.expression)) return undefined;
  const wait = ast.isAwaitExpression(call.parent) ? [] : [edit.before(call, 'await ')];
  return {
    id: 'gather',
    title: `Run ${facts.settings.fanOut} at a time with \`${bounded.by}\``,
    kind: 'suggested',
    edits: [...room, ...wait, ...bounded.edits],
  };
}

/** Makes `setTimeout(tick, 100)` into `setTimeout(() => tick().catch(…), 100)`; what has arguments stays as it is. */
function catchCalled(
  callback: ast.Expression,
  call: ast.CallExpression | ast.NewExpression,
  facts: Facts,
): Fix | undefined {
  if (!ast.isCallExpression(call) || !facts.receptions.isTimer(call)) return undefined;
  if (call.arguments.length > 2 || !isPostfix(callback)) return undefined;
  if (facts.returnsPromise(functionGiven(callback)) !== 'always') return undefined;
  return {
    id: 'catch',
    title: 'Log what goes wrong inside',
    kind: 'suggested',
    edits: catchCallEdits(callback),
  };
}
