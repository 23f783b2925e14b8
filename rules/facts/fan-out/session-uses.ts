/** How code uses a thing that may be a transaction, a session, a connection or a page, by the tree alone. */
import * as ast from '#ast';
import type { SessionLimit } from '#catalog/sessions.ts';
import type { Origins } from '../names/origins.ts';
import { contains, enclosingFunction, isMethodCall, walk } from '../shape/syntax.ts';

/** A name that a branch calls a member of, or hands on. */
export interface Use {
  readonly key: ast.Node | string;
  readonly node: ast.Identifier | ast.PropertyAccessExpression;
  /** The member of the chain that is called last, and that call. */
  readonly last: { readonly name: string; readonly call: ast.CallExpression } | undefined;
}

/** Words of names, types and makers of sessions: a type is asked for only where one of them is written. */
const WORDS =
  /^t$|tx|trx|txn|trans|session|conn|client|runner|manager|^em$|page|frame|handle|\bopen\(|acquire/i;

const MENTIONED =
  /(?:tx|trx|txn|transaction|session|connection|client|runner|manager|page|frame|handle)\b|\b(?:t|em|conn)\b/i;

/** Members that wait for nothing, and so meet nobody. */
const PLAIN = /^(?:on|once|off|addListener|removeListener|release|destroy|ref|unref|emit|id)$/;
const NAVIGATES = /^(?:goto|reload|goBack|goForward|setContent)$/;
/** What fails when the document goes away meanwhile; what waits for elements to appear does not. */
const LOOKS = /^(?:evaluate|evaluateHandle|\$|\$\$|\$eval|\$\$eval|content|title|screenshot|pdf)$/;
const WRITES = /^(?:write|writev|writeFile|appendFile)$/;

/** Names from outside of a branch that it calls members of, or hands on, where something speaks of a session. */
export function usesIn(branch: ast.Expression, origins: Origins): readonly Use[] {
  const found: Use[] = [];
  const look = (node: ast.Node): void => {
    const isName = ast.isIdentifier(node) || isOwnMember(node);
    if (!isName || !isUsed(node)) return;
    const key = ast.isIdentifier(node) ? origins.localOf(node) : node.getText();
    if (key === undefined || (typeof key !== 'string' && contains(branch, key))) return;
    const last = lastCallOn(node);
    if (last !== undefined && PLAIN.test(last.name)) return;
    if (speaksOfSession(node, key)) found.push({ key, node, last });
  };
  walk(branch, look, { intoFunctions: true });
  return found;
}

/** The uses that cannot go on at the same time. */
export function meetingOf(
  uses: readonly Use[],
  limit: SessionLimit,
  isRepeated: boolean,
): readonly Use[] | undefined {
  const meeting = uses.filter((use) => {
    const name = use.last?.name ?? '';
    if (limit === 'navigates') return NAVIGATES.test(name) || LOOKS.test(name);
    if (limit === 'writes') return WRITES.test(name) && use.last?.call.arguments.length === 1;
    return true;
  });
  if (limit === 'navigates' && !meeting.some(isNavigation)) return undefined;
  return meeting.length > 1 || (isRepeated && meeting.length > 0) ? meeting : undefined;
}

function isNavigation({ last }: Use): boolean {
  return last !== undefined && NAVIGATES.test(last.name);
}

/** Of the uses in one branch the most telling stands for all. */
export function rank(use: Use): number {
  if (isNavigation(use)) return 2;
  return use.last !== undefined && (LOOKS.test(use.last.name) || WRITES.test(use.last.name))
    ? 1
    : 0;
}

/** Whether code that fills a list speaks of a session at all: how long lists are takes long to find out. */
export function mayRepeat(list: ast.Expression): boolean {
  const code = ast.isIdentifier(list) ? enclosingFunction(list) : list;
  return code !== undefined && MENTIONED.test(code.getText());
}

/** Whether a name, the option that it is given as, or its declaration speaks of a session. */
function speaksOfSession(node: Use['node'], declaration: ast.Node | string): boolean {
  const name = ast.isIdentifier(node) ? node : node.name;
  const { parent } = node;
  if (WORDS.test(name.text)) return true;
  if (ast.isPropertyAssignment(parent) && WORDS.test(parent.name.getText())) return true;
  if (typeof declaration === 'string') return false;
  const { text } = declaration.getSourceFile();
  return WORDS.test(text.slice(declaration.pos, declaration.end).slice(0, LONGEST_HEAD));
}

/** How much of a declaration is looked at. */
const LONGEST_HEAD = 200;

/** `this.client`. */
function isOwnMember(node: ast.Node): node is ast.PropertyAccessExpression {
  return (
    ast.isPropertyAccessExpression(node) &&
    node.expression.kind === ast.SyntaxKind.ThisKeyword &&
    !(ast.isCallExpression(node.parent) && node.parent.expression === node)
  );
}

/** Whether a name begins a chain that is called, or is handed on. */
function isUsed(node: ast.Node): boolean {
  const { parent } = node;
  if (ast.isCallExpression(parent) || ast.isNewExpression(parent)) {
    return parent.arguments?.some((one) => one === node) === true;
  }
  if (ast.isShorthandPropertyAssignment(parent)) return true;
  if (ast.isPropertyAssignment(parent)) return parent.initializer === node;
  return lastCallOn(node) !== undefined;
}

/** `click` in `page.getByRole('button').click()`. */
function lastCallOn(node: ast.Node): Use['last'] {
  let last: Use['last'];
  let at = node;
  for (;;) {
    const { parent } = at;
    if (ast.isCallExpression(parent) && parent.expression === at) {
      if (isMethodCall(parent)) last = { name: parent.expression.name.text, call: parent };
      at = parent;
    } else if (ast.isPropertyAccessExpression(parent) && parent.expression === at) {
      if (/^(?:then|catch|finally)$/.test(parent.name.text)) return last;
      at = parent;
    } else return last;
  }
}
