/** A rule's page for a terminal: all but the examples, and the ways of fixing that they show. */
export function rulePage(page: string, where: string): string {
  const [head = '', rest = ''] = page.split(/^## Examples$/m);
  const after = rest.slice(rest.search(/^## (?!#)/m));
  const fixes = fixesIn(rest).map((title) => `- ${title}`);
  const ways = fixes.length === 0 ? 'None: nobody can tell what is meant.' : fixes.join('\n');
  return `${head.trimEnd()}\n\n## Fixes, as in the examples\n\n${ways}\n\n${after.trimEnd()}\n\nExamples: ${where}\n`;
}

/** A rule's page for a place elsewhere: all but the title and the examples, with links that hold there. */
export function ruleSummary(page: string, addressOf: (link: string) => string): string {
  const [, , rest = ''] = page.split(/^## Examples$/m)[0]?.split(/^(# .*\n)/m) ?? [];
  return rest.trim().replace(/\]\((?!https?:)([^)]+)\)/g, (_, link: string) => {
    return `](${addressOf(link)})`;
  });
}

/** Titles of the fixes in the marks of examples, each once, whatever names they speak of. */
function fixesIn(examples: string): readonly string[] {
  const titles = examples.matchAll(/^\s*\/\/\s+(?:fix|or): (.+)$/gm);
  const byShape = new Map<string, string>();
  for (const [, title = ''] of titles) {
    const shape = title.replace(/`[^`]*`|\d+/g, '…');
    if (!byShape.has(shape)) byShape.set(shape, title);
  }
  return [...byShape.values()];
}
