/** `npm run generate`: writes what follows from the rules and their fixtures. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generatedFiles, orphanPages } from './generated.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

for (const [name, text] of await generatedFiles()) {
  mkdirSync(dirname(join(ROOT, name)), { recursive: true });
  writeFileSync(join(ROOT, name), text);
}
for (const page of orphanPages()) rmSync(join(ROOT, page));
