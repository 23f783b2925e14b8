/** What a name makes likely. Secondary evidence: it may lower the certainty of a report, and never proves anything. */
import * as ast from '#ast';
import type { KnownEffect } from '#catalog';
import { type CallLike, calleeOf } from './targets.ts';

const READS =
  /^(?:get|load|find|fetch|read|list|count|query|search|lookup|select|describe|head|exists)(?![a-z])/;
const WRITES =
  /^(?:create|save|delete|update|send|post|put|patch|insert|remove|add|set|write|upsert|publish|emit|push)(?![a-z])/;
/** `logger.error`, `this.log.info`. */
const LOGS = /(?:^|\.)\w*[lL]og(?:ger)?\.(?:trace|debug|verbose|info|notice|log|warn|error|fatal)$/;
/** Names that read by the first word, and write by the rest. */
const BOTH = /Or(?:Create|Insert|Save)|And(?:Update|Delete|Remove|Set|Lock)|ForUpdate/;

/** What a call of an unknown function does if its name tells the truth. */
export function guessOf(call: CallLike): KnownEffect | undefined {
  const callee = calleeOf(call);
  const name = ast.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
  if (LOGS.test(callee.getText())) return { writes: 'log' };
  if (WRITES.test(name) || BOTH.test(name)) return { writes: 'database' };
  return READS.test(name) ? { reads: 'database' } : undefined;
}
