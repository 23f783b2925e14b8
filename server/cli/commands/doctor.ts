import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type Rule, settingOf } from '#engine';
import { counted } from '#formats/count.ts';
import { relativeName } from '#formats/place.ts';
import { findCompiler } from '#program';
import { rules as ours } from '#rules';
import { bytesIn, isSource, slashed } from '#workspace/files.ts';
import type { LinterOptions } from '#workspace/options.ts';
import { UsageMistake } from '#workspace/project.ts';
import {
  configsFor,
  peculiarityOf,
  type Survey,
  type SurveyedProject,
  survey,
} from '#workspace/survey.ts';
import { tellConfigMistakes } from '../config-mistakes.ts';
import { ExitCode } from '../exit.ts';
import { checkFiles } from '../options.ts';
import type { Terminal } from '../terminal.ts';
import type { Governing } from './inspection.ts';

/** What the command line says. */
interface Given extends Governing {
  readonly path: string;
}

/** Files of one kind that are named; of more, the rest is counted. */
const MOST_NAMED = 5;

/**
 * Tells what a run over a path would find, and why it would leave a file out. Answers with 2 when it would not run.
 * @throws {UsageMistake} when there is no such path.
 */
export async function examine(
  given: Given,
  terminal: Terminal,
  parts: Partial<LinterOptions>,
): Promise<number> {
  const { cwd } = terminal;
  const path = slashed(resolve(cwd, given.path));
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw new UsageMistake(`There is no file or folder \`${given.path}\`.`);
  checkFiles(given.config, given.project === undefined ? [] : [given.project], cwd);
  const options: LinterOptions = {
    cwd,
    rules: ours,
    ...(given.config !== undefined && { config: resolve(cwd, given.config) }),
    ...(given.project !== undefined && { tsconfigs: [resolve(cwd, given.project)] }),
    ...parts,
  };
  const tell = (title: string, lines: readonly string[]) => {
    if (lines.length > 0)
      terminal.out(`${[title, ...lines.map((line) => `  ${line}`), ''].join('\n')}\n`);
  };
  tell('Programs', programs(terminal));
  const folder = stat.isDirectory() ? path : dirname(path);
  const peculiarity = stat.isFile() ? peculiarityOf(path, slashed(cwd)) : undefined;
  if (peculiarity !== undefined) tell(relativeName(cwd, path), [peculiarity]);
  const found = stat.isDirectory() || isSource(path) ? survey([path], options) : undefined;
  const configs = configsOf(found, folder, options);
  const mistakes = await tellConfigMistakes(configs, options.rules, cwd);
  tell('Config', mistakes.length > 0 ? mistakes : configLines(configs, cwd));
  if (found === undefined) return mistakes.length > 0 ? ExitCode.usage : ExitCode.clean;
  tell('Projects', projectLines(found, cwd));
  tell('Not as it could be', doubts(found, stat.isFile(), cwd));
  if (stat.isFile()) tell(relativeName(cwd, path), [...fate(path, found, options)]);
  const isEmpty = found.projects.every(({ files }) => files.length === 0) && !found.straysAreLinted;
  if (isEmpty && stat.isDirectory()) tell('Verdict', ['There is nothing to lint here.']);
  const isVain = stat.isDirectory() ? isEmpty : isUnreadable(path);
  return mistakes.length > 0 || isVain ? ExitCode.usage : ExitCode.clean;
}

function programs({ version }: Terminal): readonly string[] {
  const compiler = findCompiler();
  const told = execFileSync(compiler, ['--version'], { encoding: 'utf8' }).trim();
  return [
    `asynclint ${version}`,
    `Node ${process.versions.node} on ${process.platform} ${process.arch}`,
    `TypeScript ${told.replace(/^Version /, '')}: ${compiler}`,
  ];
}

/** Config files that govern what was found, those first that others build on. */
function configsOf(
  found: Survey | undefined,
  folder: string,
  options: LinterOptions,
): readonly string[] {
  const own = configsFor(options).of(folder);
  const all = [own, ...(found?.projects.map(({ config }) => config) ?? [])];
  return [...new Set(all.flatMap(({ files }) => files))];
}

function configLines(files: readonly string[], cwd: string): readonly string[] {
  if (files.length === 0) {
    return ['None: the preset `recommended` holds. `asynclint init` writes one.'];
  }
  return files.map((file) => relativeName(cwd, file));
}

function projectLines({ projects, strays, straysAreLinted }: Survey, cwd: string) {
  const lines = projects.flatMap((project) => projectLine(project, cwd));
  if (!straysAreLinted) return lines;
  return [...lines, `no tsconfig.json: ${counted(strays.length, 'file')}, with standard options`];
}

function projectLine(project: SurveyedProject, cwd: string): readonly string[] {
  const { tsconfig, files, ignored, overridden, problem, config } = project;
  const governing = config.files.at(-1);
  const left = ignored > 0 ? `, ${ignored} more ignored by the config` : '';
  return [
    `${relativeName(cwd, tsconfig)}: ${counted(files.length, 'file')}${left}`,
    ...(governing === undefined ? [] : [`  config: ${relativeName(cwd, governing)}`]),
    ...(overridden.length === 0 ? [] : [`  linted as if it had ${overridden.join(', ')}`]),
    ...(problem === undefined ? [] : [`  ${problem}`]),
  ];
}

function doubts(
  { uninstalled, strays, straysAreLinted }: Survey,
  isFile: boolean,
  cwd: string,
): readonly string[] {
  const missing = uninstalled.map((folder) => {
    const name = relativeName(cwd, folder);
    return `${name}: its packages are not installed, so much has no type and less is found.`;
  });
  if (isFile || straysAreLinted || strays.length === 0) return missing;
  const named = strays.slice(0, MOST_NAMED).map((file) => `  ${relativeName(cwd, file)}`);
  const more = strays.length - named.length;
  return [
    ...missing,
    `${counted(strays.length, 'file')} that no tsconfig.json holds, so no run finds them; named they are linted:`,
    ...named,
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}

function isUnreadable(file: string): boolean {
  return bytesIn(file) === undefined;
}

/** What happens to one file. */
function fate(file: string, { projects }: Survey, options: LinterOptions): readonly string[] {
  if (isUnreadable(file)) return ['It is not linted: it cannot be read. Allow it.'];
  const project = projects[0];
  const config = project?.config ?? configsFor(options).of(dirname(file));
  if (config.ignores(file)) {
    return ['It is not linted: `ignore` in the config covers it.'];
  }
  const on = (rule: Rule) => settingOf(rule, config.choicesOf(file)).severity !== 'off';
  const active = counted(options.rules.filter(on).length, 'rule');
  const how = `It is linted with ${active} of ${options.rules.length}`;
  if (project !== undefined) return [`${how}, as a part of the project above.`];
  return [`${how}, and standard options: no tsconfig.json includes it.`];
}
