/** `npm run generate`: writes what follows from the rules and their fixtures. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { registry, ruleIds } from './generated.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
writeFileSync(join(ROOT, 'rules/index.ts'), registry(ruleIds()));
