/** `npm run new -- <rule>`: writes the two files that a person then fills in. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

function ruleFile(id: string): string {
  return `import * as ast from '#ast';
import { defineRule, edit, type Fix } from '#engine';

/**
 * Why this is bad, in two or three sentences: what happens at run time.
 */
export default defineRule({
  id: '${id}',
  family: 'unawaited',
  severity: 'warning',
  preset: 'all',
  summary: 'One sentence that says what is reported.',
  advice: 'What to do instead.',

  visit: {
    DebuggerStatement(statement, { report }) {
      if (ast.isSourceFile(statement.parent)) return;

      report(statement, {
        message: 'The program stops here when a debugger is attached.',
        fixes: () => [removeIt(statement)],
      });
    },
  },
});

/** Makes \`debugger;\` into nothing. */
function removeIt(statement: ast.DebuggerStatement): Fix {
  return {
    id: 'remove',
    title: 'Remove it',
    kind: 'suggested',
    edits: [edit.replace(statement, '')],
  };
}
`;
}

function fixtureFile(): string {
  return `// # A sentence about what happens

export async function plain() {
  debugger;
}

// # What is fine

export async function fine() {
  await Promise.resolve();
}

// # A near miss: what looks like it and is not

export const debug = 'debugger';

debugger;
`;
}

const [id] = process.argv.slice(2);
if (id === undefined || !/^[a-z]+(-[a-z]+)*$/.test(id)) {
  console.error('Name the defect, in kebab-case: npm run new -- dropped-callback');
  process.exit(2);
}
const files = { [`rules/${id}.ts`]: ruleFile(id), [`fixtures/${id}.ts`]: fixtureFile() };
for (const name of Object.keys(files)) {
  if (!existsSync(join(ROOT, name))) continue;
  console.error(`${name} exists already. Choose another name, or edit that file.`);
  process.exit(2);
}
for (const [name, text] of Object.entries(files)) {
  writeFileSync(join(ROOT, name), text);
  console.log(`wrote ${name}`);
}
console.log('Now fill them in, run `npm run accept`, and read `git diff`: that is the test.');
