/** What a call of a catalogued function reads and writes, with a closer look at its arguments where they decide. */
import * as ast from '#ast';
import type { KnownEffect, Resource } from '#catalog';
import type { Scopes } from '../names/scopes.ts';
import { isFunctionExpression, unwrap } from '../shape/syntax.ts';
import { type CallLike, calleeOf } from './targets.ts';

/** What one call does to resources. */
export interface Touch {
  readonly reads: Resource | undefined;
  readonly writes: Resource | undefined;
  readonly order: string | undefined;
}

/** What a call of a catalogued function does to what lies outside of memory. */
export function touchOf(call: CallLike, effect: KnownEffect, scopes: Scopes): Touch {
  const { reads, writes, order, look } = effect;
  if (look === 'timer') return { reads, writes, order: isAbortTimer(call) ? undefined : order };
  if (look === undefined) return { reads, writes, order };
  const only = look === 'chain' ? isChained(call) : isReading(call, look, scopes);
  return { reads, writes: only ? undefined : writes, order };
}

/** What is handed to a call. */
export function argumentsOf(call: CallLike): readonly ast.Expression[] {
  if (!ast.isTaggedTemplateExpression(call)) return call.arguments ?? [];
  const { template } = call;
  return ast.isTemplateExpression(template)
    ? template.templateSpans.map(({ expression }) => expression)
    : [];
}

function isReading(call: CallLike, look: 'sql' | 'method' | 'command', scopes: Scopes): boolean {
  if (look === 'sql') return isQuery(sqlOf(call, scopes));
  const [first, second] = argumentsOf(call).map(unwrap);
  if (look === 'command') {
    const command = first && constantAt(first, scopes);
    if (command === undefined || !ast.isNewExpression(command)) return false;
    return /^(?:Get|BatchGet|List|Describe|Head|Query|Scan|Select|Search|Lookup)\w*Command$/.test(
      command.expression.getText(),
    );
  }
  const init = first && ast.isObjectLiteralExpression(first) ? first : second;
  return init === undefined || isReadingInit(init);
}

/** `new GetObjectCommand(…)` for `command` after `const command = new GetObjectCommand(…)`. */
function constantAt(at: ast.Expression, scopes: Scopes): ast.Expression {
  const binding = ast.isIdentifier(at) ? scopes.of(at) : undefined;
  if (binding?.kind !== 'const' || !ast.isVariableDeclaration(binding.declaration)) return at;
  const { name, initializer } = binding.declaration;
  return ast.isIdentifier(name) && initializer !== undefined ? unwrap(initializer) : at;
}

/** The SQL that is given, or that the template is which is run: `` sql`select …`.execute(db) ``. */
function sqlOf(call: CallLike, scopes: Scopes): string {
  if (ast.isTaggedTemplateExpression(call)) return taggedText(call, scopes);
  const callee = calleeOf(call);
  const run = ast.isPropertyAccessExpression(callee) ? unwrap(callee.expression) : callee;
  const template = constantAt(run, scopes);
  if (ast.isTaggedTemplateExpression(template)) return taggedText(template, scopes);
  const [first] = argumentsOf(call);
  return first === undefined ? '' : textOf(constantAt(unwrap(first), scopes));
}

/** The literal text of a tagged template; nothing when it holds pieces of SQL that stand elsewhere. */
function taggedText({ tag, template }: ast.TaggedTemplateExpression, scopes: Scopes): string {
  const spans = ast.isTemplateExpression(template) ? template.templateSpans : [];
  const isWhole = spans.every(({ expression }) => {
    return isValue(constantAt(unwrap(expression), scopes), tag.getText());
  });
  return isWhole ? textOf(template) : '';
}

/** What is put into SQL as a value or as a name: `id`, `row.id`, `sql.ref('id')`. */
function isValue(at: ast.Expression, tag: string): boolean {
  if (!ast.isCallExpression(at)) {
    return !ast.isTaggedTemplateExpression(at) && !ast.isConditionalExpression(at);
  }
  const callee = at.expression.getText();
  return callee.startsWith(`${tag}.`) && callee !== `${tag}.raw`;
}

/** A `SELECT`: nothing that locks rows, draws numbers, stores what it finds or has something done. */
function isQuery(sql: string): boolean {
  if (!/^\s*(?:select|with)\b/i.test(sql) || DISTURBS.test(sql)) return false;
  const more = /^\s*with\b|;\s*\S/i.test(sql);
  return !more || !CHANGES.test(sql);
}

const DISTURBS =
  /\b(?:for\s+(?:no\s+key\s+)?(?:update|share)|into|nextval|setval|\w*lock\w*)\b|\b(?:pg_\w+|set_config|dblink\w*)\s*\(/i;

/** Words of statements that change something. */
const CHANGES =
  /\b(?:insert|update|delete|merge|replace|truncate|create|alter|drop|call|do|set|execute)\b/i;

/** Whether a member is called on what another call gives, so that what began the chain has been seen. */
function isChained(call: CallLike): boolean {
  const callee = calleeOf(call);
  if (!ast.isPropertyAccessExpression(callee)) return false;
  return ast.isCallExpression(unwrap(callee.expression));
}

/** `{ headers }`, `{ method: 'GET' }`; nothing that could hold another method. */
function isReadingInit(init: ast.Expression): boolean {
  if (!ast.isObjectLiteralExpression(init)) return false;
  return init.properties.every((property) => {
    if (ast.isSpreadAssignment(property)) return false;
    const name = property.name?.getText() ?? '';
    if (/body|data|json|form/i.test(name)) return false;
    if (!/method/i.test(name)) return true;
    if (!ast.isPropertyAssignment(property)) return false;
    return /^(?:get|head)$/i.test(textOf(property.initializer));
  });
}

/** The literal text of a string or template, what is put into it left out. */
function textOf(node: ast.Expression): string {
  const at = unwrap(node);
  if (ast.isStringLiteral(at) || ast.isNoSubstitutionTemplateLiteral(at)) return at.text;
  if (!ast.isTemplateExpression(at)) return '';
  return [at.head.text, ...at.templateSpans.map(({ literal }) => literal.text)].join(' … ');
}

/** `setTimeout(() => controller.abort(), ms)` waits for nothing and changes only its own controller. */
function isAbortTimer(call: CallLike): boolean {
  const [callback] = argumentsOf(call);
  if (callback === undefined || !isFunctionExpression(callback)) return false;
  const { body } = callback;
  const [only, more] = ast.isBlock(body) ? body.statements : [body];
  if (only === undefined || more !== undefined) return false;
  const action = ast.isExpressionStatement(only) ? only.expression : only;
  return (
    ast.isCallExpression(action) &&
    ast.isPropertyAccessExpression(action.expression) &&
    action.expression.name.text === 'abort'
  );
}
