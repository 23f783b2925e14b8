/** Everything that is written from the rules and their fixtures, by file name from the root. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Rule } from '#engine';
import { configSchema } from '../../server/config/schema.ts';
import { docsPage, editorSettings, ruleTable, type Shown } from './docs.ts';
import { type Pattern, patternIndex, patternOf, patternPage } from './patterns.ts';
import { peerTable } from './peer-table.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Files beside the rules that are no rules. */
const NO_RULES = new Set(['index.ts']);

/** Ids of the rules on disk, sorted: a rule is any file of `rules/` itself. */
export function ruleIds(): readonly string[] {
  return readdirSync(join(ROOT, 'rules'))
    .filter((name) => name.endsWith('.ts') && !NO_RULES.has(name))
    .map((name) => name.slice(0, -3))
    .sort();
}

/** Loads the rules from their files, not from the registry, which may be stale. */
async function loadRules(): Promise<readonly Rule[]> {
  return Promise.all(
    ruleIds().map(async (id) => {
      const module = await import(pathToFileURL(join(ROOT, 'rules', `${id}.ts`)).href);
      return module.default;
    }),
  );
}

/** Texts by file name, relative to the root. */
export async function generatedFiles(): Promise<ReadonlyMap<string, string>> {
  const rules = await loadRules();
  const patterns = readPatterns();
  const files = new Map([
    ['rules/index.ts', registry(rules.map(({ id }) => id))],
    ['rules/README.md', `# Rules\n\n${ruleTable(rules, 'docs/')}`],
    ['README.md', withTable(read('README.md'), ruleTable(rules, 'rules/docs/'))],
    ['docs/migrating.md', withTable(read('docs/migrating.md'), peerTable(rules))],
    ['asynclint.schema.json', `${JSON.stringify(configSchema(rules), undefined, 2)}\n`],
    ['package.json', editorSettings(read('package.json'), rules)],
    ['docs/patterns/README.md', patternIndex(patterns)],
  ]);
  for (const pattern of patterns) {
    files.set(`docs/patterns/${pattern.name}.md`, patternPage(pattern, rules));
  }
  for (const rule of rules) {
    files.set(
      `rules/docs/${rule.id}.md`,
      docsPage(rule, read(`rules/${rule.id}.ts`), fixturesOf(rule.id), patterns),
    );
  }
  return files;
}

/** The patterns, from their fixtures: `<page>.ts`, then `<page>.<part>.ts` by name. */
export function readPatterns(): readonly Pattern[] {
  const names = readdirSync(join(ROOT, 'fixtures/patterns')).filter((name) => name.endsWith('.ts'));
  const pages = names.filter((name) => name.split('.').length === 2).sort();
  return pages.map((page) => {
    const parts = names.filter((name) => name !== page && name.split('.')[0] === page.slice(0, -3));
    const files = [page, ...parts.sort()];
    return patternOf(
      page.slice(0, -3),
      new Map(files.map((name) => [name, read(`fixtures/patterns/${name}`)])),
    );
  });
}

/** Generated pages on disk that no rule and no pattern stands behind, by file name from the root. */
export function orphanPages(): readonly string[] {
  const patterns = readPatterns().map(({ name }) => name);
  return [
    ...pagesBeside('rules/docs', ruleIds()),
    ...pagesBeside('docs/patterns', [...patterns, 'README']),
  ];
}

function pagesBeside(folder: string, known: readonly string[]): readonly string[] {
  if (!existsSync(join(ROOT, folder))) return [];
  return readdirSync(join(ROOT, folder))
    .filter((name) => !known.includes(name.replace(/\.md$/, '')))
    .map((name) => `${folder}/${name}`);
}

/** The text of a file of this repository; empty when it does not exist. */
export function read(name: string): string {
  const path = join(ROOT, name);
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

/** What a rule's page shows: the plain fixture, then the one of several files; variants are for tests alone. */
function fixturesOf(id: string): readonly Shown[] {
  return ['ts', 'tsx', 'js']
    .flatMap((ending) => [`${id}.${ending}`, `${id}/main.${ending}`])
    .map((name) => ({
      text: read(`fixtures/${name}`),
      fixed: read(`fixtures/${name.replace(/\.\w+$/, '.fixed$&')}`),
    }))
    .filter(({ text }) => text !== '');
}

/** The registry: one line a rule. */
function registry(ids: readonly string[]): string {
  return [
    '/** Written by `npm run generate`. */',
    "import type { Rule } from '#engine';",
    ...ids.map((id) => `import ${camel(id)} from './${id}.ts';`),
    '',
    '/** Every rule, sorted by id. */',
    'export const rules: readonly Rule[] = [',
    ...ids.map((id) => `  ${camel(id)},`),
    '];',
    '',
  ].join('\n');
}

function camel(id: string): string {
  return id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function withTable(readme: string, table: string): string {
  return readme.replace(
    /(<!-- rules -->\n)[\s\S]*?(<!-- \/rules -->)/,
    (_, open: string, close: string) => `${open}\n${table}\n${close}`,
  );
}
