import { fail, type Result, succeed } from './result.ts';

/** One thing that is wrong with a value, and where. */
export interface Problem {
  readonly path: string;
  readonly message: string;
}

/** Checks and converts unknown input. */
export interface Schema<Output> {
  readonly name: string;
  parse(input: unknown, path?: string): Result<Output, Problem[]>;
}

/** The type that a schema yields. */
export type Infer<S> = S extends Schema<infer Output> ? Output : never;

/** Schemas by property name. */
export type Shape = Readonly<Record<string, Schema<unknown>>>;

type OptionalKeys<S extends Shape> = {
  [Key in keyof S]: undefined extends Infer<S[Key]> ? Key : never;
}[keyof S];

/** The object type of a shape: properties that may be undefined are optional. */
export type InferShape<S extends Shape> = {
  [Key in Exclude<keyof S, OptionalKeys<S>>]: Infer<S[Key]>;
} & { [Key in OptionalKeys<S>]?: Infer<S[Key]> };

function problem(path: string, message: string): Result<never, Problem[]> {
  return fail([{ path, message }]);
}

/** Text, optionally bounded in length. */
export function text(
  limits: { min?: number; max?: number; pattern?: RegExp } = {},
): Schema<string> {
  const { min = 0, max = Number.POSITIVE_INFINITY, pattern } = limits;
  return {
    name: 'text',
    parse(input, path = '') {
      if (typeof input !== 'string') return problem(path, 'expected text');
      if (input.length < min || input.length > max) return problem(path, 'unfit length');
      if (pattern && !pattern.test(input)) return problem(path, `expected ${pattern.source}`);
      return succeed(input);
    },
  };
}

/** A finite number, optionally bounded. */
export function numeric(
  limits: { min?: number; max?: number; whole?: boolean } = {},
): Schema<number> {
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY, whole = false } = limits;
  return {
    name: whole ? 'integer' : 'number',
    parse(input, path = '') {
      if (typeof input !== 'number' || !Number.isFinite(input))
        return problem(path, 'expected a number');
      if (whole && !Number.isInteger(input)) return problem(path, 'expected a whole number');
      if (input < min || input > max) return problem(path, `expected ${min} to ${max}`);
      return succeed(input);
    },
  };
}

/** True or false. */
export const flag: Schema<boolean> = {
  name: 'flag',
  parse: (input, path = '') =>
    typeof input === 'boolean' ? succeed(input) : problem(path, 'expected true or false'),
};

/** A moment, given as ISO text or as a date. */
export const moment: Schema<Date> = {
  name: 'moment',
  parse(input, path = '') {
    const date =
      input instanceof Date ? input : new Date(typeof input === 'string' ? input : Number.NaN);
    return Number.isNaN(date.getTime()) ? problem(path, 'expected a date') : succeed(date);
  },
};

/** One of the given words. */
export function oneOf<const Words extends readonly string[]>(
  ...words: Words
): Schema<Words[number]> {
  return {
    name: words.join(' | '),
    parse(input, path = '') {
      const found = words.find((word) => word === input);
      return found === undefined ? problem(path, `expected ${words.join(', ')}`) : succeed(found);
    },
  };
}

/** A list of such values. */
export function list<Item>(item: Schema<Item>): Schema<Item[]> {
  return {
    name: `${item.name}[]`,
    parse(input, path = '') {
      if (!Array.isArray(input)) return problem(path, 'expected a list');
      const values: Item[] = [];
      const problems: Problem[] = [];
      for (const [index, element] of input.entries()) {
        const result = item.parse(element, `${path}[${index}]`);
        if (result.ok) values.push(result.value);
        else problems.push(...result.failure);
      }
      return problems.length > 0 ? fail(problems) : succeed(values);
    },
  };
}

/** The value may be absent. */
export function optional<Output>(inner: Schema<Output>): Schema<Output | undefined> {
  return {
    name: `${inner.name}?`,
    parse: (input, path) =>
      input === undefined || input === null ? succeed(undefined) : inner.parse(input, path),
  };
}

/** The value after a check that names the type. */
export function refined<Output, Narrow extends Output>(
  inner: Schema<Output>,
  check: (value: Output) => value is Narrow,
  name: string,
): Schema<Narrow> {
  return {
    name,
    parse(input, path = '') {
      const result = inner.parse(input, path);
      if (!result.ok) return result;
      return check(result.value) ? succeed(result.value) : problem(path, `expected ${name}`);
    },
  };
}

/** The value after a conversion. */
export function converted<A, B>(inner: Schema<A>, convert: (value: A) => B): Schema<B> {
  return {
    name: inner.name,
    parse(input, path) {
      const result = inner.parse(input, path);
      return result.ok ? succeed(convert(result.value)) : result;
    },
  };
}

/** An object with these properties; others are dropped. */
export function record<S extends Shape>(
  name: string,
  shape: S,
): Schema<InferShape<S>> & { readonly shape: S } {
  return {
    name,
    shape,
    parse(input, path = '') {
      if (typeof input !== 'object' || input === null) return problem(path, `expected ${name}`);
      const source = new Map<string, unknown>(Object.entries(input));
      const output: Record<string, unknown> = {};
      const problems: Problem[] = [];
      for (const [key, schema] of Object.entries(shape)) {
        const result = schema.parse(source.get(key), path === '' ? key : `${path}.${key}`);
        if (!result.ok) problems.push(...result.failure);
        else if (result.value !== undefined) output[key] = result.value;
      }
      return problems.length > 0 ? fail(problems) : succeed(output as InferShape<S>);
    },
  };
}
