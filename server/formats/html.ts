import type { Finding } from '#engine';
import type { Note, Report } from '../workspace/report.ts';
import { byFile } from './by-file.ts';
import { findingHtml } from './html-finding.ts';
import { SCRIPT, SCRIPT_HASH } from './html-script.ts';
import { STYLE } from './html-style.ts';
import { escaped, prose } from './markup.ts';
import { linesIn, relativeName } from './place.ts';
import { SEVERITIES, severityCount, totalsOf } from './totals.ts';
import type { Format, FullView } from './view.ts';

/** More findings than this are closed at first, so that one sees what there is. */
const MOST_OPEN = 50;

/** A page for people: every finding with its code, to be searched and filtered. It loads nothing from anywhere. */
export const html: Format = (report, view) => {
  const { what, where, fixable } = totalsOf(report);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${SCRIPT_HASH}'">
<title>asynclint: ${escaped(what)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<p class="brand">asynclint <span>${escaped(view.version)}</span></p>
<h1>${escaped(what)}</h1>
<p class="faint">${escaped(`${where}.${fixable}`.replace(/^i/, 'I'))}</p>
</header>
${report.findings.length === 0 ? '' : filters(report, view)}
<main>
${sections(report, view)}
${notes(report.notes, view)}</main>
<script>${SCRIPT}</script>
</body>
</html>
`;
};

function filters({ findings }: Report, view: FullView): string {
  const severities = SEVERITIES.map((severity) => {
    const count = findings.filter((one) => one.severity === severity).length;
    const state = count === 0 ? 'disabled' : 'checked';
    const [number, noun] = severityCount(count, severity).split(' ');
    return `<label class="chip ${severity}"><input type="checkbox" name="severity" value="${severity}" ${state}> <b>${number}</b> ${noun}</label>`;
  });
  const files = [...byFile(findings)].map(([file, { length }]) => {
    const name = escaped(relativeName(view.cwd, file));
    return `<option value="${name}">${name} (${length})</option>`;
  });
  return `<form id="filters" role="search" aria-label="Findings" hidden>
<div class="row">
<label class="grow"><span class="sr">Search in findings</span><input type="search" name="text" placeholder="Search: code, message, function…" aria-keyshortcuts="/"></label>
<label><span class="sr">File</span><select name="file"><option value="">All files</option>${files.join('')}</select></label>
</div>
<fieldset class="row"><legend class="sr">Severity</legend>${severities.join('')}
<span class="grow"></span><button type="button" id="toggle">Close all</button><button type="reset">Reset</button></fieldset>
<fieldset class="rules"><legend class="sr">Rules</legend>
${ruleFilters(findings)}
</fieldset>
<p id="count" class="faint" role="status"></p>
</form>`;
}

/** One button a rule, most frequent first, with a bar as long as it found much. */
function ruleFilters(findings: readonly Finding[]): string {
  const counts = new Map<string, number>();
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  const sorted = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const most = Math.max(...counts.values());
  return sorted
    .map(([rule, count]) => {
      const share = Math.round((count / most) * 100);
      return `<label style="--share: ${share}%"><input type="checkbox" name="rule" value="${escaped(rule)}"> <span>${escaped(rule)}</span> <b>${count}</b></label>`;
    })
    .join('\n');
}

function sections({ findings }: Report, view: FullView): string {
  const linesOf = linesIn(view.textOf);
  const isOpen = findings.length <= MOST_OPEN;
  return [...byFile(findings)]
    .map(([file, found]) => {
      const name = relativeName(view.cwd, file);
      const items = found.map((finding) => findingHtml(finding, { view, linesOf, isOpen }));
      return `<section class="file">
<h2>${escaped(name)} <span class="faint">${found.length}</span></h2>
${items.join('\n')}
</section>`;
    })
    .join('\n');
}

function notes(all: readonly Note[], view: FullView): string {
  if (all.length === 0) return '';
  const items = all.map(({ kind, file, message }) => {
    const place =
      file === undefined ? '' : `<code>${escaped(relativeName(view.cwd, file))}</code>: `;
    return `<li>${kind === 'internal' ? '<b>bug:</b> ' : ''}${place}${prose(message)}</li>`;
  });
  return `<section class="notes">\n<h2>Notes</h2>\n<ul>${items.join('')}</ul>\n</section>\n`;
}
