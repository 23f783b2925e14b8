import { code, paragraphs } from '../code.ts';
import { constructorFor } from '../dependencies.ts';
import type { Dice } from '../dice.ts';
import type { Entity, Template } from '../domain.ts';

/** Remembers what was read, for those who read often. */
export function directory(entity: Entity, dice: Dice): string {
  const { one, One, many } = entity;
  const capacity = 200 + dice.below(40) * 50;
  const minutes = 1 + dice.below(9);
  const templates = [
    ...extras,
    ...entity.links.slice(0, 1).map((link) => () => linkOf(entity, link)),
  ];
  const body = paragraphs([
    essentials(entity),
    ...dice.some(templates, 7).map((write) => write(entity)),
  ]);
  return code`
    /** Looks ${many} up without going to the database each time. */
    export class ${One}Directory {
      private readonly memo: Memo<${One}Id, ${One}>;
      private readonly hits = new Counter('${one}_directory_hits');

      ${constructorFor(entity, body, [['clock', 'Clock']], `this.memo = new Memo(clock, ${capacity}, duration(${minutes}, 'minute'));`)}

      ${body}
    }
  `;
}

function essentials({ one, One, many }: Entity): string {
  return code`
    /** The ${one}, at most as old as the memory's lifetime. */
    async lookUp(id: ${One}Id): Promise<${One}> {
      const known = this.memo.peek(id);
      if (known) {
        this.hits.add(1, { outcome: 'hit' });
        return known;
      }
      this.hits.add(1, { outcome: 'miss' });
      return await this.memo.fetch(id, (missing) => this.${many}.require(missing));
    }

    /** Forgets one, or all of them. */
    forget(id?: ${One}Id): void {
      if (id === undefined) this.memo.clear();
      else this.memo.forget(id);
    }

    /** How many look-ups needed no database. */
    hitRate(): number {
      const hits = this.hits.read({ outcome: 'hit' });
      const total = hits + this.hits.read({ outcome: 'miss' });
      return total === 0 ? 0 : hits / total;
    }
  `;
}

const extras: readonly Template[] = [
  verify,
  firstOf,
  lookUpOr,
  byStage,
  warmUp,
  lookUpAll,
  titles,
  prefetch,
  refreshEvery,
  using,
];

function verify({ One, many }: Entity): string {
  return code`
    /** The ones that differ from what is remembered; these are remembered anew. */
    async verify(ids: readonly ${One}Id[]): Promise<${One}Id[]> {
      const stale: ${One}Id[] = [];
      for (const portion of chunk(ids, 25)) {
        const fresh = await Promise.all(portion.map((id) => this.${many}.find(id)));
        for (const [index, id] of portion.entries()) {
          const current = fresh[index];
          if (current?.version === this.memo.peek(id)?.version) continue;
          stale.push(id);
          if (current) this.memo.store(id, current);
          else this.memo.forget(id);
        }
      }
      return stale;
    }
  `;
}

function firstOf({ one, One, many }: Entity): string {
  return code`
    /** The first of the ${many} that passes, looked up one by one. */
    async firstOf(ids: Iterable<${One}Id>, test: (${one}: ${One}) => boolean): Promise<${One} | undefined> {
      for (const id of ids) {
        const ${one} = await this.lookUp(id);
        if (test(${one})) return ${one};
      }
      return undefined;
    }
  `;
}

function lookUpOr({ one, One }: Entity): string {
  return code`
    /** Looks one up, or gives a stand-in when the database takes too long. */
    async lookUpOr(id: ${One}Id, standIn: ${One}, patience = 250): Promise<${One}> {
      const found = await attempt(withDeadline(patience, () => this.lookUp(id)));
      if (found.ok) return found.value;
      this.logger.warn('${one} stand-in used', { id, reason: found.failure.message });
      return standIn;
    }
  `;
}

function byStage({ One, many }: Entity): string {
  return code`
    /** Groups ids by the stage that their ${many} are in. */
    async byStage(ids: readonly ${One}Id[]): Promise<Map<${One}Stage, ${One}Id[]>> {
      const groups = new Map<${One}Stage, ${One}Id[]>();
      const ${many} = await mapLimit(ids, 4, (id) => this.lookUp(id));
      for (const { id, stage } of ${many}) {
        const group = groups.get(stage) ?? [];
        group.push(id);
        groups.set(stage, group);
      }
      return groups;
    }
  `;
}

function warmUp({ one, many }: Entity): string {
  return code`
    /** Reads the first ones ahead of time. */
    async warmUp(limit = 100): Promise<void> {
      const { items } = await this.${many}.page({}, { offset: 0, limit });
      for (const ${one} of items) this.memo.store(${one}.id, ${one});
      this.logger.debug('${one} directory is warm', { size: this.memo.size });
    }
  `;
}

function lookUpAll({ One }: Entity): string {
  return code`
    /** Many at once, in the order of the ids. */
    async lookUpAll(ids: readonly ${One}Id[]): Promise<${One}[]> {
      return await mapLimit(distinct(ids), 8, (id) => this.lookUp(id));
    }
  `;
}

function titles({ One }: Entity): string {
  return code`
    /** Titles by id; those that are gone are left out. */
    async titles(ids: readonly ${One}Id[]): Promise<ReadonlyMap<${One}Id, string>> {
      const titles = new Map<${One}Id, string>();
      for (const id of ids) {
        const found = await attempt(this.lookUp(id));
        if (found.ok) titles.set(id, found.value.title);
      }
      return titles;
    }
  `;
}

function prefetch({ One }: Entity): string {
  return code`
    /** Reads ahead without anybody waiting for it. */
    prefetch(ids: readonly ${One}Id[]): void {
      for (const id of ids) {
        void this.lookUp(id);
      }
    }
  `;
}

function refreshEvery({ one, many }: Entity): string {
  return code`
    /** Keeps the memory fresh until the signal ends it. */
    refreshEvery(minutes: number, signal: AbortSignal): void {
      const timer = setInterval(() => {
        this.refresh().catch((error: unknown) => this.logger.warn('${one} refresh failed', { error }));
      }, duration(minutes, 'minute'));
      signal.addEventListener('abort', () => clearInterval(timer), { once: true });
    }

    private async refresh(): Promise<void> {
      const changed = await this.${many}.page({}, { offset: 0, limit: 20 });
      await Promise.all(changed.items.map(async ({ id }) => this.memo.forget(id)));
    }
  `;
}

function using({ one, One }: Entity): string {
  return code`
    /** Runs the work with the ${one}, and forgets it afterwards because the work changes it. */
    async using<Value>(id: ${One}Id, work: (${one}: ${One}) => Promise<Value>): Promise<Value> {
      const ${one} = await this.lookUp(id);
      try {
        return await work(${one});
      } finally {
        this.memo.forget(id);
      }
    }
  `;
}

function linkOf({ one, One }: Entity, link: Entity): string {
  return code`
    /** The ${link.one} that a ${one} belongs to. */
    async ${link.one}Of(id: ${One}Id): Promise<${link.One}> {
      const { ${link.one}Id } = await this.lookUp(id);
      return await this.${link.one}Directory.lookUp(${link.one}Id);
    }
  `;
}
