import { existsSync, lstatSync, statSync } from 'node:fs';
import { dirname, parse, relative, resolve } from 'node:path';
import { nearestName } from '../config/nearest-name.ts';
import { isSource, isUnwritten, slashed } from '../workspace/files.ts';
import { configAt } from '../workspace/nearest.ts';
import { UsageMistake } from '../workspace/usage-mistake.ts';
import type { Arguments } from './arguments/arguments.ts';

/** What the command line names. */
export interface Named {
  /** Absolute names of files and folders, globs expanded. */
  readonly paths: readonly string[];
  /** Whether a pattern that starts with `!` leaves a file out; missing when there is no such pattern. */
  readonly excludes?: (file: string) => boolean;
}

/**
 * Finds what paths and globs name; those that start with `!` take away from the others.
 * @throws {UsageMistake} when there is no such thing.
 */
export async function named(paths: readonly string[], cwd: string): Promise<Named> {
  const isLeftOut = (path: string): boolean =>
    path.startsWith('!') && !existsSync(resolve(cwd, path));
  const wanted = paths.filter((path) => !isLeftOut(path));
  const unwanted = paths.filter(isLeftOut).map((path) => path.slice(1));
  const excludes = await matcherOf(unwanted, cwd);
  const found: string[] = [];
  for (const path of wanted.length > 0 ? wanted : ['.']) {
    const name = resolve(cwd, path);
    if (existsSync(name)) found.push(lintable(path, name));
    else if (isGlob(path)) found.push(...(await matching(path, cwd, excludes)));
    else throw new UsageMistake(nothingAt(path, name));
  }
  const kept = [...new Set(found)].filter((path) => !excludes?.(path));
  if (kept.length > 0) return { paths: kept, ...(excludes && { excludes }) };
  throw new UsageMistake(
    `Nothing is left to lint: \`!${unwanted.join('`, `!')}\` leaves it all out.`,
  );
}

/** @throws {UsageMistake} for files that are no source. */
function lintable(path: string, name: string): string {
  if (!statSync(name).isFile() || isSource(name) || isUnwritten(name)) return name;
  throw new UsageMistake(`\`${path}\` is neither TypeScript nor JavaScript.`);
}

function nothingAt(path: string, name: string): string {
  if (lstatSync(name, { throwIfNoEntry: false })?.isSymbolicLink())
    return `\`${path}\` is a link that leads nowhere.`;
  const nothing = `There is no file or folder \`${path}\`.`;
  const command =
    path === 'help' ? '--help' : path.length > 3 ? nearestName(path, COMMANDS) : undefined;
  return command === undefined ? nothing : `${nothing} Did you mean \`asynclint ${command}\`?`;
}

/** What may stand in place of paths. */
const COMMANDS = [
  'baseline',
  'completion',
  'doctor',
  'explain',
  'init',
  'lsp',
  'merge',
  'migrate',
  'rules',
  'waterfall',
];

function isGlob(path: string): boolean {
  return /[*?{[]|[@!+]\(/.test(path);
}

async function matching(
  pattern: string,
  cwd: string,
  excludes: Named['excludes'] = () => false,
): Promise<readonly string[]> {
  const { glob } = await import('tinyglobby');
  const { GitIgnore } = await import('../workspace/git-ignore.ts');
  const found = await glob([pattern, `${pattern}/**`], {
    cwd,
    absolute: true,
    followSymbolicLinks: false,
    ignore: ['**/node_modules/**'],
  });
  const ignored = new GitIgnore(slashed(resolve(cwd, fixedPart(pattern))));
  const sources = found.filter(isSource).sort();
  const kept = sources.filter((file) => !ignored.ignores(file) && !excludes(file));
  if (kept.length > 0) return kept;
  throw new UsageMistake(vainPattern(pattern, sources.length));
}

/** The folders that a pattern starts with, up to the first that is not written out. */
function fixedPart(pattern: string): string {
  const folders = pattern.split('/').slice(0, -1);
  const first = folders.findIndex(isGlob);
  return folders.slice(0, first === -1 ? undefined : first).join('/') || '.';
}

function vainPattern(pattern: string, ignored: number): string {
  if (ignored > 0)
    return `All that matches \`${pattern}\` is ignored; name a file to lint it anyway.`;
  const nothing = `No TypeScript or JavaScript file matches \`${pattern}\`.`;
  return pattern.includes('\\') ? `${nothing} Globs are written with \`/\`.` : nothing;
}

/** Patterns as in a `.gitignore`, but relative to where we are. */
async function matcherOf(patterns: readonly string[], cwd: string): Promise<Named['excludes']> {
  if (patterns.length === 0) return undefined;
  const { default: ignore } = await import('ignore');
  const { root } = parse(cwd);
  const nameOf = (path: string): string => slashed(relative(root, path));
  const rules = ignore().add(
    patterns.map((pattern) => {
      const path = resolve(cwd, pattern);
      // What exists is meant as it is written: `[id]` is a folder, not a letter.
      return `/${existsSync(path) ? nameOf(path).replace(/[*?[\]!#\\]/g, '\\$&') : nameOf(path)}`;
    }),
  );
  return (file) => file !== root && rules.ignores(nameOf(file));
}

/** Without paths: where we are, and the folders of the projects that were named. */
export function startsOf({ paths, project }: Arguments, cwd: string): readonly string[] {
  if (paths.length > 0) return paths;
  return ['.', ...project.map((one) => dirname(configAt(resolve(cwd, one))))];
}

/** The only tsconfigs to open, where some are named. */
export function tsconfigsOf(
  { project }: Arguments,
  cwd: string,
): { readonly tsconfigs?: readonly string[] } {
  return project.length === 0 ? {} : { tsconfigs: project.map((one) => resolve(cwd, one)) };
}
