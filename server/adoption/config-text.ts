import type { Preset, RuleChoice } from '#engine';

/** A rule as it is written into a config, and why. */
export interface WrittenRule {
  readonly id: string;
  readonly choice: RuleChoice;
  readonly reason: string;
}

/** A config to be written for people to read. */
export interface WrittenConfig {
  readonly schema: string;
  /** A config to build on; it names the preset, unless one is given. */
  readonly base?: string;
  readonly preset?: Preset | undefined;
  readonly rules: readonly WrittenRule[];
  readonly overrides: readonly {
    readonly files: readonly string[];
    readonly rules: readonly WrittenRule[];
  }[];
  readonly ignore: readonly string[];
}

const PRESETS =
  '"recommended": what almost every project wants; "strict" adds what a team has to agree on; "all": every rule.';

/** The text of an `asynclint.jsonc`, with comments that say what each part is for. */
export function configText(config: WrittenConfig): string {
  const { schema, base, preset } = config;
  const parts = [
    `  // For editors; needs no network.\n  "$schema": ${JSON.stringify(schema)}`,
    ...(base === undefined ? [] : [`  "extends": ${JSON.stringify(base)}`]),
    ...(preset === undefined ? [] : [`  // ${PRESETS}\n  "preset": ${JSON.stringify(preset)}`]),
    `${ABOUT_RULES}\n  "rules": ${rulesText(config.rules, '  ', EXAMPLES)}`,
    `${ABOUT_OVERRIDES}\n  "overrides": ${overridesText(config)}`,
    `${ABOUT_IGNORE}\n  "ignore": ${valueText(config.ignore)}`,
    `${ABOUT_SETTINGS}\n  "settings": {\n    // "limiters": ["./src/limit#limited"]\n  }`,
  ];
  return `{\n${parts.join(',\n\n')}\n}\n`;
}

const ABOUT_RULES = `  // "error", "warning", "information" or "off", or severity and options.
  // \`npx asynclint rules\` lists all rules, \`npx asynclint explain <rule>\` tells more of one.`;

const EXAMPLES = [
  '// "await-in-loop": "error"',
  '// "floating-promise": ["error", { "void": "report" }]',
];

const ABOUT_OVERRIDES =
  '  // Other rules for some files, named as in a .gitignore; later entries win.';

const OVERRIDE = '// { "files": ["scripts/**"], "rules": { "blocking-call": "off" } }';

const ABOUT_IGNORE = '  // Files that are not linted, beside those that git ignores.';

const ABOUT_SETTINGS =
  '  // What cannot be seen in the code: functions that limit, that block, whose promises may be left alone.';

function rulesText(
  rules: readonly WrittenRule[],
  indent: string,
  examples: readonly string[] = [],
): string {
  const lines =
    rules.length === 0
      ? examples
      : rules.map(({ id, choice, reason }, index) => {
          const comma = index < rules.length - 1 ? ',' : '';
          const note = reason === '' ? '' : ` // ${reason}`;
          return `${JSON.stringify(id)}: ${valueText(choice)}${comma}${note}`;
        });
  return `{\n${lines.map((line) => `${indent}  ${line}`).join('\n')}\n${indent}}`;
}

function overridesText({ overrides }: WrittenConfig): string {
  const entries = overrides.map(({ files, rules }) => {
    const named = `      "files": ${valueText(files)}`;
    return `    {\n${named},\n      "rules": ${rulesText(rules, '      ')}\n    }`;
  });
  return `[\n${entries.length === 0 ? `    ${OVERRIDE}` : entries.join(',\n')}\n  ]`;
}

/** On one line, with blanks where people put them. */
function valueText(value: unknown): string {
  return JSON.stringify(value, undefined, 1)
    .replace(/\n\s*/g, ' ')
    .replace(/\[ /g, '[')
    .replace(/ \]/g, ']');
}
