import type { Bar } from '#facts';
import { escaped } from './markup.ts';
import { barLength, lengthText, type Picture } from './waterfall.ts';
import { waterfallSvg } from './waterfall-svg.ts';

const STYLE = `
:root { color-scheme: light dark; }
h1 { font-size: 1.5rem; }
body { font: 16px/1.5 ui-sans-serif, system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; }
figure { margin: 0 0 2rem; }
svg { max-width: 100%; height: auto; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: 600; padding-bottom: .5rem; }
th, td { text-align: left; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid color-mix(in srgb, currentColor 25%, transparent); }
td.number, th.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
code { font: .9em ui-monospace, monospace; overflow-wrap: anywhere; }`;

/** A waterfall as a page: the picture, and the same as a table. Loads nothing, runs nothing. */
export function waterfallHtml(picture: Picture): string {
  const { name, waterfall } = picture;
  const { today, overlapped } = waterfall;
  const rows = today.bars.map((bar, index) => rowOf(bar, overlapped.bars[index] ?? bar, picture));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>What ${escaped(name)} waits for</title>
<style>${STYLE}
</style>
</head>
<body>
<main>
<h1>What <code>${escaped(name)}</code> waits for</h1>
<figure>
${waterfallSvg(picture)}</figure>
<table>
<caption>Each await, today and overlapped</caption>
<thead><tr><th scope="col">Await</th><th scope="col" class="number">Line</th><th scope="col" class="number">Takes</th><th scope="col" class="number">Starts today</th><th scope="col" class="number">Starts overlapped</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
</main>
</body>
</html>
`;
}

function rowOf(today: Bar, overlapped: Bar, { waterfall, lineOf }: Picture): string {
  const { unit } = waterfall;
  const numbers = [
    String(lineOf(today)),
    barLength(today, unit),
    lengthText(today.start, unit),
    lengthText(overlapped.start, unit),
  ];
  const cells = numbers.map((text) => `<td class="number">${text}</td>`).join('');
  return `<tr><th scope="row"><code>${escaped(today.label)}</code></th>${cells}</tr>`;
}
