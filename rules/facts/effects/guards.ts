/** Calls that exist to throw: what follows them must not start before they have let it. */
import * as ast from '#ast';
import { calleeOf } from './targets.ts';

const GUARDS =
  /^(?:assert|authori[sz]e|authenticate|validate|verify|ensure|check|require|guard|must|expect|enforce|protect|deny|allow|forbid|precheck|can)(?![a-z])/;

/** What finds something and lets only some have it: `getWorkspaceAuth`, `findAndValidateGroup`. */
const GUARDS_TOO =
  /(?<!O)Auth(?:entication|ori[sz]ation|enticated|ori[sz]ed)?$|And(?:Assert|Authenticate|Authori[sz]e|Check|Validate|Verify)(?![a-z])/;

/** Whether a call's name says that it throws unless something holds: `assertOwner`, `requireUser`, `authorize`. */
export function isGuard(call: ast.CallExpression): boolean {
  const callee = calleeOf(call);
  if (ast.isPropertyAccessExpression(callee)) return isGuarding(callee.name.text);
  return ast.isIdentifier(callee) && isGuarding(callee.text);
}

function isGuarding(name: string): boolean {
  return GUARDS.test(name) || GUARDS_TOO.test(name);
}
