/**
 * Why a loop waits for one turn before it starts the next. Each nature that makes the waiting part of the loop's purpose
 * is one function; what is left may be a loop that waits for nothing, which its effects have to show.
 */
import * as ast from '#ast';
import { isGuard } from '../effects/guards.ts';
import { handsSessionOn, isHeldInside, isSessionReceiver } from '../effects/sessions.ts';
import type { Limiters } from '../fan-out/limiters.ts';
import type { Scopes } from '../names/scopes.ts';
import { isCombinator } from '../promises/combining.ts';
import { contains, enclosingFunction, isGenerator, isMethodCall, unwrap } from '../shape/syntax.ts';
import { CUTTING } from '../sizes/collection-calls.ts';
import type { Loop } from '../sizes/growth.ts';
import { type LoopParts, partsOf } from './loop-parts.ts';

/** What makes a loop go one turn at a time. */
export type LoopNature =
  | 'consumer'
  | 'retry'
  | 'poll'
  | 'pages'
  | 'paced'
  | 'early exit'
  | 'carried'
  | 'stream'
  | 'session'
  | 'dialogue'
  | 'batches'
  | 'generator'
  | 'limited'
  | 'guard'
  | 'intent';

/** What the natures are told by. */
interface Known {
  readonly scopes: Scopes;
  readonly limiters: Limiters;
}

type Test = (parts: LoopParts, known: Known) => boolean;

/** Tells loops apart. */
export class Loops {
  readonly #known: Known;
  readonly #plain = new Set<Loop>();

  constructor(scopes: Scopes, limiters: Limiters) {
    this.#known = { scopes, limiters };
  }

  /** The first nature that a loop has; nothing when nothing in its shape asks for one turn at a time. */
  natureOf(loop: Loop): LoopNature | undefined {
    if (this.#plain.has(loop)) return undefined;
    const parts = partsOf(loop);
    const nature = NATURES.find(([, test]) => test(parts, this.#known))?.[0];
    if (nature === undefined) this.#plain.add(loop);
    return nature;
  }

  /** Whether what one turn finds can spare the others: `break` and `return`; a `throw` does not count. */
  mayEndEarly(loop: Loop): boolean {
    return partsOf(loop).exits.some((exit) => !ast.isThrowStatement(exit));
  }
}

/** Why a loop of some nature goes one turn at a time; continues a sentence. */
export function describeNature(nature: LoopNature): string {
  return REASONS[nature];
}

const REASONS: Readonly<Record<LoopNature, string>> = {
  intent: 'a comment says that the order, or the load, is meant',
  generator: 'values are handed out one by one, when somebody asks for them',
  consumer: 'it takes work from something that others fill',
  retry: 'the same is tried again after it failed',
  pages: 'the next request needs what the last one answered',
  paced: 'time passes on purpose between one turn and the next',
  poll: 'it goes on until something outside has changed',
  session: 'all turns use one transaction, session, connection or page',
  stream: 'what is written arrives in the order in which it is written',
  dialogue: 'a person is asked one thing at a time',
  batches: 'each turn starts many things already',
  limited: 'something decides when the next turn may start',
  guard: 'each turn makes sure that the next may take place',
  'early exit': 'what one turn finds out can end the loop',
  carried: 'a variable takes a value from one turn to the next',
};

/** In this order: the more telling before the more general. */
const NATURES: readonly (readonly [LoopNature, Test])[] = [
  ['intent', saysSo],
  ['generator', handsOutValues],
  ['consumer', consumes],
  ['retry', triesAgain],
  ['pages', turnsPages],
  ['paced', pauses],
  ['poll', polls],
  ['session', usesSession],
  ['stream', streams],
  ['dialogue', asks],
  ['batches', fansOut],
  ['limited', waitsForRoom],
  ['guard', guards],
  ['early exit', leavesEarly],
  ['carried', carriesValues],
];

/** A comment in the loop, a few lines above, or above the function says that the order, or the load, is meant. */
function saysSo({ loop }: LoopParts): boolean {
  const { text } = loop.getSourceFile();
  const fn = enclosingFunction(loop);
  const above = text
    .slice(fn?.pos ?? 0, loop.getStart())
    .split('\n')
    .slice(-LINES_ABOVE);
  const head = fn === undefined ? '' : text.slice(fn.pos, fn.getStart());
  const around = `${head}\n${above.join('\n')}${loop.getText()}`;
  const comments = around.match(/\/\/.*|\/\*[\s\S]*?\*\//g) ?? [];
  return comments.some((one) => IN_ORDER.test(one) || (TOGETHER.test(one) && !TO_DO.test(one)));
}

/** How far above a loop a comment may stand that is about it. */
const LINES_ABOVE = 8;

const IN_ORDER =
  /sequential|serial(?!i)|one (?:by one|at a time|after)|in order(?! to)|in series|in turn|order matters|rate.?limit|throttl|too many|overload|overwhelm|memory/i;

const TOGETHER = /concurren|parallel|simultaneous/i;

const TO_DO = /todo|fixme|could|should|may be|can be/i;

/** Values are handed out one by one, when somebody asks for them. */
function handsOutValues({ loop, yields }: LoopParts): boolean {
  const fn = enclosingFunction(loop);
  return yields.length > 0 || (fn !== undefined && isGenerator(fn));
}

/** Work is taken from something that others fill, or that the work itself adds to. */
function consumes({ loop, forAwaits, calls }: LoopParts): boolean {
  if (ast.isForOfStatement(loop)) {
    if (loop.awaitModifier !== undefined) return true;
    const source = loop.expression.getText();
    return calls.some(
      (call) =>
        isMethodCall(call, 'push', 'unshift', 'add', 'set', 'splice', 'shift', 'delete') &&
        call.expression.expression.getText() === source,
    );
  }
  if (forAwaits.length > 0) return true;
  return (isOpenEnded(loop) || ast.isForStatement(loop)) && takes(loop);
}

function takes(loop: Loop): boolean {
  const header = ast.isForInStatement(loop) || ast.isForOfStatement(loop) ? '' : headerOf(loop);
  return TAKES.test(`${header}\n${loop.statement.getText()}`);
}

const TAKES = /\.(?:shift|pop|dequeue|take|receive|recv|read|next|splice|poll)\(/;

/** The same is tried again after it failed. */
function triesAgain({ loop, tries, exits }: LoopParts): boolean {
  if (!ast.isForOfStatement(loop) && ATTEMPT.test(headerOf(loop))) return true;
  return tries.some(({ tryBlock }) => exits.some((exit) => contains(tryBlock, exit)));
}

const ATTEMPT = /attempt|retr(?:y|ies)|\btries\b|backoff/i;

/** The next request needs what the last one answered: a cursor, a token, whether there is more. */
function turnsPages({ loop, targets, exits }: LoopParts): boolean {
  if (ast.isForOfStatement(loop) || ast.isForInStatement(loop)) return false;
  if (targets.some(({ text }) => PAGE.test(text))) return true;
  return PAGE.test(headerOf(loop)) && (exits.length > 0 || isOpenEnded(loop));
}

const PAGE =
  /cursor|token|page|offset|skip|after|marker|continuation|hasMore|next|last(?:Id|Key|Evaluated)/i;

/** Time passes on purpose between one turn and the next. */
function pauses({ awaits, calls }: LoopParts): boolean {
  if (awaits.some(({ expression }) => /\bset(?:Timeout|Immediate)\b/.test(expression.getText()))) {
    return true;
  }
  return calls.some((call) => PAUSE.test(nameOf(call)) && ast.isAwaitExpression(call.parent));
}

const PAUSE =
  /^(?:sleep|delay|wait|pause|backoff|throttle|setTimeout|setImmediate|nextTick|tick|yield|debounce|cooldown)|Sleep$|Delay$/i;

/** It goes on until something outside has changed. */
function polls({ loop }: LoopParts): boolean {
  return isOpenEnded(loop);
}

/** All turns use one transaction, session, connection or page, which does one thing at a time. */
function usesSession({ loop, calls }: LoopParts, { scopes }: Known): boolean {
  if (isHeldInside(loop)) return true;
  return calls.some((call) => {
    if (handsSessionOn(call.arguments, scopes)) return true;
    const callee = unwrap(call.expression);
    return ast.isPropertyAccessExpression(callee) && isSessionReceiver(callee.expression, scopes);
  });
}

/** What is written arrives in the order in which it is written. */
function streams({ calls }: LoopParts): boolean {
  return calls.some((call) => {
    if (isMethodCall(call, 'pipe', 'pipeline', 'drain')) return true;
    if (!isMethodCall(call, 'write', 'send', 'enqueue', 'read', 'append', 'end')) return false;
    return STREAM.test(call.expression.expression.getText());
  });
}

const STREAM =
  /(?:stream|writer|reader|writable|readable|socket|ws|res|response|reply|controller|stdout|stderr|handle|pipe|channel|output|out)$/i;

/** A person is asked, and shown one thing at a time. */
function asks({ calls }: LoopParts): boolean {
  return calls.some((call) => ASK.test(nameOf(call)) && !isOfQuery(call));
}

/** `.select('name')` in the chain of a query asks nobody. */
function isOfQuery(call: ast.CallExpression): boolean {
  const callee = unwrap(call.expression);
  const isLater = ast.isPropertyAccessExpression(callee) && ast.isCallExpression(callee.expression);
  return nameOf(call) === 'select' && (isLater || ast.isPropertyAccessExpression(call.parent));
}

const ASK =
  /^(?:prompts?|confirm|ask|question|select|input|password|checkbox|pick|dialog|showModal|showQuickPick|showInputBox|show\w+Message)$/i;

/** Each turn starts many things already. */
function fansOut({ loop, calls }: LoopParts): boolean {
  if (calls.some(isGathering)) return true;
  if (ast.isForOfStatement(loop)) {
    const source = unwrap(loop.expression);
    return ast.isCallExpression(source) && CUTTING.test(nameOf(source));
  }
  if (!ast.isForStatement(loop) || loop.incrementor === undefined) return false;
  const step = unwrap(loop.incrementor);
  return ast.isBinaryExpression(step) && step.right.getText() !== '1';
}

function isGathering(call: ast.CallExpression): boolean {
  if (!isCombinator(call)) return false;
  const list = call.arguments[0] && unwrap(call.arguments[0]);
  // A list of two or three written out is a step of the turn, not a batch.
  return (
    list !== undefined &&
    !(ast.isArrayLiteralExpression(list) && !list.elements.some(ast.isSpreadElement))
  );
}

/** Something decides when the next turn may start. */
function waitsForRoom({ calls }: LoopParts, { limiters }: Known): boolean {
  return calls.some((call) => limiters.isNamedLimiter(call));
}

/** Each turn makes sure that the next may take place. */
function guards({ awaits }: LoopParts): boolean {
  return awaits.some(({ parent, expression }) => {
    const call = unwrap(expression);
    return ast.isExpressionStatement(parent) && ast.isCallExpression(call) && isGuard(call);
  });
}

/** What one turn finds out can end the loop. */
function leavesEarly({ exits }: LoopParts): boolean {
  return exits.length > 0;
}

/** A variable takes a value from one turn to the next. */
function carriesValues({ loop, targets }: LoopParts, { scopes }: Known): boolean {
  return targets.some((name) => {
    const declaration = scopes.declarationOf(name);
    return declaration === undefined || !contains(loop.statement, declaration);
  });
}

/** Loops without an end of their own. */
function isOpenEnded(loop: Loop): boolean {
  if (ast.isForStatement(loop)) return loop.condition === undefined;
  return ast.isWhileStatement(loop) || ast.isDoStatement(loop);
}

/** What stands between a loop's parentheses. */
function headerOf(loop: Loop): string {
  if (ast.isForStatement(loop)) {
    return [loop.initializer, loop.condition, loop.incrementor]
      .map((part) => part?.getText() ?? '')
      .join(';');
  }
  return loop.expression.getText();
}

function nameOf(call: ast.CallExpression): string {
  const callee = unwrap(call.expression);
  if (ast.isPropertyAccessExpression(callee)) return callee.name.text;
  return ast.isIdentifier(callee) ? callee.text : '';
}
