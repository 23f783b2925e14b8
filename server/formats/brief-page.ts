/** The part of a rule's page that fits into a small window: what it is, why, and what to do. */
export function briefPage(page: string, href: string): string {
  const sections = page.split(/^## /m);
  const head = sections[0] ?? '';
  const [title = '', summary = ''] = head.split('\n').filter((line) => line.trim() !== '');
  const why = bodyOf(sections, 'Why');
  const advice = bodyOf(sections, 'What to do')?.replace(/\n*Read more:.*/s, '');
  return [
    `**${title.replace(/^#\s*/, '')}** · ${summary}`,
    why,
    advice,
    `[All about this rule](${href})`,
  ]
    .filter((part) => part !== undefined && part !== '')
    .join('\n\n');
}

function bodyOf(sections: readonly string[], title: string): string | undefined {
  const section = sections.find((one) => one.startsWith(`${title}\n`));
  return section?.slice(title.length).trim();
}
