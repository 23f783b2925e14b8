import { bytesIn } from './files.ts';
import type { LinterOptions } from './options.ts';
import { Projects } from './project.ts';
import { Session } from './session.ts';

/** Projects to find, and the compiler that has them open. */
export interface Opening {
  readonly projects: Projects;
  readonly session: Session;
}

type OpeningOptions = Omit<LinterOptions, 'rules'>;

/**
 * Starts the compiler, with nothing open yet.
 * @throws {MissingCompiler} when there is no compiler for this platform.
 * @throws {UsageMistake} when a tsconfig to open does not exist.
 */
export function openingFor(options: OpeningOptions): Opening {
  const projects = new Projects(options.tsconfigs);
  const folderOf = (config: string) => projects.folderOf(config);
  return { projects, session: new Session({ read: bytesIn, folderOf, ...options }) };
}

/**
 * Lets the compiler open the projects of folders, for a linter to be made while it is at work. What is wrong with any of it
 * is left to that linter, which meets the same.
 */
export function openAhead(options: OpeningOptions, paths: readonly string[]): Opening {
  const opening = openingFor(options);
  const { projects, session } = opening;
  try {
    const { folders, files } = projects.select(paths);
    const ofFolders = folders.flatMap(({ configs }) => configs);
    const ofFiles = files.slice(0, 1).flatMap((file) => projects.homesOf(file).slice(0, 1));
    const configs = ofFolders.length > 0 ? ofFolders : ofFiles;
    if (configs.length > 0) session.begin(configs.map((config) => projects.standIn(config).path));
  } catch (error) {
    session.end();
    throw error;
  }
  return opening;
}
