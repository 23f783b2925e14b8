/** What a failure means to the caller. */
export type FailureCode =
  | 'missing'
  | 'invalid'
  | 'conflict'
  | 'forbidden'
  | 'unavailable'
  | 'internal';

/** Extra facts about a failure, safe to show. */
export type FailureDetails = Readonly<Record<string, string | number | boolean | undefined>>;

/** The base of everything that this code base throws on purpose. */
export abstract class Failure extends Error {
  abstract readonly code: FailureCode;
  readonly details: FailureDetails;

  constructor(message: string, details: FailureDetails = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.details = details;
  }
}

/** The thing asked for does not exist. */
export class MissingFailure extends Failure {
  readonly code = 'missing';
}

/** The input breaks a rule. */
export class InvalidFailure extends Failure {
  readonly code = 'invalid';
}

/** Somebody else changed it first. */
export class ConflictFailure extends Failure {
  readonly code = 'conflict';
}

/** The actor may not do this. */
export class ForbiddenFailure extends Failure {
  readonly code = 'forbidden';
}

/** A remote system did not answer. */
export class UnavailableFailure extends Failure {
  readonly code = 'unavailable';
}

/** Any of the failures above, by code. */
export type FailureOf<Code extends FailureCode> = Failure & { readonly code: Code };

/** Whether the value is a failure, optionally of one code. */
export function isFailure<Code extends FailureCode>(
  value: unknown,
  code?: Code,
): value is FailureOf<Code> {
  return value instanceof Failure && (code === undefined || value.code === code);
}

const statusCodes = {
  missing: 404,
  invalid: 422,
  conflict: 409,
  forbidden: 403,
  unavailable: 503,
  internal: 500,
} as const satisfies Record<FailureCode, number>;

/** The HTTP status that fits. */
export function statusOf(error: unknown): (typeof statusCodes)[FailureCode] {
  return error instanceof Failure ? statusCodes[error.code] : statusCodes.internal;
}

/** Narrows away `undefined`, or throws a missing failure. */
export function present<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new MissingFailure(`There is no ${what}.`, { what });
  return value;
}
