import { existsSync, readdirSync } from 'node:fs';

/** Tells the address of a rule's page, for those rules that have one in the folder. */
export function pagesIn(folder: URL): (rule: string) => string | undefined {
  const pages = new Set(existsSync(folder) ? readdirSync(folder) : []);
  return (rule) => (pages.has(`${rule}.md`) ? new URL(`${rule}.md`, folder).href : undefined);
}
