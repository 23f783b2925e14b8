import type { Option, Rule } from '#engine';

/** The JSON schema of `asynclint.jsonc`: one property a rule, with its options. */
export function configSchema(rules: readonly Rule[]): Readonly<Record<string, unknown>> {
  const choices = {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(rules.map((rule) => [rule.id, choiceSchema(rule)])),
  };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'asynclint configuration',
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: { type: 'string' },
      extends: {
        description: 'Configs to start from, relative to this file.',
        anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
      },
      preset: {
        description: 'Which rules are on before single ones are set.',
        enum: ['recommended', 'strict', 'all'],
      },
      rules: { description: 'Severity of single rules, with options.', ...choices },
      overrides: {
        description: 'Other rule settings for some files; later ones win.',
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['files', 'rules'],
          properties: { files: globs('Files that this is about.'), rules: choices },
        },
      },
      ignore: globs('Files that are not linted.'),
      settings: settingsSchema(),
    },
  };
}

const SEVERITY = { enum: ['error', 'warning', 'information', 'off'] } as const;

function choiceSchema(rule: Rule): unknown {
  const options = Object.entries(rule.options);
  const plain = { ...SEVERITY, description: rule.summary };
  if (options.length === 0) return plain;
  return {
    description: rule.summary,
    anyOf: [
      SEVERITY,
      {
        type: 'array',
        minItems: 1,
        maxItems: 2,
        items: [
          SEVERITY,
          {
            type: 'object',
            additionalProperties: false,
            properties: Object.fromEntries(options.map(([name, one]) => [name, optionSchema(one)])),
          },
        ],
      },
    ],
  };
}

function optionSchema(option: Option): unknown {
  const { description } = option;
  if (option.values !== undefined) {
    return { description, default: option.default, enum: option.values };
  }
  if (typeof option.default === 'object') {
    return { description, default: option.default, type: 'array', items: { type: 'string' } };
  }
  return { description, default: option.default, type: typeof option.default };
}

function globs(description: string): unknown {
  return { description, type: 'array', items: { type: 'string' } };
}

function settingsSchema(): unknown {
  return {
    description: 'What asynclint cannot know of this project by itself.',
    type: 'object',
    additionalProperties: false,
    properties: {
      limiters: globs('Functions that limit concurrency: `module#name`, or the name of one of your own.'),
      blocking: globs('Functions that block the event loop: `module#name`.'),
      safeCalls: globs('Functions whose promise may be left alone: `module#name`.'),
      fanOut: {
        description: 'Most tasks that may start at once without counting as unbounded.',
        type: 'integer',
        minimum: 1,
        default: 16,
      },
    },
  };
}
