import { commentRules, DEFAULT_PROJECT_SETTINGS, type Option, type Rule } from '#engine';

/** A JSON schema, draft 7: the one that editors know. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** What `asynclint.jsonc` may say. Written to `asynclint.schema.json`, and checked against. */
export function configSchema(rules: readonly Rule[]): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'asynclint',
    description: 'What asynclint reports, where, and what it is told of the project.',
    ...closed({
      $schema: { type: 'string', description: 'Where this schema is, for editors.' },
      extends: {
        description:
          'Configs that this one builds on: files relative to it, or packages; later ones win, this one most.',
        ...oneOrMore({ type: 'string', minLength: 1 }),
      },
      preset: { ...PRESET, default: 'recommended' },
      rules: { $ref: '#/definitions/rules' },
      overrides: {
        description: 'Other rules for some files; later entries win.',
        type: 'array',
        items: closed(
          {
            files: { ...PATTERNS, minItems: 1 },
            preset: PRESET,
            rules: { $ref: '#/definitions/rules' },
          },
          ['files'],
        ),
      },
      ignore: { ...PATTERNS, description: 'Files that are not linted, as in a `.gitignore`.' },
      settings: settingsSchema(),
    }),
    definitions: {
      severity: { enum: ['error', 'warning', 'information', 'off'] },
      rules: rulesSchema(rules),
    },
  };
}

const PRESET = {
  description: 'Which rules are on when nothing is said of them.',
  enum: ['recommended', 'strict', 'all'],
} as const;

/** Patterns as in a `.gitignore`, relative to the config's folder. */
const PATTERNS = {
  description: 'Files, as in a `.gitignore`, relative to the config.',
  ...listOf({ type: 'string', minLength: 1 }),
} as const;

function rulesSchema(rules: readonly Rule[]): JsonSchema {
  return {
    description: 'Severities by rule, or severity and options.',
    ...closed({
      ...Object.fromEntries(rules.map((rule) => [rule.id, ruleSchema(rule)])),
      ...Object.fromEntries(
        commentRules.map(({ id, summary }) => [
          id,
          { description: summary, $ref: '#/definitions/severity' },
        ]),
      ),
    }),
  };
}

function ruleSchema({ summary, options }: Rule): JsonSchema {
  const severity = { $ref: '#/definitions/severity' };
  const properties = Object.fromEntries(
    Object.entries(options).map(([name, option]) => [name, optionSchema(option)]),
  );
  return {
    description: summary,
    anyOf: [
      severity,
      { type: 'array', items: [severity, closed(properties)], minItems: 2, maxItems: 2 },
    ],
  };
}

function optionSchema(option: Option): JsonSchema {
  const { description, values } = option;
  return { description, default: option.default, ...valueSchema(option.default, values) };
}

function valueSchema(value: Option['default'], values: Option['values']): JsonSchema {
  if (typeof value === 'object') return listOf({ type: 'string' });
  return values === undefined ? { type: typeof value } : { enum: values };
}

function settingsSchema(): JsonSchema {
  const standard = DEFAULT_PROJECT_SETTINGS;
  const names = listOf({ type: 'string', minLength: 1 });
  return {
    description: 'What rules cannot know of a project by themselves.',
    ...closed({
      limiters: {
        description:
          'Functions that bound how much runs at once: `module#name`, or a bare name of your own.',
        default: standard.limiters,
        ...names,
      },
      blocking: {
        description:
          'Functions that block the thread, beside those of Node: `module#name`, or `module#name>twin` ' +
          'with the function beside it that returns a promise.',
        default: standard.blocking,
        ...names,
      },
      safeCalls: {
        description:
          'Functions whose promise may be left alone: `module#name`, or a bare name of your own.',
        default: standard.safeCalls,
        ...names,
      },
      fanOut: {
        description: 'How many tasks run at a time where a fix holds them back.',
        type: 'integer',
        minimum: 1,
        default: standard.fanOut,
      },
    }),
  };
}

function closed(properties: JsonSchema, required: readonly string[] = []): JsonSchema {
  const demanded = required.length > 0 && { required };
  return { type: 'object', properties, additionalProperties: false, ...demanded };
}

function listOf(items: JsonSchema): JsonSchema {
  return { type: 'array', items, uniqueItems: true };
}

function oneOrMore(item: JsonSchema): JsonSchema {
  return { anyOf: [item, listOf(item)] };
}
