/** Tests of types: a compiler reads them, and nobody ever runs them. */
import type * as ast from '#ast';
import { TYPE_TEST_PACKAGES } from '#catalog';
import { modulesIn } from '../names/modules.ts';

/** Whether a file only tests types, by its name, `users.test-d.ts`, or by what it imports. */
export function isTypeTest(file: ast.SourceFile): boolean {
  if (/\.(?:test-d|tst)\.[cm]?tsx?$/.test(file.fileName)) return true;
  if (!/\b(?:test|spec|types?|typings|dtslint)\b/i.test(file.fileName)) return false;
  const modules = modulesIn(file);
  return TYPE_TEST_PACKAGES.some((name) => modules.has(name));
}
