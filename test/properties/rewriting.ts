/** What asynclint makes of many programs at once: every fix by itself, and the preferred ones together. */
import { join } from 'node:path';
import { transform } from 'esbuild';
import {
  applyEdits,
  DEFAULT_PROJECT_SETTINGS,
  disjoint,
  type Edit,
  type Finding,
  lint,
  type Rule,
  settingOf,
} from '#engine';
import { Compiler, type Program } from '#program';
import { rules } from '#rules';
import { scratch, TSCONFIG } from '../support/scratch.ts';
import type { Runnable, World } from './world.ts';

/** The rules whose fixes let things overlap, or happen later. */
export const RULES = rules.filter(({ id }) =>
  ['independent-awaits', 'await-in-loop', 'early-await'].includes(id),
);

/** A program after some fixes. */
export interface Rewrite {
  /** Rule and fix, or `all`. */
  readonly by: string;
  readonly text: string;
  /** Whether a check comes before what was waited for above it. */
  readonly defers: boolean;
  /** Whether of several failures the same is told as before. */
  readonly tellsSame: boolean;
  /** Whether turns of a loop fill their items, more of which may be filled when one turn fails. */
  readonly fills: boolean;
  readonly errors: readonly string[];
}

/** One program, and what became of it. */
export interface Rewritten {
  readonly text: string;
  readonly errors: readonly string[];
  readonly rewrites: readonly Rewrite[];
}

/** Few turns at a time, so that loops of a few items have several batches. */
const PROJECT = { ...DEFAULT_PROJECT_SETTINGS, fanOut: 2 };

/** Lints programs, all in one project, and applies what is offered. */
export function rewritten(texts: readonly string[]): readonly Rewritten[] {
  const files = Object.fromEntries(texts.map((text, index) => [`program${index}.ts`, text]));
  const project = scratch(files, TSCONFIG);
  const overlay = new Map<string, string>();
  const compiler = new Compiler({ cwd: project.folder, overlay: (file) => overlay.get(file) });
  try {
    const config = project.path('tsconfig.json');
    compiler.update({ open: [config] });
    const names = texts.map((_, index) => project.path(`program${index}.ts`));
    const program = () => programAt(compiler, config);
    const errors = names.map((name) => errorsIn(program(), name));
    const offered = offersIn(program(), names, texts);
    return withErrors(texts, errors, offered, (rewrites) => {
      const paths = rewrites.map(({ text }, index) => {
        const path = join(project.folder, `rewrite${index}.ts`);
        overlay.set(path, text);
        project.write(`rewrite${index}.ts`, text);
        return path;
      });
      compiler.update({ created: paths });
      return paths.map((path) => errorsIn(program(), path));
    });
  } finally {
    compiler.dispose();
    project.remove();
  }
}

type Offer = Omit<Rewrite, 'errors'>;

function withErrors(
  texts: readonly string[],
  errors: readonly (readonly string[])[],
  offered: readonly (readonly Offer[])[],
  check: (rewrites: readonly Offer[]) => readonly (readonly string[])[],
): readonly Rewritten[] {
  const checked = check(offered.flat());
  let at = 0;
  return texts.map((text, index) => ({
    text,
    errors: errors[index] ?? [],
    rewrites: (offered[index] ?? []).map((one) => ({ ...one, errors: checked[at++] ?? [] })),
  }));
}

function programAt(compiler: Compiler, config: string): Program {
  const program = compiler.program(config);
  if (program === undefined) throw new Error('The programs did not open.');
  return program;
}

function errorsIn(program: Program, file: string): readonly string[] {
  return program.errors(file).map(({ start, message }) => {
    const before = program.source(file)?.text.slice(0, start) ?? '';
    return `line ${before.split('\n').length}: ${message}`;
  });
}

/** The texts that fixes would give, by program. */
function offersIn(
  program: Program,
  names: readonly string[],
  texts: readonly string[],
): readonly (readonly Offer[])[] {
  const { findings, crashes } = lint(program, names, {
    rules: RULES,
    setting: (rule: Rule) => settingOf(rule, { preset: 'all' }),
    project: PROJECT,
    fixesAhead: true,
  });
  const [crash] = crashes;
  if (crash !== undefined) throw crash.error;
  return names.map((name, index) => {
    const own = findings.filter(({ file }) => file === name);
    return offersFor(own, texts[index] ?? '');
  });
}

function offersFor(findings: readonly Finding[], text: string): readonly Offer[] {
  const single = findings.flatMap((finding) => finding.fixes().map((fix) => ({ finding, fix })));
  const all: Edit[] = [];
  for (const { fixes } of findings) {
    const [first] = fixes();
    if (first !== undefined && disjoint(first.edits, all)) all.push(...first.edits);
  }
  const fills = FILLING.test(text);
  const offers = single.map(({ finding: { rule, message }, fix: { id, edits } }) => ({
    by: `${rule} ${id}`,
    text: applyEdits(text, edits),
    defers: rule === 'early-await',
    tellsSame: id === 'all-settled' && message.endsWith('longest chain 1.'),
    fills: rule === 'await-in-loop' && fills,
  }));
  if (findings.length < 2) return offers;
  const defers = offers.some((one) => one.defers);
  const together = { by: 'all', text: applyEdits(text, all), defers, tellsSame: false, fills };
  return [...offers, together];
}

/** `for (const box of boxes) box.a = await …` */
const FILLING = /for \(const (\w+) of [^\n]*\{(?:\n {4,}[^\n]*)*?\n\s+\1\.\w+ = await/;

/** A program made ready to run. */
export async function runnable(text: string): Promise<Runnable> {
  const { code } = await transform(text, { loader: 'ts', format: 'cjs', target: 'node20' });
  const made = new Function('require', 'module', 'fetch', 'db', 'Error', code);
  return (world: World) => {
    const module: { exports: ReturnType<Runnable> } = {
      exports: { run: async () => '', state: () => '' },
    };
    made(() => world.files, module, world.fetch, world.db, world.Error);
    return module.exports;
  };
}
