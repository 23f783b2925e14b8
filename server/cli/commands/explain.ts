import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { unknownName } from '#config/nearest-name.ts';
import { commentRules, type Finding, type Range } from '#engine';
import { explainableIn, explanationsIn } from '#facts';
import { explanationText } from '#formats/explanation.ts';
import { Lines } from '#formats/place.ts';
import { rulePage } from '#formats/rule-page.ts';
import type { View } from '#formats/view.ts';
import { rules } from '#rules';
import { slashed } from '#workspace/files.ts';
import type { Linter } from '#workspace/linter.ts';
import type { LinterOptions } from '#workspace/options.ts';
import { UsageMistake } from '#workspace/project.ts';
import { isColorful, type Terminal } from '../terminal.ts';
import { type Governing, inspecting } from './inspection.ts';

/** What the command line says. */
interface Given extends Governing {
  /** `file:line`, or a rule's id. */
  readonly subject: string;
  readonly color?: boolean;
}

/**
 * Tells all that is known of one line, or prints a rule's page.
 * @throws {UsageMistake} when there is no such rule, file or line, or nothing on it waits.
 */
export async function explain(
  asked: Given,
  terminal: Terminal,
  parts: Partial<LinterOptions>,
): Promise<string> {
  const { subject } = asked;
  const [, path, line] = /^(.+?):(\d+)(?::\d+)?$/.exec(subject) ?? [];
  if (path === undefined) return pageOf(asked, terminal);
  return inspecting(path, asked, terminal, parts, (linter, file) => {
    return explainLine(linter, file, Number(line), { path, colors: asked.color, terminal });
  });
}

interface Wish {
  /** The file as it was named. */
  readonly path: string;
  readonly colors: boolean | undefined;
  readonly terminal: Terminal;
}

function explainLine(linter: Linter, file: string, line: number, wish: Wish): string {
  const { path, terminal } = wish;
  const { findings } = linter.lint([file]);
  const seen = linter.inspect(file, (facts, { root, text }) => {
    const lines = new Lines(text);
    if (line < 1 || line > lines.count) return { count: lines.count };
    const range = lines.rangeOf(line);
    const others = explainableIn(root, facts).map((one) => lines.at(one.range.start).line);
    return { range, explanations: explanationsIn(root, range, facts), others };
  });
  if (seen === undefined) throw new UsageMistake(`No project holds \`${path}\`.`);
  if (seen.range === undefined) {
    throw new UsageMistake(`\`${path}\` ends at line ${seen.count}: there is no line ${line}.`);
  }
  const { range, explanations, others } = seen;
  const reported = findings.filter((one) => isAbout(one, file, range));
  const rules = new Set(explanations.length === 0 ? reported.map(({ rule }) => rule) : []);
  if (explanations.length + rules.size === 0) throw new UsageMistake(nothingOn(line, path, others));
  const view: View = {
    textOf: (name) => linter.textOf(name) ?? readFileSync(name, 'utf8'),
    cwd: slashed(terminal.cwd),
    colors: isColorful(wish.colors, terminal),
    width: terminal.columns,
  };
  const more = [...rules].map((id) => `\`asynclint explain ${id}\` tells why it matters.\n`);
  return [explanationText(explanations, reported, view), ...more].join('');
}

/** Whether a finding, or a place that it speaks of, begins on a line. */
function isAbout(finding: Finding, file: string, line: Range): boolean {
  return [finding, ...finding.related].some(({ file: where, range }) => {
    return where === file && range.start >= line.start && range.start <= line.end;
  });
}

function nothingOn(line: number, path: string, others: readonly number[]): string {
  const nothing = `On line ${line} of \`${path}\` nothing waits: no \`await\`, loop or combinator.`;
  const [nearest] = [...others].sort((a, b) => Math.abs(a - line) - Math.abs(b - line));
  return nearest === undefined
    ? `${nothing} Nor does anything else in that file.`
    : `${nothing} The nearest is on line ${nearest}: try \`${path}:${nearest}\`.`;
}

function pageOf({ subject: id, color }: Given, terminal: Terminal): string {
  const { pages, cwd, columns: width } = terminal;
  const page = join(pages, `${id}.md`);
  const isRule = rules.some((rule) => rule.id === id);
  const colors = isColorful(color, terminal);
  if (isRule && existsSync(page))
    return rulePage(readFileSync(page, 'utf8'), page, { colors, width });
  const own = commentRules.find((rule) => rule.id === id);
  if (own !== undefined) return `# ${id}\n\n${own.summary} ${own.advice}\n`;
  const file = id.replace(/:[^:/\\]*$/, '');
  if (existsSync(resolve(cwd, file))) {
    throw new UsageMistake(`Name a line of the file as well: \`${file}:1\`.`);
  }
  const known = [...rules, ...commentRules].map((rule) => rule.id);
  throw new UsageMistake(`${unknownName('rule', id, known)} A place is written \`file:line\`.`);
}
