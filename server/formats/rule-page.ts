import { createColors } from 'picocolors';
import { wrapped } from './columns.ts';
import type { View } from './view.ts';

/** A rule's page for a terminal: all but the examples, and the ways of fixing that they show. */
export function rulePage(
  page: string,
  where: string,
  view: Pick<View, 'colors' | 'width'>,
): string {
  const [head = '', rest = ''] = page.split(/^## Examples$/m);
  const after = rest.slice(rest.search(/^## (?!#)/m));
  const fixes = fixesIn(rest).map((title) => `- ${title}`);
  const ways = fixes.length === 0 ? 'None: nobody can tell what is meant.' : fixes.join('\n');
  const whole = `${head.trimEnd()}\n\n## Fixes, as in the examples\n\n${ways}\n\n${after.trimEnd()}\n`;
  return `${laidOut(whole, view)}\nExamples: ${where}\n`;
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

/** Markdown as our pages have it, in lines that fit; with colours it loses the marks that they stand for. */
function laidOut(page: string, { colors, width }: Pick<View, 'colors' | 'width'>): string {
  const { bold, cyan, dim } = createColors(colors);
  const code = (line: string) => (colors ? line.replace(/`([^`]+)`/g, (_, it) => cyan(it)) : line);
  let isCode = false;
  return page
    .split('\n')
    .flatMap((line): readonly string[] => {
      if (line.startsWith('```')) {
        isCode = !isCode;
        return [];
      }
      if (isCode) return [`    ${dim(line)}`];
      if (/^#+ /.test(line)) return [colors ? bold(line.replace(/^#+ /, '')) : line];
      if (line.startsWith('|')) return optionOf(line, width).map(code);
      const indent = line.startsWith('- ') ? '  ' : '';
      const told = line.replace(/\[([^\]]+)\]\([^)]*\)/g, '$1');
      return line === '' ? [''] : wrapped(told, width, indent).map(code);
    })
    .join('\n');
}

/** An option's row as an entry of a list. */
function optionOf(row: string, width: number): readonly string[] {
  const [name = '', text, values, standard] = row
    .split('|')
    .slice(1)
    .map((cell) => cell.trim());
  if (!name.startsWith('`')) return [];
  return wrapped(`- ${name}: ${text} Values: ${values}; default: ${standard}.`, width, '  ');
}
