/** Everything that is written from the rules and their fixtures, by file name from the root. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Rule } from '#engine';

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
export async function loadRules(): Promise<readonly Rule[]> {
  return Promise.all(
    ruleIds().map(async (id) => {
      const module = await import(pathToFileURL(join(ROOT, 'rules', `${id}.ts`)).href);
      return module.default;
    }),
  );
}

/** The registry: one line a rule. */
export function registry(ids: readonly string[]): string {
  const imports = ids.map((id) => `import ${camel(id)} from './${id}.ts';`);
  return [
    '/** Written by `npm run generate`. */',
    "import type { Rule } from '#engine';",
    ...imports,
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
