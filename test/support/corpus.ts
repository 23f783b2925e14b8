/** Every fixture in one program: types load once, then a test costs milliseconds. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  applyEdits,
  DEFAULT_PROJECT_SETTINGS,
  disjoint,
  type Edit,
  type Finding,
  type Fix,
  lint,
  type OptionValue,
  type Rule,
} from '#engine';
import { Compiler, type Program } from '#program';
import { rules } from '#rules';
import { stripMarks } from './marks.ts';

/** The folder of the fixtures. */
export const FIXTURES = fileURLToPath(new URL('../../fixtures', import.meta.url));

/** One fixture: a rule, a file of examples, and option values. */
export interface Fixture {
  readonly rule: Rule;
  readonly file: string;
  readonly options: Readonly<Record<string, OptionValue>>;
}

/** Files named `<rule>.ts`, `<rule>.<variant>.ts` or `<rule>/main.ts`; `.fixed` ones are answers. */
export function findFixtures(): readonly Fixture[] {
  const found: Fixture[] = [];
  for (const name of readdirSync(FIXTURES).sort()) {
    const rule = rules.find((one) => name === one.id || name.startsWith(`${one.id}.`));
    if (rule === undefined || /\.fixed\./.test(name)) continue;
    const path = join(FIXTURES, name);
    const file = statSync(path).isDirectory() ? mainOf(path) : path;
    found.push({ rule, file, options: optionsIn(readFileSync(file, 'utf8')) });
  }
  return found;
}

function mainOf(folder: string): string {
  const main = readdirSync(folder).find((name) => /^main\.[jt]sx?$/.test(name));
  return join(folder, main ?? 'main.ts');
}

function optionsIn(text: string): Readonly<Record<string, OptionValue>> {
  const found = /^\/\/ options: (.*)$/m.exec(text.slice(0, text.indexOf('\n')))?.[1];
  return found === undefined ? {} : JSON.parse(found);
}

/** Name of the answer beside a fixture: the file after the first (or the named) fix of every finding. */
export function fixedName(file: string, fix?: string): string {
  return file.replace(/(\.[jt]sx?)$/, `.fixed${fix === undefined ? '' : `.${fix}`}$1`);
}

/** Name of the answer for one of several files of a fixture: in a folder that is no part of the program. */
export function fixedAmong(fixture: string, file: string, fix?: string): string {
  const folder = dirname(fixture);
  return join(folder, fix === undefined ? 'fixed' : `fixed.${fix}`, relative(folder, file));
}

/** A compiler over all fixtures, marks stripped, some texts replaced. */
export class Corpus {
  readonly #compiler: Compiler;
  readonly #config: string;
  readonly #replaced = new Map<string, string>();

  constructor(config = CONFIG) {
    this.#config = config;
    this.#compiler = new Compiler({ cwd: FIXTURES, overlay: (file) => this.#overlay(file) });
    this.#compiler.update({ open: [config] });
  }

  get program(): Program {
    const program = this.#compiler.program(this.#config);
    if (program === undefined) throw new Error(`${this.#config} did not open`);
    return program;
  }

  /** Makes the compiler see these texts instead of what is on disk. */
  replace(texts: ReadonlyMap<string, string>): void {
    const files = [...texts.keys()];
    for (const [file, text] of texts) this.#replaced.set(file, text);
    this.#compiler.update({ changed: files, created: files });
  }

  /** Does some work while these texts stand instead of others. */
  during<T>(texts: ReadonlyMap<string, string>, work: () => T): T {
    const files = [...texts.keys()];
    for (const [file, text] of texts) this.#replaced.set(file, text);
    this.#compiler.update({ changed: files });
    try {
      return work();
    } finally {
      for (const file of files) this.#replaced.delete(file);
      this.#compiler.update({ changed: files });
    }
  }

  /** What a rule finds in a file. A rule that throws fails the test. */
  lint(file: string, some: readonly Rule[], options: Fixture['options'] = {}): readonly Finding[] {
    const result = lint(this.program, [file], {
      rules: some,
      setting: (rule) => ({
        severity: rule.severity,
        options: {
          ...Object.fromEntries(Object.entries(rule.options).map(([name, o]) => [name, o.default])),
          ...options,
        },
      }),
      project: DEFAULT_PROJECT_SETTINGS,
    });
    const [crash] = result.crashes;
    if (crash !== undefined) throw crash.error;
    if (result.missing.length > 0) throw new Error(`${file} is not in the program`);
    return result.findings;
  }

  dispose(): void {
    this.#compiler.dispose();
  }

  #overlay(file: string): string | undefined {
    const replaced = this.#replaced.get(file);
    if (replaced !== undefined) return replaced;
    if (!file.startsWith(`${FIXTURES}/`) || !/(\.[jt]sx?|\/package\.json)$/.test(file)) {
      return undefined;
    }
    try {
      return stripMarks(readFileSync(file, 'utf8'));
    } catch {
      return undefined;
    }
  }
}

const CONFIG = join(FIXTURES, 'tsconfig.json');

/** Applies the chosen fixes that do not touch each other, first come first served, in all files that they touch. */
export function applyFixes(
  textOf: (file: string) => string,
  file: string,
  fixes: readonly Fix[],
): { readonly texts: ReadonlyMap<string, string>; readonly applied: number } {
  const edits: Edit[] = [];
  let applied = 0;
  for (const fix of fixes) {
    if (!disjoint(fix.edits, edits)) continue;
    edits.push(...fix.edits);
    applied++;
  }
  const files = new Set([file, ...edits.map((edit) => edit.file)]);
  const texts = [...files].map((name) => {
    const own = edits.filter((edit) => edit.file === name);
    return [name, applyEdits(textOf(name), own)] as const;
  });
  return { texts: new Map(texts), applied };
}
