/**
 * Pattern pages, written from the fixtures that the tests run. In a fixture a paragraph of `//` lines alone is prose, in
 * Markdown; all else is code. The first paragraph is the title, the second the lead; `Rules: a, b` names what leads there.
 */
import type { Rule } from '#engine';
import { stripMarks } from './marks.ts';

/** One page: its fixture's files in order, the first named like the page. */
export interface Pattern {
  readonly name: string;
  readonly title: string;
  /** What the page is about, in one paragraph. */
  readonly lead: string;
  /** Ids of rules that lead here; those that do not exist yet are left out of the page. */
  readonly rules: readonly string[];
  /** All below the lead, as Markdown. */
  readonly body: string;
  readonly files: readonly string[];
}

/** The order in which the index lists pages; others follow by name. */
const READING_ORDER = [
  'awaiting',
  'background-tasks',
  'not-blocking',
  'offloading',
  'gathering',
  'gathering-with-errors',
  'limiting',
  'queues',
  'async-iteration',
  'testing',
  'choosing',
];

const RULES = /^Rules: (.*)$/;

/** Makes a pattern of its files, texts by name; throws when the head is not as said above. */
export function patternOf(name: string, files: ReadonlyMap<string, string>): Pattern {
  const blocks = [...files.values()].flatMap(blocksOf);
  const [title, lead, ...rest] = blocks;
  if (!title?.text.startsWith('# ') || lead?.kind !== 'prose' || lead.text.startsWith('#')) {
    throw new Error(`fixtures/patterns/${name}.ts starts with a title and a lead`);
  }
  const rules = rest.find(({ text }) => RULES.test(text));
  return {
    name,
    title: title.text.slice(2),
    lead: lead.text,
    rules: RULES.exec(rules?.text ?? '')?.[1]?.split(', ') ?? [],
    body: rest
      .filter((block) => block !== rules)
      .map(({ kind, text }) => (kind === 'prose' ? text : `\`\`\`ts\n${text}\n\`\`\``))
      .join('\n\n'),
    files: [...files.keys()],
  };
}

interface Block {
  readonly kind: 'prose' | 'code';
  readonly text: string;
}

/** Paragraphs of prose, and the code between them. */
function blocksOf(file: string): readonly Block[] {
  const blocks: Block[] = [];
  for (const paragraph of withSquigglesOnly(file)
    .trim()
    .split(/\n{2,}/)) {
    const last = blocks.at(-1);
    if (isProse(paragraph)) {
      const text = paragraph.replace(/^\/\/ ?/gm, '');
      for (const part of text.split(/\n{2,}/)) blocks.push({ kind: 'prose', text: part });
    } else if (last?.kind === 'code') {
      blocks[blocks.length - 1] = { kind: 'code', text: `${last.text}\n\n${paragraph}` };
    } else blocks.push({ kind: 'code', text: paragraph });
  }
  return blocks;
}

function isProse(paragraph: string): boolean {
  return paragraph.split('\n').every((line) => /^\/\/(?: |$)/.test(line));
}

/** On a page a mark is its squiggle and its message: fixes are told by the code that follows. */
function withSquigglesOnly(file: string): string {
  const code = new Set(stripMarks(file).split('\n'));
  return file
    .split('\n')
    .filter((line) => code.has(line) || /~+ [a-z-]+: /.test(line))
    .join('\n');
}

/** The page. Rules that exist are linked wherever the prose names them. */
export function patternPage(pattern: Pattern, rules: readonly Rule[]): string {
  const leading = rules.filter(({ id }) => pattern.rules.includes(id));
  return [
    `# ${pattern.title}`,
    '',
    withRuleLinks(`${pattern.lead}\n\n${pattern.body}`, rules),
    ...(leading.length === 0 ? [] : ['', '## Rules that lead here', '']),
    ...leading.map(({ id, summary }) => `- ${ruleLink(id)}: ${summary}`),
    '',
    '---',
    '',
    `${foot(pattern)} · [All patterns](README.md)`,
    '',
  ].join('\n');
}

function foot({ name, files }: Pattern): string {
  const sources = files.map((file) => `[${file}](../../fixtures/patterns/${file})`).join(', ');
  return `Written from ${sources}, which [the tests](../../test/patterns/${name}.test.ts) lint and run.`;
}

function withRuleLinks(markdown: string, rules: readonly Rule[]): string {
  const ids = new Set(rules.map(({ id }) => id));
  return markdown
    .split(/(^```[\s\S]*?^```$)/m)
    .map((part) =>
      part.startsWith('```')
        ? part
        : part.replace(/`([a-z-]+)`/g, (name, id: string) => (ids.has(id) ? ruleLink(id) : name)),
    )
    .join('');
}

function ruleLink(id: string): string {
  return `[\`${id}\`](../../rules/docs/${id}.md)`;
}

/** The index: one line a page. */
export function patternIndex(patterns: readonly Pattern[]): string {
  return [
    '# Patterns',
    '',
    'How to write what asynclint asks for. Each page is one idea; its code compiles, is linted, and runs in the tests.',
    '',
    ...inReadingOrder(patterns).map(
      ({ name, title, lead }) => `- [${title}](${name}.md) — ${lead.replace(/\n/g, ' ')}`,
    ),
    '',
  ].join('\n');
}

function inReadingOrder(patterns: readonly Pattern[]): readonly Pattern[] {
  const place = ({ name }: Pattern) => {
    const index = READING_ORDER.indexOf(name);
    return index === -1 ? READING_ORDER.length : index;
  };
  return [...patterns].sort((a, b) => place(a) - place(b) || a.name.localeCompare(b.name));
}

/** For a rule's page: the patterns that its fixes lead to. */
export function patternLinks(id: string, patterns: readonly Pattern[]): readonly string[] {
  return inReadingOrder(patterns)
    .filter(({ rules }) => rules.includes(id))
    .map(({ title, name }) => `[${title}](../../docs/patterns/${name}.md)`);
}
