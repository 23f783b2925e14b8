import type { Finding, Fix } from '#engine';
import { counted } from './count.ts';
import { changeHtml } from './html-change.ts';
import { frameHtml, type Highlight } from './html-frame.ts';
import { escaped, prose } from './markup.ts';
import { type Lines, relativeName } from './place.ts';
import type { FullView } from './view.ts';
import { waterfallSvg } from './waterfall-svg.ts';

/** What the findings of one page share. */
export interface Page {
  readonly view: FullView;
  linesOf(file: string): Lines;
  /** Whether findings are open at first. */
  readonly isOpen: boolean;
}

/** A finding: what one sees of it at once, and all else below. */
export function findingHtml(finding: Finding, page: Page): string {
  const { rule, severity, certainty, message, file, range } = finding;
  const { view, linesOf, isOpen } = page;
  const name = relativeName(view.cwd, file);
  const { line, column } = linesOf(file).at(range.start);
  const known = view.rules.find(({ id }) => id === rule);
  const address = view.addressOf(`rules/docs/${rule}.md`);
  const source = view.sourceAt(name, line);
  const place = `${name}:${line}:${column}`;
  const links = [
    ...(known ? [`<a href="${escaped(address)}">About <code>${escaped(rule)}</code></a>`] : []),
    ...(source === undefined ? [] : [`<a href="${escaped(source)}">${escaped(place)}</a>`]),
  ];
  return `<details class="finding ${severity}"${isOpen ? ' open' : ''} data-severity="${severity}" data-rule="${escaped(rule)}" data-file="${escaped(name)}">
<summary><span class="badge">${severity}</span> <span class="what">${prose(message)}</span> <span class="where"><span class="rule">${escaped(rule)}</span> <span title="${escaped(place)}">${line}:${column}</span></span></summary>
<div class="body">
${frames(finding, page)}
${certainty === 'likely' ? '<p class="faint">Likely, not proved: names were needed to tell.</p>' : ''}
${known === undefined ? '' : `<p class="advice">${prose(known.advice)}</p>`}
${finding
  .fixes()
  .map((fix) => fixHtml(fix, finding, page))
  .join('\n')}
${waterfall(finding, place, page)}
<p class="links">${links.join(' · ')}</p>
</div>
</details>`;
}

/** The code, related places of the same file within it, and the others below. */
function frames({ file, range, related }: Finding, { view, linesOf }: Page): string {
  const highlights: Highlight[] = [{ range, label: '', kind: 'main' }];
  for (const { file: where, range: place, message: label } of related) {
    if (where === file) highlights.push({ range: place, label, kind: 'also' });
  }
  const elsewhere = related
    .filter((one) => one.file !== file)
    .map(({ file: where, range: place, message: label }) => {
      const { line, column } = linesOf(where).at(place.start);
      const at = `${relativeName(view.cwd, where)}:${line}:${column}`;
      const there = frameHtml(linesOf(where), [{ range: place, label, kind: 'also' }]);
      return `<p class="at">${escaped(at)}</p>\n${there}`;
    });
  return [frameHtml(linesOf(file), highlights), ...elsewhere].join('\n');
}

function fixHtml({ title, kind, edits }: Fix, { file }: Finding, { linesOf }: Page): string {
  const own = edits.filter((edit) => edit.file === file);
  const others = new Set(edits.map((edit) => edit.file).filter((other) => other !== file)).size;
  const way = kind === 'safe' ? '--fix' : '--fix-suggested';
  const beyond =
    others === 0 ? '' : ` <span class="faint">and in ${counted(others, 'file')} more</span>`;
  return `<details class="fix"><summary>${prose(title)}${beyond} <code class="faint">${way}</code></summary>
${own.length === 0 ? '' : changeHtml(linesOf(file), own)}</details>`;
}

function waterfall(finding: Finding, place: string, { view }: Page): string {
  const picture = view.pictureOf(finding);
  if (picture === undefined) return '';
  const id = `${finding.rule}:${place}`.replace(/\s/g, '-');
  return `<figure>\n${waterfallSvg(picture, escaped(id))}</figure>`;
}
