import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { html } from '../../server/formats/html.ts';
import { SCRIPT, SCRIPT_HASH } from '../../server/formats/html-script.ts';
import type { Picture } from '../../server/formats/waterfall.ts';
import { findingAt, reportOf, TEXT, viewOf } from './report.ts';

const FILE = '/home/shop/src/notify.ts';

describe('HTML format', () => {
  const page = (...[findings, other]: Parameters<typeof reportOf>): string =>
    html(reportOf(findings, other), viewOf());

  it('loads nothing from anywhere, and runs its own script alone', () => {
    const text = page([findingAt('send')]);
    assert.equal(createHash('sha256').update(SCRIPT).digest('base64'), SCRIPT_HASH);
    assert.ok(
      text.includes(
        `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${SCRIPT_HASH}'`,
      ),
    );
    assert.ok(text.includes(`<script>${SCRIPT}</script>`));
    assert.doesNotMatch(text, /<(?:link|img|iframe|script) |\ssrc=|@import|url\(|\son\w+=/);
  });

  it('tells of each finding what it is, and where', () => {
    const text = page([findingAt('send(to);', { rule: 'whispering', message: 'It `a<b` is.' })]);
    assert.match(text, /<title>asynclint: Found 1 error<\/title>/);
    assert.match(text, /data-severity="error" data-rule="whispering" data-file="src\/notify\.ts"/);
    assert.match(text, /It <code>a&#60;b<\/code> is\./);
    assert.match(text, /title="src\/notify\.ts:5:3">5:3</);
    assert.match(
      text,
      /<a href="https:&#47;|<a href="https:\/\/docs\.test\/rules\/docs\/whispering\.md">/,
    );
    assert.match(text, /<p class="advice">Speak up\.<\/p>/);
  });

  it('shows the code with the place marked, and related places within', () => {
    const start = TEXT.indexOf('notify');
    const related = [
      { message: 'Of `notify`.', file: FILE, range: { start, end: start + 6 } },
      { message: 'There.', file: '/home/shop/src/mail.ts', range: { start: 0, end: 6 } },
    ];
    const text = page([findingAt('send(to);', { related })]);
    assert.match(text, /data-line="5"> {2}<mark class="main">send\(to\);<\/mark><\/span>/);
    assert.match(text, /data-line="3">export function <mark class="also">notify<\/mark>/);
    assert.match(text, /<span class="label also">Of <code>notify<\/code>\.<\/span>/);
    assert.match(text, /<p class="at">src\/mail\.ts:1:1<\/p>/);
    assert.doesNotMatch(page([findingAt('send(to);')]), /data-line="2"/);
  });

  it('lets no code be markup, wherever it stands', () => {
    const evil = '"></script><script>alert(1)</script><img src=x onerror=alert(1)>\'';
    const finding = findingAt('send', {
      message: evil,
      rule: evil,
      file: `/home/shop/${evil}.ts`,
      related: [{ message: evil, file: FILE, range: { start: 0, end: 1 } }],
      fixes: () => [
        {
          id: 'evil',
          title: evil,
          kind: 'safe',
          edits: [{ file: `/home/shop/${evil}.ts`, start: 0, end: 4, text: evil }],
        },
      ],
    });
    const notes = [{ kind: 'warning', message: evil, file: `/home/shop/${evil}` }] as const;
    const text = html(reportOf([finding], { notes }), viewOf({ textOf: () => `${evil} send` }));
    assert.equal(text.match(/<script>/g)?.length, 1);
    assert.doesNotMatch(text, /<img/);
  });

  it('shows what a fix changes, line by line, wherever its edits are', () => {
    const at = TEXT.indexOf('  send(to)') + 2;
    const edits = [
      { file: FILE, start: at, end: at, text: 'await ' },
      { file: FILE, start: 0, end: 0, text: "import 'first';\n" },
      { file: '/home/shop/src/mail.ts', start: 0, end: 0, text: '' },
    ];
    const fixes = () => [{ id: 'await', title: 'Add `await`', kind: 'safe' as const, edits }];
    const [, change = ''] =
      /<details class="fix">([\s\S]*?)<\/details>/.exec(
        page([findingAt('send(to);', { fixes })]),
      ) ?? [];
    assert.match(change, /Add <code>await<\/code> .*and in 1 file more.*--fix</);
    assert.deepEqual(
      [...change.matchAll(/<(del|ins|i)>(.*)\n/g)].map(([, tag, line]) => `${tag} ${line}`),
      ['ins import &#39;first&#39;;', 'i ⋮', 'del   send(to);', 'ins   await send(to);'],
    );
  });

  it('draws what the function waits for, each picture with ids of its own', () => {
    const bar = {
      label: 'load',
      range: { start: 0, end: 4 },
      start: 0,
      length: 2,
      isAssumed: false,
      isOnLongestChain: true,
    };
    const picture: Picture = {
      name: 'notify',
      place: 'src/notify.ts:3',
      waterfall: {
        unit: 'steps',
        today: { bars: [bar], length: 2 },
        overlapped: { bars: [bar], length: 1 },
      },
      lineOf: () => 4,
    };
    const findings = [findingAt('send(to);'), findingAt('log')];
    const text = html(reportOf(findings), viewOf({ pictureOf: () => picture }));
    const ids = [...text.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    assert.equal(text.match(/<svg /g)?.length, 2);
    assert.equal(new Set(ids).size, ids.length);
  });

  it('can be filtered by severity, rule and file; what nobody can choose is not offered', () => {
    const findings = [
      findingAt('send', { rule: 'muttering', severity: 'warning' }),
      findingAt('log', { rule: 'muttering', severity: 'warning' }),
      findingAt('to', { rule: 'shouting', file: '/home/shop/src/b.ts' }),
    ];
    const text = page(findings);
    assert.match(text, /value="warning" checked> <b>2<\/b> warnings/);
    assert.match(text, /value="information" disabled/);
    assert.match(text, /--share: 100%"><input type="checkbox" name="rule" value="muttering">/);
    assert.match(text, /--share: 50%"><input type="checkbox" name="rule" value="shouting">/);
    assert.match(text, /<option value="src\/b\.ts">src\/b\.ts \(1\)<\/option>/);
    assert.doesNotMatch(page([]), /<form/);
    assert.match(page([]), /<h1>Nothing found<\/h1>/);
  });

  it('many findings are closed at first', () => {
    const many = Array.from({ length: 51 }, () => findingAt('send'));
    assert.match(page(many.slice(1)), /<details class="finding error" open/);
    assert.doesNotMatch(page(many), /<details class="finding error" open/);
  });

  it('a line that a machine wrote is cut round the place', () => {
    const wide = `${'x'.repeat(5000)}send${'y'.repeat(5000)}`;
    const finding = { ...findingAt('send'), range: { start: 5000, end: 5004 } };
    const text = html(reportOf([finding]), viewOf({ textOf: () => wide }));
    assert.match(text, /…x+<mark class="main">send<\/mark>y+…/);
    assert.ok(!text.includes('x'.repeat(401)));
  });
});
