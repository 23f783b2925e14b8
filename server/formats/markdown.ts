import type { Finding } from '#engine';
import type { Note, Report } from '../workspace/report.ts';
import { byFile } from './by-file.ts';
import { counted } from './count.ts';
import { type Lines, linesIn, relativeName } from './place.ts';
import { SEVERITIES, totalsOf } from './totals.ts';
import type { Format, FullView } from './view.ts';

/** Findings that are listed one by one: GitHub takes a summary of one megabyte and no more. */
const MOST = 500;

/** A summary for people, such as that of a GitHub step: what each rule found, then every finding. */
export const markdown: Format = (report, view) => {
  const { what, where, fixable } = totalsOf(report);
  const { findings, notes } = report;
  const parts = [
    '## asynclint',
    `**${what}** ${where}.${fixable.replace(/--[a-z-]+/g, '`$&`')}`,
    ...(findings.length > 0 ? [byRule(findings, view), listed(report, view)] : []),
    ...(notes.length > 0 ? [notes.map((note) => noteItem(note, view)).join('\n')] : []),
  ];
  return `${parts.join('\n\n')}\n`;
};

function byRule(findings: readonly Finding[], view: FullView): string {
  const rules = [...new Set(findings.map(({ rule }) => rule))].map((rule) => {
    const found = findings.filter((one) => one.rule === rule);
    const worst = SEVERITIES.find((one) => found.some(({ severity }) => severity === one));
    const summary = view.rules.find(({ id }) => id === rule)?.summary ?? '';
    return { rule, count: found.length, worst: worst ?? 'information', summary };
  });
  rules.sort((a, b) => b.count - a.count || (a.rule < b.rule ? -1 : 1));
  const rows = rules.map(({ rule, count, worst, summary }) => {
    return `| ${linkTo(rule, view)} | ${worst} | ${count} | ${cell(summary)} |`;
  });
  return ['| rule | severity | found | what it reports |', '|---|---|--:|---|', ...rows].join('\n');
}

function listed({ findings }: Report, view: FullView): string {
  const linesOf = linesIn(view.textOf);
  const shown = findings.slice(0, MOST);
  const files = [...byFile(shown)].map(([file, found]) => {
    const name = relativeName(view.cwd, file);
    const rows = found.map((finding) => row(finding, name, linesOf(file), view));
    return [`### ${code(name)}`, ['| line | rule | |', '|--:|---|---|', ...rows].join('\n')];
  });
  const left = findings.length - shown.length;
  const more = left > 0 ? [`…and ${counted(left, 'more finding')}.`] : [];
  return [...files.flat(), ...more].join('\n\n');
}

function row(finding: Finding, name: string, lines: Lines, view: FullView): string {
  const { rule, severity, message, range } = finding;
  const { line } = lines.at(range.start);
  const source = view.sourceAt(name, line);
  const place = source === undefined ? String(line) : `[${line}](${source})`;
  const [fix] = finding.fixes();
  const help = fix === undefined ? '' : `<br>Fix: ${cell(fix.title)}`;
  return `| ${place} | ${severity} ${linkTo(rule, view)} | ${cell(message)}${help} |`;
}

function noteItem({ message, file, kind }: Note, view: FullView): string {
  const place = file === undefined ? '' : `${code(relativeName(view.cwd, file))}: `;
  return `- ${kind === 'internal' ? '**bug:** ' : ''}${place}${cell(message)}`;
}

function linkTo(rule: string, view: FullView): string {
  const isKnown = view.rules.some(({ id }) => id === rule);
  return isKnown ? `[\`${rule}\`](${view.addressOf(`rules/docs/${rule}.md`)})` : `\`${rule}\``;
}

/** Text of ours as it is meant: code in backticks stays code, and all else is no markup. */
function cell(text: string): string {
  const parts = text.replace(/\s+/g, ' ').split(/(`[^`]+`)/);
  const escaped = parts.map((part) => {
    return part.startsWith('`') && part.length > 2 ? part : part.replace(/[\\`*_[\]<>]/g, '\\$&');
  });
  return escaped.join('').replaceAll('|', '\\|');
}

function code(name: string): string {
  return name.includes('`') ? `\`\` ${name} \`\`` : `\`${name}\``;
}
