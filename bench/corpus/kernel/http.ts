import { type Actor, anonymous } from './access.ts';
import { isFailure, statusOf } from './failures.ts';
import type { Logger } from './logger.ts';

/** The methods that are routed. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The parameter names in a path such as `/orders/:id/lines/:line`. */
export type ParameterNames<Path extends string> =
  Path extends `${string}:${infer Name}/${infer Rest}`
    ? Name | ParameterNames<Rest>
    : Path extends `${string}:${infer Name}`
      ? Name
      : never;

/** Parameters by name. */
export type PathParameters<Path extends string> = {
  readonly [Name in ParameterNames<Path>]: string;
};

/** What a handler is given. */
export interface Request<Parameters = Readonly<Record<string, string>>> {
  readonly method: Method;
  readonly path: string;
  readonly parameters: Parameters;
  readonly query: URLSearchParams;
  readonly headers: ReadonlyMap<string, string>;
  readonly actor: Actor;
  readonly signal: AbortSignal;
  body(): Promise<unknown>;
}

/** What a handler answers. */
export interface Response<Body = unknown> {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Body;
}

/** Answers one request. */
export type Handler<Path extends string, Body = unknown> = (
  request: Request<PathParameters<Path>>,
) => Promise<Response<Body>>;

interface Route {
  readonly method: Method;
  readonly segments: readonly string[];
  readonly handle: (request: Request) => Promise<Response>;
}

/** Finds the handler for a request. */
export class Router {
  readonly #routes: Route[] = [];
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  on<const Path extends string, Body>(
    method: Method,
    path: Path,
    handler: Handler<Path, Body>,
  ): this {
    this.#routes.push({
      method,
      segments: path.split('/').filter(Boolean),
      handle: (request) => handler(request as Request<PathParameters<Path>>),
    });
    return this;
  }

  async handle(request: Request): Promise<Response> {
    const segments = request.path.split('/').filter(Boolean);
    for (const route of this.#routes) {
      if (route.method !== request.method) continue;
      const parameters = match(route.segments, segments);
      if (parameters) return this.#run(route, { ...request, parameters });
    }
    return { status: 404 };
  }

  async #run(route: Route, request: Request): Promise<Response> {
    try {
      return await route.handle(request);
    } catch (error) {
      const status = statusOf(error);
      this.#logger.error('request failed', { path: request.path, status, error });
      const message = isFailure(error) ? error.message : 'Something went wrong.';
      return { status, body: { message } };
    }
  }
}

function match(
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? '';
    if (part.startsWith(':')) parameters[part.slice(1)] = decodeURIComponent(segment);
    else if (part !== segment) return undefined;
  }
  return parameters;
}

/** A 200 answer with a body. */
export function answer<Body>(body: Body): Response<Body> {
  return { status: 200, body };
}

/** A 201 answer that says where the new thing is. */
export function created<Body>(location: string, body: Body): Response<Body> {
  return { status: 201, headers: { location }, body };
}

/** A 204 answer. */
export function noContent(): Response<undefined> {
  return { status: 204 };
}

/** Reads a whole number from the query, within bounds. */
export function wholeNumber(
  query: URLSearchParams,
  name: string,
  otherwise: number,
  max: number,
): number {
  const value = Number.parseInt(query.get(name) ?? '', 10);
  return Number.isNaN(value) ? otherwise : Math.min(Math.max(value, 0), max);
}

/** Builds a request by hand, for calls inside the process. */
export function internalRequest(method: Method, path: string, body?: unknown): Request {
  return {
    method,
    path,
    parameters: {},
    query: new URLSearchParams(),
    headers: new Map(),
    actor: anonymous,
    signal: AbortSignal.timeout(30_000),
    body: () => Promise.resolve(body),
  };
}
