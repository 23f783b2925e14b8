import { code, paragraphs } from '../code.ts';
import { constructorFor } from '../dependencies.ts';
import type { Dice } from '../dice.ts';
import type { Entity, Template } from '../domain.ts';

/** What can happen to the entity, and a class that tells others. */
export function events(entity: Entity, dice: Dice): string {
  const body = paragraphs([raising(entity), ...dice.some(extras, 6).map((write) => write(entity))]);
  return paragraphs([
    union(entity),
    code`
      /** Tells the rest of the program what happens to ${entity.many}. */
      export class ${entity.One}Events {
        ${constructorFor(entity, body)}

        ${body}
      }
    `,
    description(entity),
  ]);
}

function union({ one, One, stages }: Entity): string {
  return code`
    /** A ${one} was made. */
    export interface ${One}Created extends DomainEvent<'${one}.created'> {
      readonly ${one}: ${One};
    }

    /** A ${one} was changed, with the names of the changed properties. */
    export interface ${One}Changed extends DomainEvent<'${one}.changed'> {
      readonly before: ${One};
      readonly after: ${One};
      readonly keys: readonly (keyof New${One})[];
    }

    /** A ${one} went to another stage. */
    export interface ${One}Moved<Stage extends ${One}Stage = ${One}Stage> extends DomainEvent<\`${one}.\${Stage}\`> {
      readonly id: ${One}Id;
      readonly from: ${One}Stage;
    }

    /** A ${one} was deleted. */
    export interface ${One}Removed extends DomainEvent<'${one}.removed'> {
      readonly id: ${One}Id;
    }

    /** Everything that can happen to a ${one}. */
    export type ${One}Event =
      | ${One}Created
      | ${One}Changed
      | ${One}Removed
      ${stages.map((stage) => `| ${One}Moved<'${stage}'>`)};

    /** What listeners may subscribe to. */
    export type ${One}EventType = ${One}Event['type'];
  `;
}

function raising({ one, One }: Entity): string {
  return code`
    async created(${one}: ${One}): Promise<void> {
      this.logger.info('${one} created', { id: ${one}.id });
      await this.${one}Bus.publish({ type: '${one}.created', at: this.clock.now(), ${one} });
    }

    async changed(before: ${One}, after: ${One}, keys: readonly (keyof New${One})[]): Promise<void> {
      if (keys.length === 0) return;
      await this.${one}Bus.publish({ type: '${one}.changed', at: this.clock.now(), before, after, keys });
    }

    async moved(id: ${One}Id, from: ${One}Stage, to: ${One}Stage): Promise<void> {
      await this.${one}Bus.publish({ type: \`${one}.\${to}\`, at: this.clock.now(), id, from });
    }

    async removed(id: ${One}Id): Promise<void> {
      await this.${one}Bus.publish({ type: '${one}.removed', at: this.clock.now(), id });
    }
  `;
}

const extras: readonly Template[] = [
  during,
  differences,
  onCreated,
  onChange,
  next,
  replay,
  removedSoon,
  movedAll,
];

function during({ one, One }: Entity): string {
  return code`
    /** Collects the events of a stretch of work and returns them with its result. */
    async during<Value>(work: () => Promise<Value>): Promise<{ readonly value: Value; readonly events: readonly ${One}Event[] }> {
      const collected: ${One}Event[] = [];
      const stops = [
        this.${one}Bus.on('${one}.created', (event) => void collected.push(event)),
        this.${one}Bus.on('${one}.changed', (event) => void collected.push(event)),
        this.${one}Bus.on('${one}.removed', (event) => void collected.push(event)),
      ];
      try {
        return { value: await work(), events: collected };
      } finally {
        for (const stop of stops) stop();
      }
    }
  `;
}

function differences({ one, One, many }: Entity): string {
  return code`
    /** Tells about changes found by comparing two states of the same ${many}. */
    async differences(before: ReadonlyMap<${One}Id, ${One}>, after: Iterable<${One}>): Promise<number> {
      let told = 0;
      for (const ${one} of after) {
        const earlier = before.get(${one}.id);
        if (!earlier) {
          await this.created(${one});
        } else if (earlier.stage !== ${one}.stage) {
          await this.moved(${one}.id, earlier.stage, ${one}.stage);
        } else if (earlier.version === ${one}.version) {
          continue;
        } else {
          await this.changed(earlier, ${one}, ['title']);
        }
        told++;
      }
      return told;
    }
  `;
}

function onCreated({ one, One }: Entity): string {
  return code`
    /** Calls back once for each new ${one}. */
    onCreated(listener: Listener<${One}Created>): () => void {
      return this.${one}Bus.on('${one}.created', listener);
    }
  `;
}

function onChange({ one, One }: Entity): string {
  return code`
    /** Calls back when one of the given properties changes. */
    onChange(keys: readonly (keyof New${One})[], listener: Listener<${One}Changed>): () => void {
      return this.${one}Bus.on('${one}.changed', (event) => {
        if (event.keys.some((key) => keys.includes(key))) return listener(event);
      });
    }
  `;
}

function next({ one, One, stages }: Entity): string {
  const last = stages.at(-1) ?? '';
  return code`
    /** Resolves with the id of the next ${one} that becomes ${last}. */
    next${One}(signal: AbortSignal): Promise<${One}Id> {
      return new Promise((resolve, reject) => {
        const stop = this.${one}Bus.on('${one}.${last}', (event) => {
          stop();
          resolve(event.id);
        });
        signal.addEventListener('abort', () => {
          stop();
          reject(signal.reason);
        });
      });
    }
  `;
}

function replay({ one, One, many }: Entity): string {
  return code`
    /** Tells about many, one after the other, so that listeners see them in order. */
    async replay(${many}: AsyncIterable<${One}>): Promise<number> {
      let count = 0;
      for await (const ${one} of ${many}) {
        await this.created(${one});
        count++;
      }
      return count;
    }
  `;
}

function removedSoon({ One }: Entity): string {
  return code`
    /** Tells about a deletion when nobody needs to wait for the listeners. */
    removedSoon(id: ${One}Id): void {
      this.removed(id).catch((error: unknown) => this.logger.error('event lost', { id, error }));
    }
  `;
}

function movedAll({ One, many }: Entity): string {
  return code`
    /** Tells about stages in one go. */
    async movedAll(moves: readonly { id: ${One}Id; from: ${One}Stage; to: ${One}Stage }[]): Promise<void> {
      await Promise.all(moves.map(({ id, from, to }) => this.moved(id, from, to)));
      this.logger.debug('${many} moved', { count: moves.length });
    }
  `;
}

function description({ one, One }: Entity): string {
  return code`
    /** A sentence for the activity feed. */
    export function tell${One}Event(event: ${One}Event): string {
      const day = startOfDay(event.at).toISOString().slice(0, 10);
      switch (event.type) {
        case '${one}.created':
          return \`\${day}: "\${event.${one}.title}" was made.\`;
        case '${one}.changed':
          return \`\${day}: \${event.keys.join(', ')} of "\${event.after.title}" changed.\`;
        case '${one}.removed':
          return \`\${day}: \${abbreviate(event.id)} was deleted.\`;
        default:
          return \`\${day}: \${abbreviate(event.id)} left "\${event.from}".\`;
      }
    }
  `;
}
