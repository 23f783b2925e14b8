import { code, paragraphs } from '../code.ts';
import type { Dice } from '../dice.ts';
import type { Entity, Template } from '../domain.ts';

/** The entity's types and the functions that make and compare values. */
export function model(entity: Entity, dice: Dice): string {
  return paragraphs([
    identity(entity),
    shapes(entity),
    snapshots(entity),
    makers(entity),
    ...dice.some(extras, 6).map((write) => write(entity)),
  ]);
}

function identity({ one, One, kind, stages, many }: Entity): string {
  return code`
    /** Tells one ${one} from another. */
    export type ${One}Id = Id<'${kind}'>;

    /** The stages that ${many} go through, in their usual order. */
    export const ${one}Stages = [${stages.map((stage) => `'${stage}'`).join(', ')}] as const;

    /** One of those stages. */
    export type ${One}Stage = (typeof ${one}Stages)[number];
  `;
}

function shapes({ one, One, fields, links }: Entity): string {
  return code`
    /** A ${one} as the rest of the program sees it. */
    export interface ${One} {
      readonly id: ${One}Id;
      readonly version: number;
      readonly stage: ${One}Stage;
      ${fields.map(({ name, type, optional }) => `readonly ${name}${optional ? '?' : ''}: ${type};`)}
      ${links.map((link) => `readonly ${link.one}Id: ${link.One}Id;`)}
      readonly createdAt: Date;
      readonly updatedAt: Date;
    }

    /** What is kept by the program itself and never given by a caller. */
    export type ${One}Bookkeeping = 'id' | 'version' | 'stage' | 'createdAt' | 'updatedAt';

    /** What a caller gives to make one. */
    export type New${One} = Omit<${One}, ${One}Bookkeeping>;

    /** What a caller may change later. */
    export type ${One}Changes = Partial<New${One}>;

    /** Narrows a search. */
    export interface ${One}Filter {
      readonly stage?: ${One}Stage | undefined;
      readonly search?: string | undefined;
      readonly createdAfter?: Date | undefined;
      ${links.map((link) => `readonly ${link.one}Id?: ${link.One}Id | undefined;`)}
    }
  `;
}

function snapshots({ one, One, stages }: Entity): string {
  const [first, ...others] = stages;
  return code`
    /** How a ${one} is shown, stage by stage. */
    export type ${One}View =
      | { readonly stage: '${first}'; readonly editable: true; readonly ${one}: ${One} }
      ${others.map((stage, index) => `| { readonly stage: '${stage}'; readonly since: Date; readonly step: ${index + 1}; readonly ${one}: Readonly<${One}> }`)};

    /** The view that fits the stage. */
    export function view${One}(${one}: ${One}): ${One}View {
      switch (${one}.stage) {
        case '${first}':
          return { stage: '${first}', editable: true, ${one} };
        ${others.map((stage, index) => `case '${stage}':\n  return { stage: '${stage}', since: ${one}.updatedAt, step: ${index + 1}, ${one} };`)}
      }
    }
  `;
}

function makers({ one, One, kind, stages }: Entity): string {
  return code`
    /** A fresh id. */
    export function new${One}Id(): ${One}Id {
      return freshId('${kind}');
    }

    /** Whether the text could identify a ${one}. */
    export function is${One}Id(source: string): source is ${One}Id {
      return isId('${kind}', source);
    }

    /** A new ${one} in its first stage. */
    export function create${One}(input: New${One}, now: Date): ${One} {
      return { ...input, id: new${One}Id(), version: 1, stage: '${stages[0]}', createdAt: now, updatedAt: now };
    }

    /** The ${one} after some changes. */
    export function change${One}(${one}: ${One}, changes: ${One}Changes, now: Date): ${One} {
      return { ...${one}, ...changes, version: ${one}.version + 1, updatedAt: now };
    }
  `;
}

const extras: readonly Template[] = [
  tidy,
  byRank,
  isLike,
  differingKeys,
  matches,
  describe,
  newestByStage,
  progressOf,
];

function tidy({ one, One, fields }: Entity): string {
  return code`
    /** The ${one} with everything that a person typed brought into shape. */
    export function tidy${One}<Input extends New${One} | ${One}>(input: Input): Input {
      return {
        ...input,
        title: input.title.trim().replaceAll(/\s+/g, ' '),
        ${fields.filter(({ name, role, optional }) => role === 'text' && name !== 'title' && !optional).map(({ name }) => `${name}: input.${name}.trim(),`)}
      };
    }
  `;
}

function byRank({ one, One, many }: Entity): string {
  return code`
    /** Orders ${many} for people: by stage, then by title, then by age. */
    export function byRank${One}(left: ${One}, right: ${One}): number {
      const stages = ${one}Stages.indexOf(left.stage) - ${one}Stages.indexOf(right.stage);
      if (stages !== 0) return stages;
      const titles = left.title.localeCompare(right.title, 'en', { numeric: true, sensitivity: 'base' });
      return titles === 0 ? left.createdAt.getTime() - right.createdAt.getTime() : titles;
    }
  `;
}

function isLike({ one, One }: Entity): string {
  return code`
    /** A guard for values that come from outside the type system. */
    export function is${One}Like(value: unknown): value is Pick<${One}, 'id' | 'title' | 'stage'> {
      if (typeof value !== 'object' || value === null) return false;
      if (!('id' in value) || typeof value.id !== 'string' || !is${One}Id(value.id)) return false;
      if (!('title' in value) || typeof value.title !== 'string') return false;
      return 'stage' in value && ${one}Stages.some((stage) => stage === value.stage);
    }
  `;
}

function differingKeys({ One, many, fields, links }: Entity): string {
  return code`
    /** The names of the properties in which two ${many} differ. */
    export function differing${One}Keys(left: New${One}, right: New${One}): (keyof New${One})[] {
      const keys: (keyof New${One})[] = [];
      ${fields.map(({ name, type }) => `if (${different(name, type)}) keys.push('${name}');`)}
      ${links.map((link) => `if (left.${link.one}Id !== right.${link.one}Id) keys.push('${link.one}Id');`)}
      return keys;
    }
  `;
}

function matches({ one, One, links }: Entity): string {
  return code`
    /** Whether a ${one} passes the filter. */
    export function matches${One}(${one}: ${One}, filter: ${One}Filter): boolean {
      if (filter.stage !== undefined && ${one}.stage !== filter.stage) return false;
      if (filter.createdAfter !== undefined && ${one}.createdAt <= filter.createdAfter) return false;
      ${links.map((link) => `if (filter.${link.one}Id !== undefined && ${one}.${link.one}Id !== filter.${link.one}Id) return false;`)}
      const words = filter.search?.toLowerCase().split(/\s+/) ?? [];
      return words.every((word) => ${one}.title.toLowerCase().includes(word));
    }
  `;
}

function describe({ one, One, fields }: Entity): string {
  return code`
    /** One line for logs and lists. */
    export function describe${One}(${one}: ${One}): string {
      const parts: string[] = [abbreviate(${one}.id), ${one}.title, ${one}.stage];
      ${fields.flatMap(({ name, role, optional }) => description(`${one}.${name}`, name, role, optional))}
      return parts.join(' · ');
    }
  `;
}

function newestByStage({ one, One, many }: Entity): string {
  return code`
    /** The newest ${one} of each stage. */
    export function newest${One}ByStage(${many}: Iterable<${One}>): Map<${One}Stage, ${One}> {
      const newest = new Map<${One}Stage, ${One}>();
      for (const ${one} of ${many}) {
        const known = newest.get(${one}.stage);
        if (!known || known.updatedAt < ${one}.updatedAt) newest.set(${one}.stage, ${one});
      }
      return newest;
    }
  `;
}

function progressOf({ one, One }: Entity): string {
  return code`
    /** How far along a ${one} is, from 0 to 1. */
    export function progressOf${One}({ stage }: Pick<${One}, 'stage'>): number {
      const last = ${one}Stages.length - 1;
      return last === 0 ? 1 : ${one}Stages.indexOf(stage) / last;
    }
  `;
}

function different(name: string, type: string): string {
  const [left, right] = [`left.${name}`, `right.${name}`];
  if (type === 'Money')
    return `${left}.amount !== ${right}.amount || ${left}.currency !== ${right}.currency`;
  if (type === 'Date') return `${left}.getTime() !== ${right}.getTime()`;
  if (type.endsWith('[]'))
    return `${left}.length !== ${right}.length || ${left}.some((word, at) => word !== ${right}[at])`;
  return `${left} !== ${right}`;
}

function description(
  value: string,
  name: string,
  role: string,
  optional: true | undefined,
): string[] {
  if (optional) return [`if (${value} !== undefined) parts.push(${value});`];
  if (role === 'amount') return [`parts.push(formatMoney(${value}));`];
  if (role === 'date') return [`parts.push(\`${name} \${${value}.toISOString().slice(0, 10)}\`);`];
  if (role === 'figure') return [`parts.push(\`${name} \${${value}.toFixed(1)}\`);`];
  if (role === 'flag') return [`if (${value}) parts.push('${name}');`];
  return [];
}
