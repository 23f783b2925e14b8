import { code } from '../code.ts';
import type { Dice } from '../dice.ts';
import type { Entity } from '../domain.ts';

/** The types that a class's constructor asks for, by class name. */
export type Constructors = ReadonlyMap<string, readonly string[]>;

const platformMembers: Readonly<Record<string, string>> = {
  Database: 'platform.database',
  Clock: 'platform.clock',
  Logger: 'platform.logger',
  AuditTrail: 'platform.audit',
  Router: 'platform.router',
  URL: 'platform.endpoint',
  string: 'platform.folder',
};

/** Puts the entity's parts together. */
export function module(entity: Entity, _dice: Dice, constructors: Constructors): string {
  const { one, One, many } = entity;
  const parts = new Map(localParts(entity));
  const construct = (type: string): string => {
    const types = constructors.get(type) ?? [];
    return `new ${type}(${types.map((needed) => platformMembers[needed] ?? parts.get(needed) ?? construct(needed)).join(', ')})`;
  };
  const classes = [
    'Repository',
    'Events',
    'Policy',
    'Service',
    'Directory',
    'Worker',
    'Subscriber',
  ];
  return code`
    /** What the ${one} module offers to the rest of the program. */
    export interface ${One}Module {
      readonly ${many}: ${One}Repository;
      readonly service: ${One}Service;
      readonly directory: ${One}Directory;
      readonly background: readonly Background[];
      stop(): Promise<void>;
    }

    /** Puts the ${one} module together and adds its routes. */
    export function install${One}(platform: Platform): ${One}Module {
      const ${one}Bus = new EventBus<${One}Event>(platform.logger);
      const queue = new MemoryQueue<${One}Task>('${one}', platform.clock, platform.logger);
      ${classes.map((suffix) => `const ${parts.get(One + suffix) ?? suffix.toLowerCase()} = ${construct(One + suffix)};`)}
      ${construct(`${One}Handlers`)}.install();
      const stopListening = subscriber.listen();
      platform.logger.debug('${one} module is ready');
      return {
        ${many},
        service,
        directory,
        background: [worker],
        async stop() {
          stopListening();
          await worker.stop();
          const left = await queue.size();
          if (left > 0) platform.logger.warn('${one} jobs are left over', { left });
        },
      };
    }

    /** The tools that people start by hand. */
    export function create${One}Tools(platform: Platform) {
      const ${many} = ${construct(`${One}Repository`)};
      return {
        importer: ${construct(`${One}Importer`)},
        reports: ${construct(`${One}Reports`)},
        client: ${construct(`${One}Client`)},
        find: (id: ${One}Id) => ${many}.find(id),
      } as const;
    }
  `;
}

function localParts({ one, One, many }: Entity): [string, string][] {
  return [
    [`EventBus<${One}Event>`, `${one}Bus`],
    [`JobQueue<${One}Task>`, 'queue'],
    [`${One}Repository`, many],
    [`${One}Events`, 'events'],
    [`${One}Policy`, 'policy'],
    [`${One}Service`, 'service'],
    [`${One}Directory`, 'directory'],
    [`${One}Worker`, 'worker'],
    [`${One}Subscriber`, 'subscriber'],
  ];
}
