import assert from 'node:assert/strict';
import { parse } from 'jsonc-parser';
import { rules } from '#rules';
import { checkConfigs } from '../../server/config/check.ts';
import { type Scratch, scratch } from '../support/scratch.ts';
import { invoke, type Outcome } from './console.ts';

/** Projects with configs of other linters, one after the other. */
export class Migrating {
  #project: Scratch = scratch({});

  /** Puts other files in place of those before. */
  given(files: Readonly<Record<string, string>>): void {
    this.remove();
    this.#project = scratch(files);
  }

  migrate(...argv: readonly string[]): Promise<Outcome> {
    return invoke(['migrate', ...argv], this.#project.folder, { parts: { rules } });
  }

  /** What the config would say, and what would be told of it. */
  async migrated(files: Readonly<Record<string, string>>, ...argv: readonly string[]) {
    this.given(files);
    const { exit, out, err } = await this.migrate('--dry-run', ...argv);
    assert.equal(exit, 0, err);
    const file = this.#project.write('asynclint.jsonc', out);
    const mistakes = checkConfigs([file], rules).map(({ message }) => message);
    assert.deepEqual(mistakes, [], out);
    const config = parse(out);
    return { ...config, told: err };
  }

  path(name: string): string {
    return this.#project.path(name);
  }

  remove(): void {
    this.#project.remove();
  }
}

/** The lines that are told under a title. */
export function under(told: string, title: RegExp): readonly string[] {
  const lines = told.split('\n');
  const start = lines.findIndex((line) => title.test(line)) + 1;
  const end = lines.findIndex((line, index) => index >= start && !line.startsWith('  '));
  return start === 0 ? [] : lines.slice(start, end).map((line) => line.trim());
}
