import { code, paragraphs } from '../code.ts';
import { constructorFor } from '../dependencies.ts';
import type { Dice } from '../dice.ts';
import type { Entity, Template } from '../domain.ts';

/** What the program does with the entity. */
export function operations(entity: Entity, dice: Dice): string {
  const body = paragraphs([
    making(entity),
    ending(entity),
    ...related(entity),
    ...dice.some(extras, 7, 12).map((write) => write(entity)),
  ]);
  return code`
    /** Everything that is done with ${entity.many}. */
    export class ${entity.One}Service {
      ${constructorFor(entity, body)}

      ${body}
    }
  `;
}

function making({ one, One, many, links }: Entity): string {
  return code`
    /** Makes a ${one} out of input that nobody has checked yet. */
    async create(actor: Actor, input: unknown): Promise<Result<${One}, Problem[]>> {
      demand(actor, '${one}:create');
      const parsed = parseNew${One}(input);
      if (!parsed.ok) return parsed;
      ${links.slice(0, 1).map((link) => `await this.${link.many}.require(parsed.value.${link.one}Id);`)}
      const ${one} = create${One}(parsed.value, this.clock.now());
      await this.${many}.save(${one});
      await this.events.created(${one});
      await this.audit.record(actor, 'create', '${one}', ${one}.id);
      return succeed(${one});
    }

    /** Changes a ${one} and says what differs. */
    async change(actor: Actor, id: ${One}Id, input: unknown): Promise<${One}> {
      const before = await this.${many}.require(id);
      this.policy.checkChange(actor, before);
      const changes = require${One}Changes(input);
      const after = change${One}(before, dropUndefined(changes), this.clock.now());
      await this.${many}.update(before, to${One}Row(after));
      const keys = Object.keys(changes) as (keyof New${One})[];
      await this.events.changed(before, after, keys);
      return after;
    }
  `;
}

function ending({ one, One, many }: Entity): string {
  return code`
    async remove(actor: Actor, id: ${One}Id): Promise<void> {
      demand(actor, '${one}:delete');
      await this.${many}.remove(id);
      await Promise.all([this.events.removed(id), this.audit.record(actor, 'delete', '${one}', id)]);
    }

    async move(actor: Actor, id: ${One}Id, to: ${One}Stage): Promise<${One}> {
      const ${one} = await this.${many}.require(id);
      this.policy.checkMove(actor, ${one}, to);
      const moved = await this.${many}.update(${one}, { stage: to });
      await this.events.moved(id, ${one}.stage, to);
      return moved;
    }
  `;
}

function related({ one, One, many, links }: Entity): string[] {
  if (links.length === 0) return [];
  const loads = links.map((link) => `this.${link.many}.find(${one}.${link.one}Id),`);
  return [
    code`
      /** A ${one} with what it refers to. */
      async withRelated(id: ${One}Id) {
        const ${one} = await this.${many}.require(id);
        const [${links.map((link) => link.one).join(', ')}] = await Promise.all([
          ${loads}
        ]);
        return { ${one}, ${links.map((link) => link.one).join(', ')} } as const;
      }
    `,
    ...links.slice(0, 2).map(
      (link) => code`
        /** Moves every ${one} from one ${link.one} to another. */
        async reassign${link.One}(actor: Actor, from: ${link.One}Id, to: ${link.One}Id): Promise<number> {
          demand(actor, '${one}:update');
          await this.${link.many}.require(to);
          const affected = await this.${many}.of${link.One}(from);
          for (const ${one} of affected) {
            await this.${many}.update(${one}, { ${link.one}Id: to });
            await this.audit.record(actor, 'reassign', '${one}', ${one}.id);
          }
          return affected.length;
        }
      `,
    ),
  ];
}

const extras: readonly Template[] = [
  rehearse,
  approveAll,
  annotate,
  advance,
  overview,
  closeStale,
  createMany,
  merge,
  search,
  changePatiently,
  history,
  recorded,
];

function rehearse({ one, One, many }: Entity): string {
  return code`
    /** Checks input without saving anything: what would be refused, and why. */
    async rehearse(actor: Actor, inputs: readonly unknown[]): Promise<ReadonlyMap<number, readonly string[]>> {
      const objections = new Map<number, readonly string[]>();
      const { items } = await this.${many}.page({}, { offset: 0, limit: 100 });
      const titles = new Set(items.map(({ title }) => title.toLowerCase()));
      for (const [index, input] of inputs.entries()) {
        const reasons: string[] = [];
        if (!mayDo(actor, '${one}:create')) reasons.push('You may not do this.');
        const parsed = parseNew${One}(input);
        if (!parsed.ok) reasons.push(...parsed.failure.map(({ path, message }) => \`\${path}: \${message}\`));
        else if (titles.has(parsed.value.title.toLowerCase())) reasons.push('There is one with this title.');
        if (reasons.length > 0) objections.set(index, reasons);
      }
      return objections;
    }
  `;
}

function approveAll({ one, One, many }: Entity): string {
  return code`
    /** Approves what is ready and returns what is not, with the reason. */
    async approveAll(actor: Actor, ids: readonly ${One}Id[]): Promise<Map<${One}Id, string>> {
      const refused = new Map<${One}Id, string>();
      const ${many} = await Promise.all(ids.map((id) => this.${many}.require(id)));
      for (const ${one} of ${many}) {
        const next = ${one}Transitions[${one}.stage].at(0);
        if (next === undefined) {
          refused.set(${one}.id, 'It is finished.');
          continue;
        }
        try {
          await this.move(actor, ${one}.id, next);
        } catch (error) {
          if (!isFailure(error)) throw error;
          refused.set(${one}.id, error.message);
        }
      }
      return refused;
    }
  `;
}

function annotate({ one, One, many }: Entity): string {
  return code`
    /** Sends the same note about many to the trail. */
    async annotate(actor: Actor, ids: readonly ${One}Id[], note: string): Promise<void> {
      demand(actor, '${one}:update');
      await Promise.all(ids.map((id) => this.audit.record(actor, note, '${one}', id)));
      this.logger.info('${many} annotated', { count: ids.length, note: note.slice(0, 40) });
    }
  `;
}

function advance({ one, One, many }: Entity): string {
  return code`
    /** Moves a ${one} through all the stages in between. */
    async advance(actor: Actor, id: ${One}Id, to: ${One}Stage): Promise<${One}Stage[]> {
      const ${one} = await this.${many}.require(id);
      const path = pathOf${One}(${one}.stage, to);
      if (!path) throw new ConflictFailure('There is no way there.', { from: ${one}.stage, to });
      for (const stage of path) {
        await this.move(actor, id, stage);
      }
      return path;
    }
  `;
}

function overview({ one, One, many }: Entity): string {
  return code`
    /** What the actor sees on the first page. */
    async overview(actor: Actor): Promise<{ readonly recent: readonly ${One}[]; readonly summary: ${One}Summary }> {
      const { items } = await this.${many}.page({}, { offset: 0, limit: 50 });
      const allowed = items.filter(() => mayDo(actor, '${one}:read'));
      return { recent: allowed.slice(0, 10), summary: summarize${One}(allowed) };
    }
  `;
}

function closeStale({ one, many, stages }: Entity): string {
  return code`
    /** Closes what nobody has touched for a while; returns how many. */
    async closeStale(actor: Actor, days: number): Promise<number> {
      const limit = shift(this.clock.now(), -days, 'day');
      const { items } = await this.${many}.page({ stage: '${stages[0]}' }, { offset: 0, limit: 500 });
      const stale = items.filter((${one}) => ${one}.updatedAt < limit);
      const outcomes = await mapLimit(stale, 4, (${one}) => attempt(this.move(actor, ${one}.id, '${stages[1]}')));
      const [closed, refused] = partition(outcomes, (outcome) => outcome.ok);
      this.logger.info('stale ${many} closed', { closed: closed.length, refused: refused.length });
      return closed.length;
    }
  `;
}

function createMany({ One }: Entity): string {
  return code`
    /** Makes many at once; those that fail do not stop the others. */
    async createMany(actor: Actor, inputs: readonly unknown[]): Promise<{ made: ${One}[]; problems: Problem[] }> {
      const made: ${One}[] = [];
      const problems: Problem[] = [];
      for (const [index, input] of inputs.entries()) {
        const result = await this.create(actor, input);
        if (result.ok) made.push(result.value);
        else problems.push(...result.failure.map((problem) => ({ ...problem, path: \`[\${index}].\${problem.path}\` })));
      }
      return { made, problems };
    }
  `;
}

function merge({ one, One, many }: Entity): string {
  return code`
    /** Takes both ${many} together: the older one stays. */
    async merge(actor: Actor, first: ${One}Id, second: ${One}Id): Promise<${One}> {
      demand(actor, '${one}:update');
      const [a, b] = await Promise.all([this.${many}.require(first), this.${many}.require(second)]);
      const [kept, dropped] = a.createdAt <= b.createdAt ? [a, b] : [b, a];
      const keys = Object.keys(kept) as (keyof ${One})[];
      const differing = keys.filter((key) => kept[key] !== dropped[key]);
      await this.${many}.remove(dropped.id);
      await this.audit.record(actor, \`merge \${differing.join(' ')}\`, '${one}', kept.id);
      return kept;
    }
  `;
}

function search({ one, One, many }: Entity): string {
  return code`
    /** The newest ones whose title holds the words. */
    async search(words: string, limit = 20): Promise<${One}[]> {
      const found: ${One}[] = [];
      for await (const ${one} of everyItem((request) => this.${many}.page({ search: words }, request))) {
        found.push(${one});
        if (found.length >= limit) break;
      }
      return sortedBy(found, ({ createdAt }) => createdAt, 'down');
    }
  `;
}

function changePatiently({ One }: Entity): string {
  return code`
    /** Tries a change several times, because others may be faster. */
    async changePatiently(actor: Actor, id: ${One}Id, input: unknown): Promise<${One}> {
      return await withRetry(
        this.clock,
        { ...hastyPlan, shouldRetry: (error) => error instanceof ConflictFailure },
        () => this.change(actor, id, input),
      );
    }
  `;
}

function history({ one, One }: Entity): string {
  return code`
    /** Says what happened to a ${one} so far, the newest first. */
    async history(actor: Actor, id: ${One}Id): Promise<string[]> {
      demand(actor, '${one}:read');
      const entries = await this.audit.history('${one}', id);
      return sortedBy(entries, ({ at }) => at, 'down').map(({ actor: who, action, at }) => \`\${at.toISOString()} \${who} \${action}\`);
    }
  `;
}

function recorded({ one, One }: Entity): string {
  return code`
    /** Does the work and records it even when it fails. */
    async recorded<Value>(actor: Actor, action: string, id: ${One}Id, work: () => Promise<Value>): Promise<Value> {
      try {
        return await work();
      } catch (error) {
        this.logger.warn('${one} work failed', { action, id, error });
        throw error;
      } finally {
        await this.audit.record(actor, action, '${one}', id);
      }
    }
  `;
}
