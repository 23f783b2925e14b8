import { code, paragraphs } from '../code.ts';
import { constructorFor } from '../dependencies.ts';
import type { Dice } from '../dice.ts';
import type { Entity, Template } from '../domain.ts';

/** Reacts to what happens to the entity. */
export function subscriber(entity: Entity, dice: Dice): string {
  const { One, many, stages, one } = entity;
  const templates = [
    ...pool,
    ...entity.links.slice(0, 1).map((link) => () => tellLink(entity, link)),
  ];
  const reactions = dice.some(templates, 6).map((write) => write(entity));
  const body = paragraphs([
    code`
      /** Begins to listen; call the result to stop. */
      listen(): () => void {
        const stops = [
          ${reactions.map(({ event, name }) => `this.${one}Bus.on('${event}', (event) => this.${name}(event)),`)}
          this.${one}Bus.on('${one}.${stages[0]}', ({ id }) => this.logger.debug('${one} is back at the start', { id })),
        ];
        return () => {
          for (const stop of stops) stop();
        };
      }
    `,
    ...reactions.map(({ source }) => source),
  ]);
  return code`
    /** Does what follows from events about ${many}. */
    export class ${One}Subscriber {
      ${constructorFor(entity, body)}

      ${body}
    }
  `;
}

interface Reaction {
  readonly event: string;
  readonly name: string;
  readonly source: string;
}

const pool: readonly Template<Reaction>[] = [
  watchTitles,
  countNew,
  afterCreation,
  afterChange,
  afterRemoval,
  afterEnd,
  afterStart,
];

function watchTitles({ one, One }: Entity): Reaction {
  return {
    event: `${one}.changed`,
    name: 'watchTitles',
    source: code`
      private watchTitles({ before, after, at }: ${One}Changed): void {
        if (before.title === after.title) return;
        const file = join(this.folder, 'titles', \`\${after.id}.txt\`);
        mkdir(dirname(file), { recursive: true })
          .then(() => appendFile(file, \`\${at.toISOString()} \${after.title}\n\`))
          .catch((error: unknown) => this.logger.warn('title not kept', { id: after.id, error }));
      }
    `,
  };
}

function countNew({ one, One, many }: Entity): Reaction {
  return {
    event: `${one}.created`,
    name: 'countNew',
    source: code`
      private async countNew({ ${one}, at }: ${One}Created): Promise<void> {
        const { items, total } = await this.${many}.page({ createdAfter: startOfDay(at) }, { offset: 0, limit: 100 });
        const alike = items.filter(({ id, title }) => id !== ${one}.id && title === ${one}.title);
        if (alike.length > 0) this.logger.warn('${one} entered twice', { id: ${one}.id, alike: alike.map(({ id }) => abbreviate(id)) });
        if (total % 100 !== 0) return;
        await this.audit.record(${one}Robot, \`\${total} in a day\`, '${one}', ${one}.id);
      }
    `,
  };
}

function afterCreation({ one, One }: Entity): Reaction {
  return {
    event: `${one}.created`,
    name: 'afterCreation',
    source: code`
      private async afterCreation({ ${one}, at }: ${One}Created): Promise<void> {
        const dueAt = shift(at, 14, 'day');
        const ids = [${one}.id];
        this.directory.forget(${one}.id);
        await this.directory.lookUp(${one}.id);
        this.logger.info('${one} follow-up', { dueAt, ids: ids.map(abbreviate) });
      }
    `,
  };
}

function afterChange({ one, One }: Entity): Reaction {
  return {
    event: `${one}.changed`,
    name: 'afterChange',
    source: code`
      private async afterChange({ before, after, keys }: ${One}Changed): Promise<void> {
        this.directory.forget(after.id);
        if (!keys.includes('title')) return;
        await this.audit.record(${one}Robot, \`"\${before.title}" is now "\${after.title}"\`, '${one}', after.id);
        await this.directory.lookUp(after.id);
      }
    `,
  };
}

function afterRemoval({ one, One }: Entity): Reaction {
  return {
    event: `${one}.removed`,
    name: 'afterRemoval',
    source: code`
      private async afterRemoval({ id, at }: ${One}Removed): Promise<void> {
        this.directory.forget(id);
        await rm(join(this.folder, '${one}', id), { recursive: true, force: true });
        await this.audit.prune(shift(at, -365, 'day'), [id]);
      }
    `,
  };
}

function afterEnd({ one, One, many, stages }: Entity): Reaction {
  const last = stages.at(-1) ?? '';
  return {
    event: `${one}.${last}`,
    name: 'afterEnd',
    source: code`
      private async afterEnd({ id, from }: ${One}Moved): Promise<void> {
        const ${one} = await this.${many}.find(id);
        if (!${one}) return;
        if (from === '${stages[0]}') this.logger.warn('${one} ended early', { id, title: ${one}.title });
        await appendFile(join(this.folder, '${many}.log'), \`\${${one}.updatedAt.toISOString()} \${id}\n\`);
      }
    `,
  };
}

function afterStart({ one, One, many, stages }: Entity): Reaction {
  return {
    event: `${one}.${stages[1]}`,
    name: 'afterStart',
    source: code`
      private async afterStart({ id, at }: ${One}Moved<'${stages[1]}'>): Promise<void> {
        const known = await this.directory.lookUp(id).then(() => true).catch(() => false);
        if (!known) {
          this.logger.warn('the ${one} is gone already', { id, at });
          return;
        }
        const ${one} = await this.${many}.require(id);
        this.logger.info('${one} started', { id, since: elapsed(${one}.createdAt, at, 'hour') });
      }
    `,
  };
}

function tellLink({ one, One, many }: Entity, link: Entity): Reaction {
  return {
    event: `${one}.created`,
    name: `tell${link.One}`,
    source: code`
      private async tell${link.One}({ ${one} }: ${One}Created): Promise<void> {
        const [${link.one}, others] = await Promise.all([
          this.${link.many}.require(${one}.${link.one}Id),
          this.${many}.of${link.One}(${one}.${link.one}Id),
        ]);
        await this.audit.record(${one}Robot, \`now has \${others.length} ${many}\`, '${link.one}', ${link.one}.id);
      }
    `,
  };
}
