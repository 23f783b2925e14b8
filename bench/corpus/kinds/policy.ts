import { code, paragraphs } from '../code.ts';
import { constructorFor } from '../dependencies.ts';
import type { Dice } from '../dice.ts';
import type { Entity, Template } from '../domain.ts';

/** Who may do what and which stage may follow which: plain synchronous code. */
export function policy(entity: Entity, dice: Dice): string {
  const body = paragraphs([
    decisions(entity),
    ...dice.some(extras, 6).map((write) => write(entity)),
  ]);
  return paragraphs([
    transitions(entity, dice),
    permissions(entity),
    code`
      /** Decides what may be done to ${entity.many}. */
      export class ${entity.One}Policy {
        ${constructorFor(entity, body)}

        ${body}
      }
    `,
  ]);
}

function transitions({ one, One, stages }: Entity, dice: Dice): string {
  const next = (index: number) => {
    const following = stages.slice(index + 1, index + 2 + dice.below(3));
    return following.map((stage) => `'${stage}'`).join(', ');
  };
  return code`
    /** The stages that may follow. */
    export const ${one}Transitions = {
      ${stages.map((stage, index) => `${stage}: [${next(index)}],`)}
    } as const satisfies Record<${One}Stage, readonly ${One}Stage[]>;

    /** The stages that may follow one stage. */
    export type ${One}Successor<Stage extends ${One}Stage> = (typeof ${one}Transitions)[Stage][number];

    /** Whether one stage may follow the other. */
    export function mayFollow${One}(from: ${One}Stage, to: ${One}Stage): boolean {
      const allowed: readonly ${One}Stage[] = ${one}Transitions[from];
      return allowed.includes(to);
    }

    /** The shortest way between two stages, without the first. */
    export function pathOf${One}(from: ${One}Stage, to: ${One}Stage): ${One}Stage[] | undefined {
      const queue: ${One}Stage[][] = [[from]];
      const seen = new Set<${One}Stage>([from]);
      for (let path = queue.shift(); path; path = queue.shift()) {
        const last = path.at(-1) ?? from;
        if (last === to) return path.slice(1);
        for (const next of ${one}Transitions[last]) {
          if (seen.has(next)) continue;
          seen.add(next);
          queue.push([...path, next]);
        }
      }
      return undefined;
    }
  `;
}

function permissions({ one, One }: Entity): string {
  return code`
    /** The rights that concern a ${one}. */
    export type ${One}Permission = Permission<'${one}'>;

    /** Those who only look. */
    export const ${one}Reader: Role = { name: '${one} reader', permissions: new Set<${One}Permission>(['${one}:read']) };

    /** Those who work with it every day. */
    export const ${one}Editor: Role = {
      name: '${one} editor',
      permissions: new Set<${One}Permission>(['${one}:read', '${one}:create', '${one}:update']),
    };

    /** Those who answer for it. */
    export const ${one}Owner: Role = {
      name: '${one} owner',
      permissions: new Set<${One}Permission>([...${one}Editor.permissions, '${one}:delete', '${one}:approve'].filter(is${One}Permission)),
    };

    function is${One}Permission(permission: string): permission is ${One}Permission {
      return permission.startsWith('${one}:');
    }
  `;
}

function decisions({ one, One, stages }: Entity): string {
  return code`
    /** Throws unless the actor may change the ${one} now. */
    checkChange(actor: Actor, ${one}: ${One}): void {
      demand(actor, '${one}:update');
      if (${one}.stage === '${stages.at(-1) ?? ''}') {
        throw new ConflictFailure('It is finished.', { id: ${one}.id, stage: ${one}.stage });
      }
    }

    /** Throws unless the actor may move the ${one} there. */
    checkMove(actor: Actor, ${one}: ${One}, to: ${One}Stage): void {
      demand(actor, to === '${stages[1]}' ? '${one}:approve' : '${one}:update');
      if (mayFollow${One}(${one}.stage, to)) return;
      throw new ConflictFailure(\`\${to} may not follow \${${one}.stage}.\`, { id: ${one}.id });
    }
  `;
}

const extras: readonly Template[] = [
  rank,
  sufficientRoles,
  visibleTo,
  objection,
  patience,
  overdue,
  choices,
];

function rank({ one, One, many }: Entity): string {
  return code`
    /** How much attention each ${one} needs, the most first. */
    rank(actor: Actor, ${many}: readonly ${One}[]): { readonly ${one}: ${One}; readonly weight: number }[] {
      const now = this.clock.now();
      const ranked = ${many}.map((${one}) => {
        const age = elapsed(${one}.updatedAt, now, 'day');
        const open = ${one}Transitions[${one}.stage].length;
        const own = actor.tenant === 'system' ? 0 : 1;
        return { ${one}, weight: age * open + own };
      });
      return ranked.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight);
    }
  `;
}

function sufficientRoles({ one, One }: Entity): string {
  return code`
    /** The roles that would be enough for an action, by name. */
    sufficientRoles(action: Action): string[] {
      const roles: readonly Role[] = [${one}Reader, ${one}Editor, ${one}Owner];
      const permission: ${One}Permission = \`${one}:\${action}\`;
      return roles.filter(({ permissions }) => permissions.has(permission)).map(({ name }) => name);
    }
  `;
}

function visibleTo({ one, One, many, fields }: Entity): string {
  const flag = fields.find(({ role }) => role === 'flag');
  return code`
    /** The ${many} that the actor may see. */
    visibleTo(actor: Actor, ${many}: readonly ${One}[]): ${One}[] {
      return mayDo(actor, '${one}:read') ? ${many}.filter((${one}) => this.isOpen(${one}) || mayDo(actor, '${one}:approve')) : [];
    }

    private isOpen(${one}: ${One}): boolean {
      return ${one}Transitions[${one}.stage].length > 0${flag ? ` && !${one}.${flag.name}` : ''};
    }
  `;
}

function objection({ one, One, fields }: Entity): string {
  const amount = fields.find(({ role }) => role === 'amount');
  const date = fields.find(({ role }) => role === 'date');
  return code`
    /** Why the actor may not do something, or nothing when all is well. */
    objection(actor: Actor, ${one}: ${One}, action: Action): string | undefined {
      if (!mayDo(actor, \`${one}:\${action}\`)) return \`\${actor.name} lacks the right to \${action}.\`;
      if (action === 'delete' && ${one}.version > 20) return 'It has too much of a history.';
      ${date ? `if (action === 'approve' && ${one}.${date.name} < this.clock.now()) return 'It is too late.';` : ''}
      ${amount ? `if (action === 'approve' && ${one}.${amount.name}.amount > 1_000_000) return 'It is too much.';` : ''}
      return undefined;
    }
  `;
}

function patience({ one, One, fields }: Entity): string {
  const flag = fields.find(({ role }) => role === 'flag');
  return code`
    /** How long a ${one} may stay in its stage, in milliseconds. */
    patience(${one}: ${One}): number {
      const days = 3 + ${one}Stages.indexOf(${one}.stage) * 4;
      const base = duration(days, 'day');
      return ${flag ? `${one}.${flag.name} ? base / 2 : base` : 'base'};
    }
  `;
}

function overdue({ one, One, many }: Entity): string {
  return code`
    /** Those that have stayed in their stage for too long. */
    overdue(${many}: Iterable<${One}>): ${One}[] {
      const now = this.clock.now();
      const late: ${One}[] = [];
      for (const ${one} of ${many}) {
        const days = elapsed(${one}.updatedAt, now, 'day');
        if (days > 30 && ${one}Transitions[${one}.stage].length > 0) late.push(${one});
      }
      return sortedBy(late, (${one}) => ${one}.updatedAt);
    }
  `;
}

function choices({ one, One }: Entity): string {
  return code`
    /** The stages that the actor can choose from. */
    choices(actor: Actor, ${one}: ${One}): ${One}Stage[] {
      const choices: ${One}Stage[] = [];
      for (const stage of ${one}Transitions[${one}.stage]) {
        try {
          this.checkMove(actor, ${one}, stage);
          choices.push(stage);
        } catch (error) {
          if (!isFailure(error)) throw error;
        }
      }
      return choices;
    }
  `;
}
