/** Facts about a project made up for one test. */
import assert from 'node:assert/strict';
import {
  DEFAULT_PROJECT_SETTINGS,
  type Finding,
  lint,
  type ProjectSettings,
  type Rule,
  type RuleSetting,
  settingOf,
  settled,
} from '#engine';
import { Facts } from '#facts';
import { Compiler, type Source } from '#program';
import { rules } from '#rules';
import { scratch, TSCONFIG } from './scratch.ts';

/** Answers questions about files that were made up. */
export interface Asked {
  ask<T>(file: string, question: (facts: Facts, source: Source) => T): T;
  dispose(): void;
}

/** Opens files by relative name. */
export function askAbout(files: Readonly<Record<string, string>>): Asked {
  const project = scratch(files, TSCONFIG);
  const compiler = new Compiler({ cwd: project.folder });
  const config = project.path('tsconfig.json');
  compiler.update({ open: [config] });
  const program = compiler.program(config);
  if (program === undefined) throw new Error('The project did not open.');
  const facts = new Facts(program, DEFAULT_PROJECT_SETTINGS);
  return {
    ask: (file, question) => {
      const source = program.source(project.path(file));
      if (source === undefined) throw new Error(`${file} is not in the project.`);
      const answers = settled(program, () => [question(facts, source)]);
      if (answers?.[0] === undefined) throw new Error('The question was never answered.');
      return answers[0];
    },
    dispose: () => {
      compiler.dispose();
      project.remove();
    },
  };
}

/** How a file of a made-up project is linted. */
export interface Linting {
  readonly files: Readonly<Record<string, string>>;
  /** `main.ts` when left out. */
  readonly file?: string;
  readonly rule: Rule;
  /** As by default when left out. */
  readonly setting?: RuleSetting;
  readonly project?: Partial<ProjectSettings>;
  /** Compiler options beside those of every made-up project. */
  readonly compiler?: Readonly<Record<string, unknown>>;
}

/** A rule by its id. */
export function ruleNamed(id: string): Rule {
  const rule = rules.find((one) => one.id === id);
  assert.ok(rule, id);
  return rule;
}

/** Lints one file by one rule, and looks at what is found while the project is open. */
export function lintOne<T>(
  { files, file = 'main.ts', rule, setting, project = {}, compiler: options = {} }: Linting,
  look: (findings: readonly Finding[], folder: string) => T,
): T {
  const made = scratch(files, tsconfigWith(options));
  const compiler = new Compiler({ cwd: made.folder });
  try {
    const config = made.path('tsconfig.json');
    compiler.update({ open: [config] });
    const program = compiler.program(config);
    assert.ok(program, 'the project opens');
    const { findings, crashes } = lint(program, [made.path(file)], {
      rules: [rule],
      setting: () => setting ?? settingOf(rule, {}),
      project: { ...DEFAULT_PROJECT_SETTINGS, ...project },
    });
    assert.deepEqual(crashes, []);
    return look(findings, made.folder);
  } finally {
    compiler.dispose();
    made.remove();
  }
}

function tsconfigWith(options: Readonly<Record<string, unknown>>): string {
  const { compilerOptions } = JSON.parse(TSCONFIG);
  return JSON.stringify({ compilerOptions: { ...compilerOptions, ...options } });
}
