import { basename } from 'node:path';
import { type CodeAction, CodeActionKind, type Diagnostic } from 'vscode-languageserver/node';
import type { Fix, Refusal } from '#engine';
import type { Offer } from '../messages.ts';

/** All that can be done about a finding, what is preferred first. */
export function fixesOf({ fixes, rewrite }: Offer): readonly Fix[] {
  return rewrite === undefined || 'refused' in rewrite ? fixes : [...fixes, rewrite];
}

/** What would mend a finding, and why it cannot be done. */
export function refused({ message, file }: Refusal, diagnostics: Diagnostic[]): CodeAction {
  return {
    title: 'Make the chain of calls async',
    kind: CodeActionKind.QuickFix,
    diagnostics,
    disabled: { reason: `${message} (${basename(file)})` },
  };
}
