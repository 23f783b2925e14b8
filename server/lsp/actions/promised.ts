import type { Range } from 'vscode-languageserver/node';
import type { Refactoring } from '#facts';
import type { FindingKey, FixSelection } from '../messages.ts';

/** What an action remembers whose edit comes later, when the user chose it. */
export type Promised = PromisedFix | PromisedSweep | PromisedRefactoring;

interface Base {
  readonly uri: string;
  /** The text that it was offered for. */
  readonly version: number;
}

/** One fix of one finding. */
export interface PromisedFix extends Base {
  readonly what: 'fix';
  readonly finding: FindingKey;
  readonly fix: string;
}

/** As much of a file as can be mended together. */
export interface PromisedSweep extends Base {
  readonly what: 'sweep';
  readonly selection: FixSelection;
}

/** A refactoring at a place. */
export interface PromisedRefactoring extends Base {
  readonly what: 'refactoring';
  readonly range: Range;
  readonly refactoring: Refactoring['id'];
}

/** Whether an action's data is what we put there: it went through the editor. */
export function isPromised(value: unknown): value is Promised {
  return typeof value === 'object' && value !== null && 'uri' in value && 'what' in value;
}
