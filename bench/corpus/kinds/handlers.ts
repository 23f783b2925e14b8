import { code, paragraphs } from '../code.ts';
import { constructorFor } from '../dependencies.ts';
import type { Dice } from '../dice.ts';
import type { Entity, Template } from '../domain.ts';

/** The HTTP side of the entity. */
export function handlers(entity: Entity, dice: Dice): string {
  const templates = [
    ...extras,
    ...entity.links.slice(0, 1).map((link) => () => ofLink(entity, link)),
  ];
  const routes = dice.some(templates, 6, 10).map((write) => write(entity));
  const path = entity.many.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const body = paragraphs([
    code`
      /** Adds the routes to the router. */
      install(): void {
        this.router
          .on('GET', '/${path}', (request) => this.list(request))
          .on('POST', '/${path}', (request) => this.create(request))
          .on('GET', '/${path}/:id', (request) => this.show(request))
          .on('PATCH', '/${path}/:id', (request) => this.change(request))
          .on('DELETE', '/${path}/:id', (request) => this.remove(request))
          ${routes.map(({ method, tail, name }) => `.on('${method}', '/${path}${tail}', (request) => this.${name}(request))`)};
      }
    `,
    essentials(entity, path),
    ...routes.map(({ source }) => source),
  ]);
  return paragraphs([
    parameters(entity),
    code`
      /** Answers requests about ${entity.many}. */
      export class ${entity.One}Handlers {
        ${constructorFor(entity, body)}

        ${body}
      }
    `,
  ]);
}

function parameters({ one, One }: Entity): string {
  return code`
    /** The parameters of routes that name one ${one}. */
    interface One {
      readonly id: string;
    }

    function idFrom({ parameters }: Request<One>): ${One}Id {
      if (is${One}Id(parameters.id)) return parameters.id;
      throw new MissingFailure('There is no such ${one}.', { id: parameters.id });
    }
  `;
}

function essentials({ one, One, many }: Entity, path: string): string {
  return code`
    async list({ actor, query }: Request): Promise<Response<Page<${One}Json>>> {
      demand(actor, '${one}:read');
      const request = { offset: wholeNumber(query, 'offset', 0, 100_000), limit: wholeNumber(query, 'limit', 20, 200) };
      const page = await this.${many}.page(${one}FilterFrom(query), request);
      return answer(mapPage(page, to${One}Json));
    }

    async create(request: Request): Promise<Response<${One}Json | { readonly problems: readonly Problem[] }>> {
      const result = await this.service.create(request.actor, await request.body());
      if (!result.ok) return { status: 422, body: { problems: result.failure } };
      return created(\`/${path}/\${result.value.id}\`, to${One}Json(result.value));
    }

    async show(request: Request<One>): Promise<Response<${One}View>> {
      demand(request.actor, '${one}:read');
      const ${one} = await this.${many}.require(idFrom(request));
      return answer(view${One}(${one}));
    }

    async change(request: Request<One>): Promise<Response<${One}Json>> {
      const input = await request.body();
      const changed = await this.service.change(request.actor, idFrom(request), input);
      return answer(to${One}Json(changed));
    }

    async remove(request: Request<One>): Promise<Response<undefined>> {
      await this.service.remove(request.actor, idFrom(request));
      return noContent();
    }
  `;
}

interface Route {
  readonly method: string;
  readonly tail: string;
  readonly name: string;
  readonly source: string;
}

const extras: readonly Template<Route>[] = [
  annotate,
  waitForOne,
  move,
  summary,
  choices,
  createMany,
  closeFirst,
  exportAll,
  history,
];

function annotate({ one, One, many }: Entity): Route {
  return {
    method: 'PUT',
    tail: '/:id/note/:word',
    name: 'annotate',
    source: code`
      async annotate({ actor, parameters }: Request<PathParameters<'/:id/note/:word'>>): Promise<Response<undefined>> {
        demand(actor, '${one}:update');
        const { id, word } = parameters;
        if (!is${One}Id(id)) throw new MissingFailure('There is no such ${one}.', { id });
        if (word.length > 40) throw new InvalidFailure('The word is too long.', { length: word.length });
        await this.${many}.require(id);
        await this.audit.record(actor, \`note \${word}\`, '${one}', id);
        return noContent();
      }
    `,
  };
}

function waitForOne({ one, One, many }: Entity): Route {
  return {
    method: 'GET',
    tail: '/events',
    name: 'waitForOne',
    source: code`
      /** Answers when something new appears, or with nothing after a while. */
      async waitForOne({ actor, signal, query }: Request): Promise<Response<readonly ${One}Json[]>> {
        demand(actor, '${one}:read');
        const since = new Date(query.get('since') ?? 0);
        for (let pause = 200; !signal.aborted && pause < 10_000; pause *= 2) {
          const { items } = await this.${many}.page({ createdAfter: since }, { offset: 0, limit: 20 });
          if (items.length > 0) return answer(items.map(to${One}Json));
          await this.clock.sleep(pause, signal);
        }
        return answer([]);
      }
    `,
  };
}

function move({ one, One }: Entity): Route {
  return {
    method: 'POST',
    tail: '/:id/stage',
    name: 'move',
    source: code`
      async move(request: Request<One>): Promise<Response<${One}Json>> {
        const parsed = oneOf(...${one}Stages).parse(await request.body());
        if (!parsed.ok) throw new InvalidFailure('That is no stage.');
        const moved = await this.service.move(request.actor, idFrom(request), parsed.value);
        return answer(to${One}Json(moved));
      }
    `,
  };
}

function summary({ one, One, many }: Entity): Route {
  return {
    method: 'GET',
    tail: '/summary',
    name: 'summary',
    source: code`
      async summary({ actor }: Request): Promise<Response<${One}Summary>> {
        demand(actor, '${one}:read');
        const all: ${One}[] = [];
        for await (const ${one} of everyItem((request) => this.${many}.page({}, request))) all.push(${one});
        return answer(summarize${One}(all));
      }
    `,
  };
}

function choices({ one, One, many }: Entity): Route {
  return {
    method: 'GET',
    tail: '/:id/choices',
    name: 'choices',
    source: code`
      async choices(request: Request<One>): Promise<Response<readonly ${One}Stage[]>> {
        const ${one} = await this.${many}.require(idFrom(request));
        const following: readonly ${One}Stage[] = ${one}Transitions[${one}.stage];
        return answer(following.filter((stage) => stage !== ${one}.stage));
      }
    `,
  };
}

function createMany(): Route {
  return {
    method: 'POST',
    tail: '/bulk',
    name: 'createMany',
    source: code`
      async createMany(request: Request): Promise<Response<{ readonly made: number; readonly problems: readonly Problem[] }>> {
        const input = await request.body();
        if (!Array.isArray(input)) throw new InvalidFailure('A list was expected.');
        const problems: Problem[] = [];
        let made = 0;
        for (const element of input) {
          const result = await this.service.create(request.actor, element);
          if (result.ok) made++;
          else problems.push(...result.failure);
        }
        return { status: problems.length > 0 ? 207 : 201, body: { made, problems } };
      }
    `,
  };
}

function closeFirst({ many, stages }: Entity): Route {
  return {
    method: 'POST',
    tail: '/close-stale',
    name: 'closeFirst',
    source: code`
      async closeFirst({ actor, query }: Request): Promise<Response<undefined>> {
        const limit = wholeNumber(query, 'limit', 10, 100);
        const { items } = await this.${many}.page({ stage: '${stages[0]}' }, { offset: 0, limit });
        await Promise.all(items.map(({ id }) => this.service.move(actor, id, '${stages[1]}')));
        return noContent();
      }
    `,
  };
}

function exportAll({ one, many }: Entity): Route {
  return {
    method: 'GET',
    tail: '/export',
    name: 'exportAll',
    source: code`
      async exportAll({ actor, query }: Request): Promise<Response<string>> {
        demand(actor, '${one}:export');
        const page = await this.${many}.page(${one}FilterFrom(query), { offset: 0, limit: 1_000 });
        const lines = page.items.map((${one}) => [${one}.id, ${one}.title, ${one}.stage].join(';'));
        return { status: 200, headers: { 'content-type': 'text/csv' }, body: lines.join('\n') };
      }
    `,
  };
}

function history({ one }: Entity): Route {
  return {
    method: 'GET',
    tail: '/:id/history',
    name: 'history',
    source: code`
      async history(request: Request<One>): Promise<Response<readonly string[]>> {
        const id = idFrom(request);
        const entries = await this.audit.history('${one}', id);
        return answer(entries.map(({ actor, action, at }) => \`\${at.toISOString()} \${actor}: \${action}\`));
      }
    `,
  };
}

function ofLink({ one, One, many }: Entity, link: Entity): Route {
  return {
    method: 'GET',
    tail: `/of/:id`,
    name: `of${link.One}`,
    source: code`
      /** The ${many} of one ${link.one}. */
      async of${link.One}({ actor, parameters }: Request<One>): Promise<Response<readonly ${One}Json[]>> {
        demand(actor, '${one}:read');
        if (!is${link.One}Id(parameters.id)) return { status: 404, body: [] };
        const [${link.one}, found] = await Promise.all([
          this.${link.many}.require(parameters.id),
          this.${many}.of${link.One}(parameters.id),
        ]);
        this.logger.debug('${many} listed', { ${link.one}: ${link.one}.title, count: found.length });
        return answer(found.map(to${One}Json));
      }
    `,
  };
}
