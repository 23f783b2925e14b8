import { code, paragraphs } from '../code.ts';
import type { Dice } from '../dice.ts';
import type { Entity, Template } from '../domain.ts';

/** Schemas that check what callers send. */
export function schema(entity: Entity, dice: Dice): string {
  return paragraphs([
    schemas(entity),
    parsers(entity),
    ...dice.some(extras, 2).map((write) => write(entity)),
  ]);
}

function schemas({ one, One, fields, links }: Entity): string {
  const identifiers = links.map(
    (link) => `${link.one}Id: refined(text(), is${link.One}Id, '${link.one} id'),`,
  );
  const patches = links.map(
    (link) => `${link.one}Id: optional(refined(text(), is${link.One}Id, '${link.one} id')),`,
  );
  return code`
    /** What is needed to make a ${one}. */
    export const ${one}Input = record('${one}', {
      ${fields.map((field) => `${field.name}: ${field.schema},`)}
      ${identifiers}
    });

    /** What may be sent to change a ${one}. */
    export const ${one}Patch = record('${one} patch', {
      ${fields.map((field) => `${field.name}: ${field.optional ? field.schema : `optional(${field.schema})`},`)}
      ${patches}
    });

    /** What may be sent to search. */
    export const ${one}Search = record('${one} search', {
      stage: optional(oneOf(...${one}Stages)),
      search: optional(text({ max: 200 })),
      createdAfter: optional(moment),
      ${patches}
    });

    /** The types behind the schemas. */
    export type ${One}Input = Infer<typeof ${one}Input>;
    export type ${One}Patch = Infer<typeof ${one}Patch>;
  `;
}

function parsers({ one, One }: Entity): string {
  return code`
    /** Reads a new ${one}, or says what is wrong with it. */
    export function parseNew${One}(input: unknown): Result<New${One}, Problem[]> {
      return ${one}Input.parse(input);
    }

    /** Reads changes, or throws with the first thing that is wrong. */
    export function require${One}Changes(input: unknown): ${One}Patch {
      const result = ${one}Patch.parse(input);
      if (result.ok) return result.value;
      const [first] = result.failure;
      throw new InvalidFailure(first?.message ?? 'The changes are invalid.', { path: first?.path });
    }

    /** Reads a filter from a query string; what is not understood is ignored. */
    export function ${one}FilterFrom(query: URLSearchParams): ${One}Filter {
      return valueOr<${One}Filter>(${one}Search.parse(Object.fromEntries(query)), {});
    }
  `;
}

const extras: readonly Template[] = [parseMany, problemsByField, blankForm];

function parseMany({ one, One, many }: Entity): string {
  return code`
    /** Reads many ${many}; one that is wrong spoils all. */
    export function parseMany${One}(inputs: readonly unknown[]): Result<New${One}[], Problem[]> {
      const result = collect(inputs.map((input, index) => ${one}Input.parse(input, \`[\${index}]\`)));
      return result.ok ? result : fail(result.failure.flat());
    }
  `;
}

function problemsByField({ one, One }: Entity): string {
  return code`
    /** The problems by property, for forms. */
    export function ${one}ProblemsByField(input: unknown): Partial<Record<keyof ${One}Input, string>> {
      const problems: Partial<Record<keyof ${One}Input, string>> = {};
      const result = ${one}Input.parse(input);
      for (const { path, message } of result.ok ? [] : result.failure) {
        const [key] = path.split(/[.[]/);
        if (is${One}Key(key)) problems[key] ??= message;
      }
      return problems;
    }

    function is${One}Key(key: string | undefined): key is keyof ${One}Input {
      return key !== undefined && key in ${one}Input.shape;
    }
  `;
}

function blankForm({ One, fields }: Entity): string {
  return code`
    /** What a form starts with. */
    export const blank${One} = {
      ${fields.filter((field) => field.role !== 'amount').map((field) => `${field.name}: ${blank(field.type)},`)}
    } as const satisfies Partial<${One}Input>;
  `;
}

function blank(type: string): string {
  if (type === 'string') return `''`;
  if (type === 'number') return '0';
  if (type === 'boolean') return 'false';
  if (type === 'Date') return 'new Date(0)';
  if (type.endsWith('[]')) return '[] as string[]';
  return type.includes('undefined') ? 'undefined' : (type.split(' ')[0] ?? 'undefined');
}
