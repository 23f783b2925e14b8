import { readdirSync, readFileSync, statSync } from 'node:fs';
import { sep } from 'node:path';

/** Names of files that can be linted: TypeScript and JavaScript, declarations and minified files left out. */
export function isSource(name: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(name) && !isUnwritten(name);
}

/** Names of files that have nothing to lint in them: declarations, and what was minified. */
export function isUnwritten(name: string): boolean {
  return /(\.d(\.[^/.]+)?\.[cm]?ts|\.min\.[cm]?js)$/.test(name);
}

/** Bytes of the largest file that somebody may have written. */
const LARGEST = 1_000_000;

/** Bundles and generated tables are no one's source, and cost the compiler a hundred times their size. */
export function isByHand(file: string): boolean {
  return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) <= LARGEST;
}

/** Whether a file is a compiler config that is looked for by its name. */
function isConfig(name: string): boolean {
  return /(^|\/)[tj]sconfig\.json$/.test(name);
}

/** Whether there is a file, and no folder of that name. */
export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** A name as the compiler writes it: with forward slashes. */
export function slashed(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}

/** Whether a file lies in a folder, at any depth, or is it. Both absolute, with forward slashes. */
export function isWithin(file: string, folder: string): boolean {
  return file === folder || file.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** What a walk below a folder found: absolute names with forward slashes. */
export interface Found {
  readonly configs: readonly string[];
  readonly sources: readonly string[];
}

/** Dependencies and hidden folders are nobody's own source. */
const SKIPPED = /^(node_modules|bower_components|jspm_packages|\..*)$/;

/** Finds configs and sources below a folder, in no folder that is `ignored`, dependencies and hidden ones left out. */
export function walk(folder: string, ignored: (folder: string) => boolean): Found {
  const configs: string[] = [];
  const sources: string[] = [];
  const visit = (current: string): void => {
    for (const entry of entriesOf(current)) {
      const path = current.endsWith('/') ? current + entry.name : `${current}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!SKIPPED.test(entry.name) && !ignored(path)) visit(path);
      } else if (isConfig(entry.name)) configs.push(path);
      else if (isSource(entry.name)) sources.push(path);
    }
  };
  visit(folder);
  return { configs, sources };
}

/** The bytes of a file; nothing when it cannot be read. */
export function bytesIn(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // A folder that we may not read holds nothing that we could lint.
    return [];
  }
}
