import assert from 'node:assert/strict';
import type { Bar, Waterfall } from '#facts';
import type { Picture } from '../../server/formats/waterfall.ts';
import { waterfallHtml } from '../../server/formats/waterfall-html.ts';
import { waterfallSvg } from '../../server/formats/waterfall-svg.ts';
import { waterfallText } from '../../server/formats/waterfall-text.ts';

function bar(label: string, start: number, length: number, more: Partial<Bar> = {}): Bar {
  const range = { start: start * 10, end: start * 10 + 1 };
  return { label, range, start, length, isAssumed: false, isOnLongestChain: true, ...more };
}

function picture(waterfall: Waterfall): Picture {
  return { name: 'Shop.open<T>', place: 'a&b.ts:1', waterfall, lineOf: ({ start }) => start + 1 };
}

const BARS = [bar('key', 0, 1), bar('light "all"', 1, 1), bar('x'.repeat(50), 2, 1)];

const STEPS: Waterfall = {
  unit: 'steps',
  today: { length: 3, bars: BARS },
  overlapped: {
    length: 2,
    bars: BARS.map((one, index) =>
      index === 2 ? { ...one, start: 0, isOnLongestChain: false } : one,
    ),
  },
};

const SECONDS: Waterfall = {
  unit: 'ms',
  today: { length: 1510, bars: [bar('a', 0, 1500), bar('b', 1500, 10, { isAssumed: true })] },
  overlapped: { length: 1510, bars: [bar('a', 0, 1500), bar('b', 1500, 10, { isAssumed: true })] },
};

describe('a waterfall as text', () => {
  const text = (waterfall: Waterfall, width = 60, colors = false): string =>
    waterfallText(picture(waterfall), { colors, width });

  it('counts steps, and cuts long names', () => {
    const lines = text(STEPS).split('\n');
    assert.equal(lines[2], 'today  3 steps');
    assert.match(lines[5] ?? '', /^ {2}…x{31} .*█+ .* 1 step$/);
    assert.ok(lines.slice(2, 6).every((line) => line.length <= 60));
    assert.match(text(STEPS), /Longest chain: key → light "all"\./);
  });

  it('shows once what cannot be shorter, the smallest bar too, and marks what is assumed', () => {
    const drawn = text(SECONDS);
    assert.doesNotMatch(drawn, /overlapped/);
    assert.match(drawn, /^ {2}b {2} +█ +~10 ms$/m);
    assert.match(drawn, /It takes 1\.51 s: nothing more is proved to be independent\.\n$/);
  });

  it('stays within narrow terminals as far as it can, and colours on demand', () => {
    assert.ok(
      text(SECONDS, 30)
        .split('\n')
        .slice(2, 5)
        .every((line) => line.length <= 30),
    );
    assert.ok(text(STEPS, 60, true).includes('\u001b['));
    assert.ok(!text(STEPS).includes('\u001b['));
  });
});

describe('a waterfall as a picture', () => {
  const svg = waterfallSvg(picture(STEPS));

  it('says what it shows to those who do not see it', () => {
    assert.match(svg, /role="img" aria-labelledby="asynclint-title asynclint-desc"/);
    assert.match(svg, /<title id="asynclint-title">What Shop\.open&#60;T&#62; waits for<\/title>/);
    assert.match(svg, /<desc id="asynclint-desc">It takes 3 steps today and 2 steps when /);
    assert.match(
      svg,
      /<g class="bar"><title>light &#34;all&#34;, line 2: 1 step from 1 step on<\/title>/,
    );
  });

  it('has colours for light and dark, and tells the longest chain by form as well', () => {
    assert.match(svg, /@media \(prefers-color-scheme: dark\)/);
    assert.equal(svg.match(/<rect class="chain"/g)?.length, 5);
    assert.equal(svg.match(/<rect class="other"/g)?.length, 1);
    assert.match(svg, /\.other \{ [^}]*fill-opacity/);
  });

  it('is well-formed, runs nothing and loads nothing', () => {
    const open: string[] = [];
    for (const [, slash, name = '', closed] of svg.matchAll(/<(\/?)([\w-]+)[^>]*?(\/?)>/g)) {
      if (slash) assert.equal(open.pop(), name);
      else if (!closed) open.push(name);
    }
    assert.deepEqual(open, []);
    assert.doesNotMatch(
      svg.replace('http://www.w3.org/2000/svg', ''),
      /<script|https?:|url\(|\bon\w+=/,
    );
    assert.doesNotMatch(svg, /NaN|Infinity|undefined/);
  });

  it('marks time in round numbers', () => {
    const ticks = [...waterfallSvg(picture(SECONDS)).matchAll(/class="tick"[^>]*>([^<]+)</g)];
    assert.deepEqual(
      ticks.map(([, text]) => text),
      ['0 ms', '500 ms', '1 s', '1.5 s'],
    );
  });
});

describe('a waterfall as a page', () => {
  const html = waterfallHtml(picture(STEPS));

  it('shows the picture, and the same as a table', () => {
    assert.match(html, /<html lang="en">/);
    assert.match(html, /<svg /);
    assert.match(
      html,
      /<th scope="row"><code>light &#34;all&#34;<\/code><\/th><td class="number">2</,
    );
  });

  it('follows the scheme of the reader, runs nothing and loads nothing', () => {
    assert.match(html, /color-scheme: light dark/);
    assert.match(html, /Content-Security-Policy" content="default-src 'none'/);
    assert.doesNotMatch(html, /<script|<link|<img|src=/);
  });
});
