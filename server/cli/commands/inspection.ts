import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { rules } from '#rules';
import { isSource, slashed } from '#workspace/files.ts';
import { createLinter, type Linter } from '#workspace/linter.ts';
import type { LinterOptions } from '#workspace/options.ts';
import { UsageMistake } from '#workspace/project.ts';
import { tellConfigMistakes } from '../config-mistakes.ts';
import { checkFiles } from '../options.ts';
import type { Terminal } from '../terminal.ts';

/** The only config and the only tsconfig to go by; without, those that are found. */
export interface Governing {
  readonly config?: string | undefined;
  readonly project?: string | undefined;
}

/**
 * Opens the project of one file, and does something with it.
 * @throws {UsageMistake} when there is no such file, or it cannot be linted, or its config has mistakes.
 */
export async function inspecting<T>(
  path: string,
  { config, project }: Governing,
  { cwd }: Terminal,
  parts: Partial<LinterOptions>,
  work: (linter: Linter, file: string) => T | Promise<T>,
): Promise<T> {
  const file = slashed(resolve(cwd, path));
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) throw new UsageMistake(`There is no file \`${path}\`.`);
  if (!stat.isFile()) throw new UsageMistake(`\`${path}\` is a folder; name a file in it.`);
  if (!isSource(file)) throw new UsageMistake(`\`${path}\` is neither TypeScript nor JavaScript.`);
  checkFiles(config, project === undefined ? [] : [project], cwd);
  const linter = createLinter({
    cwd,
    rules,
    ...(config !== undefined && { config: resolve(cwd, config) }),
    ...(project !== undefined && { tsconfigs: [resolve(cwd, project)] }),
    ...parts,
  });
  try {
    const mistakes = await tellConfigMistakes(linter.configs([file]), parts.rules ?? rules, cwd);
    if (mistakes.length > 0) throw new UsageMistake(mistakes.join('\n'));
    return await work(linter, file);
  } finally {
    linter.dispose();
  }
}
