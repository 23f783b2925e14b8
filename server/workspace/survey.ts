import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Config, Configs } from '../config/config.ts';
import { isSource, isWithin } from './files.ts';
import { GitIgnore } from './git-ignore.ts';
import { configNote } from './notes.ts';
import type { LinterOptions } from './options.ts';
import { Plan } from './plan.ts';
import { Projects, type Selection } from './project.ts';
import { Session } from './session.ts';

/** One project that paths belong to. */
export interface SurveyedProject {
  /** The user's own tsconfig. */
  readonly tsconfig: string;
  /** Files of it that the paths name and that are linted. */
  readonly files: readonly string[];
  /** How many of them the config leaves out. */
  readonly ignored: number;
  /** What is overridden of its options. */
  readonly overridden: readonly string[];
  /** What the compiler could not read of it. */
  readonly problem: string | undefined;
  readonly config: Config;
}

/** What is found for some paths before anything is linted. */
export interface Survey {
  readonly projects: readonly SurveyedProject[];
  /** Files that no tsconfig holds, and whether they are linted all the same. */
  readonly strays: readonly string[];
  readonly straysAreLinted: boolean;
  /** Folders whose manifest asks for packages that are not installed. */
  readonly uninstalled: readonly string[];
}

/**
 * Looks round as a run would, and lints nothing.
 * @throws {UsageMistake} when a path names nothing that can be linted.
 * @throws {MissingCompiler} when there is no compiler for this platform.
 */
export function survey(paths: readonly string[], options: LinterOptions): Survey {
  const projects = new Projects(options.tsconfigs);
  const configs = configsFor(options);
  const selection = projects.select(paths);
  const session = new Session(options);
  try {
    const plan = new Plan(projects, session);
    plan.takeFolders(selection.folders);
    for (const file of selection.files) plan.takeFile(file);
    const taken = plan.batches.flatMap(({ files }) => files);
    const surveyed = plan.batches.map(({ opened, config: tsconfig = opened, files }) => {
      const config = configs.of(dirname(tsconfig));
      const standIn = projects.standIn(tsconfig);
      const linted = files.filter((file) => !config.ignores(file));
      const errors = session.program(opened)?.configErrors() ?? [];
      return {
        tsconfig,
        files: linted,
        ignored: files.length - linted.length,
        overridden: standIn.told,
        problem: configNote(tsconfig, errors, standIn)?.message,
        config,
      };
    });
    return {
      projects: surveyed,
      strays: [...new Set([...plan.stray, ...leftOut(selection, new Set(taken))])],
      straysAreLinted: plan.stray.length > 0,
      uninstalled: uninstalledOf([...paths, ...surveyed.map(({ tsconfig }) => tsconfig)]),
    };
  } finally {
    session.end();
  }
}

/** Config files, as a run with these options reads them. */
export function configsFor({ choices = {}, config }: LinterOptions): Configs {
  return new Configs(typeof choices === 'function' ? choices : () => choices, config);
}

/** Sources in folders that no program holds. */
function leftOut({ folders }: Selection, taken: ReadonlySet<string>): readonly string[] {
  return folders.flatMap(({ sources }) => sources().filter((file) => !taken.has(file)));
}

/** Folders above some paths that ought to have their packages, and do not. */
function uninstalledOf(paths: readonly string[]): readonly string[] {
  const found = paths.flatMap((path) => {
    for (let current = path; dirname(current) !== current; current = dirname(current)) {
      if (existsSync(join(current, 'node_modules'))) return [];
      if (existsSync(join(current, 'package.json'))) return [current];
    }
    return [];
  });
  return [...new Set(found)].filter((folder) => !hasModulesAbove(folder));
}

function hasModulesAbove(folder: string): boolean {
  if (existsSync(join(folder, 'node_modules'))) return true;
  return dirname(folder) !== folder && hasModulesAbove(dirname(folder));
}

/** Why a run over the folder would leave a file out, or lints it in a way that may surprise; nothing when neither. */
export function peculiarityOf(file: string, root: string): string | undefined {
  if (/\.d(\.[^/.]+)?\.[cm]?ts$/.test(file))
    return 'It is a declaration: it holds no code that runs.';
  if (/\.min\.[cm]?js$/.test(file)) return 'It is minified: nobody wrote it as it is.';
  if (!isSource(file)) return 'It is neither TypeScript nor JavaScript, by its name.';
  const inside = isWithin(file, root) ? file.slice(root.length + 1) : file;
  const skipped = /(?:^|\/)(node_modules|bower_components|jspm_packages|\.[^/]+)\//.exec(
    inside,
  )?.[1];
  if (skipped !== undefined)
    return `It lies in \`${skipped}\`, where no run looks; named by itself it is linted.`;
  if (new GitIgnore(root).ignores(file))
    return 'Git ignores it, so no run finds it; named by itself it is linted.';
  const size = statSync(file).size;
  return size > 1_000_000 ? 'It is larger than 1 MB: generated, as a rule.' : undefined;
}
