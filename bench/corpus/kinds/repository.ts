import { code, paragraphs } from '../code.ts';
import { constructorFor } from '../dependencies.ts';
import type { Dice } from '../dice.ts';
import type { Entity, Template } from '../domain.ts';

/** Reads and writes the entity's table. */
export function repository(entity: Entity, dice: Dice): string {
  const body = paragraphs([
    single(entity),
    paged(entity),
    ...byLink(entity),
    ...dice.some(extras, 7).map((write) => write(entity)),
  ]);
  return code`
    /** Keeps ${entity.many} in the database. */
    export class ${entity.One}Repository {
      ${constructorFor(entity, body)}

      ${body}
    }
  `;
}

function single({ one, One, many }: Entity): string {
  return code`
    /** The table, inside a transaction if one is given. */
    table(connection: Connection = this.database): Table<${One}Row> {
      return new Table<${One}Row>(connection, '${many}');
    }

    async find(id: ${One}Id): Promise<${One} | undefined> {
      const row = await this.table().query().where({ id }).first();
      return row && from${One}Row(row);
    }

    async require(id: ${One}Id): Promise<${One}> {
      return present(await this.find(id), '${one}');
    }

    async save(${one}: ${One}): Promise<${One}> {
      await this.table().insert(to${One}Row(${one}));
      this.logger.debug('${one} saved', { id: ${one}.id });
      return ${one};
    }

    async update(${one}: ${One}, changes: Partial<Omit<${One}Row, 'id' | 'version'>>): Promise<${One}> {
      const row = await this.table().update(to${One}Row(${one}), changes);
      return from${One}Row(row);
    }
  `;
}

function paged({ One }: Entity): string {
  return code`
    async remove(id: ${One}Id): Promise<void> {
      const removed = await this.table().remove(id);
      if (!removed) throw new MissingFailure('There was nothing to remove.', { id });
    }

    async page(filter: ${One}Filter, request: PageRequest): Promise<Page<${One}>> {
      const query = this.table().query().where({ ...(filter.stage && { stage: filter.stage }) });
      const [rows, total] = await Promise.all([
        query.orderBy('createdAt', 'desc').limit(request.limit, request.offset).all(),
        query.count(),
      ]);
      return toPage(rows.map(from${One}Row), request, total);
    }
  `;
}

function byLink({ One, many, links }: Entity): string[] {
  return links.map(
    (link) => code`
      /** The ${many} that belong to a ${link.one}. */
      async of${link.One}(${link.one}Id: ${link.One}Id): Promise<${One}[]> {
        const rows = await this.table().query().where({ ${link.one}Id }).orderBy('createdAt').all();
        return rows.map((row) => from${One}Row(row));
      }
    `,
  );
}

const extras: readonly Template[] = [
  changeWhere,
  neighbours,
  countByStage,
  stream,
  saveAll,
  exists,
  titles,
  move,
  purge,
  lastChange,
  duplicate,
];

function changeWhere({ one, One, many }: Entity): string {
  return code`
    /** Applies the same change to all that match, in one transaction. */
    async changeWhere(conditions: Conditions<${One}Row>, change: (${one}: ${One}) => ${One}Changes): Promise<${One}[]> {
      return await this.database.transaction(async (connection) => {
        const table = this.table(connection);
        const changed: ${One}[] = [];
        for (const row of await table.query().where(conditions).all()) {
          const before = from${One}Row(row);
          const after = change${One}(before, change(before), new Date());
          await table.update(row, to${One}Row(after));
          changed.push(after);
        }
        this.logger.info('${many} changed together', { count: changed.length });
        return changed;
      });
    }
  `;
}

function neighbours({ one, One }: Entity): string {
  return code`
    /** The ones before and after a ${one}, in the order of their creation. */
    async neighbours(${one}: ${One}): Promise<{ readonly previous: ${One} | undefined; readonly next: ${One} | undefined }> {
      const [previous, next] = await Promise.all([
        this.table()
          .query()
          .where({ createdAt: { before: ${one}.createdAt } })
          .orderBy('createdAt', 'desc')
          .first(),
        this.table()
          .query()
          .where({ createdAt: { after: ${one}.createdAt } })
          .orderBy('createdAt')
          .first(),
      ]);
      return { previous: previous && from${One}Row(previous), next: next && from${One}Row(next) };
    }
  `;
}

function countByStage({ one, One, stages }: Entity): string {
  return code`
    /** How many there are in each stage. */
    async countByStage(): Promise<Record<${One}Stage, number>> {
      const counts = await Promise.all(
        ${one}Stages.map(async (stage) => [stage, await this.table().query().where({ stage }).count()] as const),
      );
      const result = { ${stages.map((stage) => `${stage}: 0`).join(', ')} };
      for (const [stage, count] of counts) result[stage] = count;
      return result;
    }
  `;
}

function stream({ one, One }: Entity): string {
  return code`
    /** Every ${one}, read in portions. */
    async *stream(conditions: Conditions<${One}Row> = {}): AsyncGenerator<${One}, void, undefined> {
      for await (const row of this.table().query().where(conditions)) yield from${One}Row(row);
    }
  `;
}

function saveAll({ one, One, many }: Entity): string {
  return code`
    /** Saves all or none. */
    async saveAll(${many}: readonly ${One}[]): Promise<number> {
      return await this.database.transaction(async (connection) => {
        const table = this.table(connection);
        for (const ${one} of ${many}) {
          await table.insert(to${One}Row(${one}));
        }
        return ${many}.length;
      });
    }
  `;
}

function exists({ One }: Entity): string {
  return code`
    async exists(id: ${One}Id): Promise<boolean> {
      return (await this.table().query().where({ id }).count()) > 0;
    }
  `;
}

function titles({ One }: Entity): string {
  return code`
    /** Titles by id, without reading whole rows. */
    async titles(ids: readonly ${One}Id[]): Promise<Map<string, string>> {
      const rows = await this.table()
        .query()
        .where({ id: { in: ids } })
        .select('id', 'title')
        .all();
      return new Map(rows.map(({ id, title }) => [id, title]));
    }
  `;
}

function move({ one, One }: Entity): string {
  return code`
    /** Moves a ${one} to another stage unless somebody else was faster. */
    async move(id: ${One}Id, from: ${One}Stage, to: ${One}Stage): Promise<Result<${One}, ConflictFailure>> {
      const ${one} = await this.require(id);
      if (${one}.stage !== from) return fail(new ConflictFailure('The stage has changed.', { from, stage: ${one}.stage }));
      try {
        return succeed(await this.update(${one}, { stage: to, updatedAt: new Date() }));
      } catch (error) {
        if (error instanceof ConflictFailure) return fail(error);
        throw error;
      }
    }
  `;
}

function purge({ many, stages }: Entity): string {
  return code`
    /** Deletes what has been in its last stage since before the date. */
    async purge(before: Date): Promise<number> {
      const stale = await this.table()
        .query()
        .where({ stage: '${stages.at(-1) ?? ''}', updatedAt: { before } })
        .select('id')
        .all();
      let removed = 0;
      for (const { id } of stale) {
        if (await this.table().remove(id)) removed++;
      }
      this.logger.info('${many} purged', { removed });
      return removed;
    }
  `;
}

function lastChange({ one }: Entity): string {
  return code`
    /** The latest change to any ${one}. */
    async lastChange(): Promise<Date | undefined> {
      const row = await this.table().query().orderBy('updatedAt', 'desc').select('updatedAt').first();
      return row?.updatedAt;
    }
  `;
}

function duplicate({ one, One }: Entity): string {
  return code`
    /** Copies a ${one} under a new title. */
    async duplicate(id: ${One}Id, title: string): Promise<${One}> {
      const { id: _id, version: _version, stage: _stage, ...rest } = await this.require(id);
      const copy = create${One}({ ...rest, title }, new Date());
      await this.save(copy);
      return copy;
    }
  `;
}
