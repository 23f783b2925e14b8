import { code, paragraphs } from '../code.ts';
import type { Dice } from '../dice.ts';
import type { Entity } from '../domain.ts';

/** The types that a class's constructor asks for, by class name. */
export type Constructors = ReadonlyMap<string, readonly string[]>;

/** The expression that makes an instance of a class. */
type Construct = (type: string) => string;

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
  const variables = new Map([
    [`EventBus<${One}Event>`, `${one}Bus`],
    [`JobQueue<${One}Task>`, 'queue'],
    [`${One}Repository`, many],
    ...parts.map((part) => [One + part, part.toLowerCase()] as const),
  ]);
  const construct: Construct = (type) => {
    const types = constructors.get(type) ?? [];
    const values = types.map(
      (needed) => platformMembers[needed] ?? variables.get(needed) ?? construct(needed),
    );
    return `new ${type}(${values.join(', ')})`;
  };
  return paragraphs([offer(entity), installation(entity, construct), tools(entity, construct)]);
}

const parts = ['Events', 'Policy', 'Service', 'Directory', 'Worker', 'Subscriber'];

function offer({ one, One, many }: Entity): string {
  return code`
    /** What the ${one} module offers to the rest of the program. */
    export interface ${One}Module {
      readonly ${many}: ${One}Repository;
      readonly service: ${One}Service;
      readonly directory: ${One}Directory;
      readonly background: readonly Background[];
      stop(): Promise<void>;
    }
  `;
}

function installation({ one, One, many }: Entity, construct: Construct): string {
  return code`
    /** Puts the ${one} module together and adds its routes. */
    export function install${One}(platform: Platform): ${One}Module {
      const ${one}Bus = new EventBus<${One}Event>(platform.logger);
      const queue = new MemoryQueue<${One}Task>('${one}', platform.clock, platform.logger);
      const ${many} = ${construct(`${One}Repository`)};
      ${parts.map((part) => `const ${part.toLowerCase()} = ${construct(One + part)};`)}
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
  `;
}

function tools({ one, One, many }: Entity, construct: Construct): string {
  return code`
    /** The tools that people start by hand with a ${one}. */
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
