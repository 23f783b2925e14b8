/** What well-known presets of other linters turn on, as far as it is about async code. */
import type { PeerRule } from './peer-config.ts';
import { peerRule } from './peer-config.ts';

const TYPE_CHECKED = [
  '@typescript-eslint/await-thenable',
  '@typescript-eslint/no-base-to-string',
  '@typescript-eslint/no-floating-promises',
  '@typescript-eslint/no-misused-promises',
  '@typescript-eslint/prefer-promise-reject-errors',
  '@typescript-eslint/require-await',
  '@typescript-eslint/restrict-plus-operands',
  '@typescript-eslint/restrict-template-expressions',
];

const UNICORN = [
  'unicorn/no-await-in-promise-methods',
  'unicorn/no-single-promise-in-promise-methods',
  'unicorn/no-unnecessary-await',
];

const CORE = [
  'no-async-promise-executor',
  'no-await-in-loop',
  'no-promise-executor-return',
  'prefer-promise-reject-errors',
  'require-atomic-updates',
  'require-await',
];

/** By plugin and preset; presets that are not listed turn nothing on that is about async code. */
const PRESETS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  eslint: { recommended: ['no-async-promise-executor'], all: CORE },
  '@typescript-eslint': {
    'recommended-type-checked': TYPE_CHECKED,
    'recommended-requiring-type-checking': TYPE_CHECKED,
    'strict-type-checked': [...TYPE_CHECKED, '@typescript-eslint/return-await'],
    all: [
      ...TYPE_CHECKED,
      '@typescript-eslint/return-await',
      '@typescript-eslint/promise-function-async',
    ],
  },
  promise: { recommended: ['promise/catch-or-return', 'promise/always-return'] },
  jest: { recommended: ['jest/valid-expect', 'jest/valid-expect-in-promise'] },
  vitest: { recommended: ['vitest/valid-expect'] },
  playwright: {
    recommended: ['playwright/missing-playwright-await', 'playwright/no-useless-await'],
  },
  sonarjs: { recommended: ['sonarjs/no-try-promise'] },
  unicorn: { recommended: UNICORN, all: UNICORN, unopinionated: UNICORN },
  'testing-library': Object.fromEntries(
    ['dom', 'react', 'vue', 'angular', 'svelte'].map((one) => [
      one,
      [
        'testing-library/await-async-events',
        'testing-library/await-async-queries',
        'testing-library/await-async-utils',
      ],
    ]),
  ),
  storybook: { recommended: ['storybook/await-interactions'] },
  standard: { '': ['no-async-promise-executor', 'prefer-promise-reject-errors'] },
  airbnb: { '': ['no-await-in-loop', 'no-async-promise-executor', 'prefer-promise-reject-errors'] },
};

/** Plugins and configs of which no preset is about async code. */
const HARMLESS = new Set([
  ...['@eslint-community/eslint-comments', 'eslint-comments', '@next/next', '@stylistic', 'astro'],
  ...['chai-friendly', 'es-x', 'google', 'html', 'import', 'import-x', 'jsdoc', 'json', 'jsonc'],
  ...['jsx-a11y', 'markdown', 'n', 'next', 'perfectionist', 'prettier', 'react', 'react-hooks'],
  ...['react-refresh', 'regexp', 'security', 'simple-import-sort', 'svelte', 'tailwindcss'],
  ...['turbo', 'unused-imports', 'vue', 'vuejs-accessibility', 'yml'],
]);

/** Packages whose configs are those of a plugin. */
const PACKAGES: Readonly<Record<string, string>> = {
  '@eslint/js': 'eslint',
  'typescript-eslint': '@typescript-eslint',
  '@typescript-eslint/eslint-plugin': '@typescript-eslint',
  '@vitest/eslint-plugin': 'vitest',
  '@vitest': 'vitest',
  neostandard: 'standard',
  'standard-with-typescript': 'standard',
  'airbnb-base': 'airbnb',
  'airbnb-typescript': 'airbnb',
};

/** A preset's rules, by a module or a plugin and what is taken from it; nothing when nobody knows them. */
export function presetRules(module: string, path: string): readonly PeerRule[] | undefined {
  const [, root = '', inside = ''] = /^(@[^/]+\/[^/]+|[^/]*)\/?(.*)$/.exec(module) ?? [];
  const short = root.replace(/(^|\/)eslint-(plugin|config)(-|$)/, '$1').replace(/\/$/, '');
  const known = PRESETS[PACKAGES[root] ?? PACKAGES[short] ?? short];
  if (known === undefined) return HARMLESS.has(short) ? [] : undefined;
  const name = `${inside}/${path}`
    .replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    .split('/')
    .filter((key) => !/^(configs|rules|flat|eslint-recommended|)$/.test(key))
    .join('/')
    .replace(/^flat-/, '')
    .replace(/-only$/, '');
  const rules = known[name] ?? known[''] ?? [];
  return rules.flatMap((rule) => peerRule(rule, 'on', true) ?? []);
}

/** A preset by the name that `.eslintrc` gives it: `eslint:recommended`, `plugin:jest/recommended`, `airbnb`. */
export function namedPreset(name: string): readonly PeerRule[] | undefined {
  const [, core] = /^eslint:(.+)$/.exec(name) ?? [];
  if (core !== undefined) return presetRules('eslint', core);
  const [, plugin, preset] = /^plugin:(@[^/]+|[^/]+)\/(.+)$/.exec(name) ?? [];
  if (plugin !== undefined && preset !== undefined) return presetRules(plugin, preset);
  return presetRules(name.replace(/\/.*/, ''), '');
}

/** Rules that oxlint's categories hold. */
export const OXLINT_CATEGORIES: Readonly<Record<string, readonly string[]>> = {
  correctness: [
    'no-async-promise-executor',
    'typescript/await-thenable',
    'typescript/no-base-to-string',
    'typescript/no-floating-promises',
    'typescript/restrict-template-expressions',
    'unicorn/no-await-in-promise-methods',
    'unicorn/no-single-promise-in-promise-methods',
    'jest/valid-expect',
  ],
  perf: ['no-await-in-loop'],
  pedantic: [
    'require-await',
    'typescript/no-misused-promises',
    'typescript/prefer-promise-reject-errors',
    'typescript/require-await',
    'typescript/restrict-plus-operands',
    'typescript/return-await',
  ],
};

/** Rules that Biome recommends. */
export const BIOME_RECOMMENDED: readonly string[] = ['biome/noAsyncPromiseExecutor'];
