/** Either a value or the reason why there is none. */
export type Result<Value, Failure = Error> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly failure: Failure };

/** The value type of a result. */
export type Success<R> = R extends { readonly ok: true; readonly value: infer Value }
  ? Value
  : never;

/** Wraps a value. */
export function succeed<Value>(value: Value): Result<Value, never> {
  return { ok: true, value };
}

/** Wraps a failure. */
export function fail<Failure>(failure: Failure): Result<never, Failure> {
  return { ok: false, failure };
}

/** Applies `change` to the value, if there is one. */
export function mapResult<A, B, Failure>(
  result: Result<A, Failure>,
  change: (value: A) => B,
): Result<B, Failure> {
  return result.ok ? succeed(change(result.value)) : result;
}

/** Goes on with `next`, if there is a value. */
export function andThen<A, B, F1, F2>(
  result: Result<A, F1>,
  next: (value: A) => Result<B, F2>,
): Result<B, F1 | F2> {
  return result.ok ? next(result.value) : result;
}

/** Turns many results into one: all values, or all failures. */
export function collect<Value, Failure>(
  results: Iterable<Result<Value, Failure>>,
): Result<Value[], Failure[]> {
  const values: Value[] = [];
  const failures: Failure[] = [];
  for (const result of results) {
    if (result.ok) values.push(result.value);
    else failures.push(result.failure);
  }
  return failures.length > 0 ? fail(failures) : succeed(values);
}

/** The value, or the given one. */
export function valueOr<Value>(result: Result<Value, unknown>, otherwise: Value): Value {
  return result.ok ? result.value : otherwise;
}

/** Waits for a promise and keeps its rejection as a failure. */
export async function attempt<Value>(promise: Promise<Value>): Promise<Result<Value, Error>> {
  try {
    return succeed(await promise);
  } catch (error) {
    return fail(error instanceof Error ? error : new Error(String(error)));
  }
}
