import assert from 'node:assert/strict';
import { stripVTControlCharacters } from 'node:util';
import { text } from '../../server/formats/text.ts';
import { findingAt, fixOf, reportOf, TEXT, viewOf } from './report.ts';

/** What colours start with. */
const ESCAPE = '\u001b';

describe('text format', () => {
  it('shows headline, message, the place underlined, and the first fix', () => {
    const finding = findingAt('send(to);', {
      fixes: () => [fixOf('suggested'), fixOf('suggested', 'Mark it')],
    });
    assert.equal(
      text(reportOf([finding]), viewOf()),
      [
        'src/notify.ts:5:3 error floating-promise',
        '  Nothing waits for the promise.',
        '  5 |   send(to);',
        '    |   ~~~~~~~~~',
        '  help: Add `await`',
        '',
        'Found 1 error in 1 file. 1 can be fixed with --fix-suggested.',
        '',
      ].join('\n'),
    );
  });

  it('labels related places of the same file in the same frame', () => {
    const start = TEXT.indexOf('notify');
    const related = [
      { message: 'in this function', file: findingAt('').file, range: { start, end: start + 6 } },
    ];
    const shown = text(reportOf([findingAt('send(to);', { related })]), viewOf());
    assert.deepEqual(shown.split('\n').slice(2, 7), [
      '  3 | export function notify(to: string) {',
      '    |                 ------ in this function',
      '    ⋮',
      '  5 |   send(to);',
      '    |   ~~~~~~~~~',
    ]);
  });

  it('names the file of related places elsewhere', () => {
    const related = [
      { message: 'opened here', file: '/home/lib/mail.ts', range: { start: 9, end: 13 } },
    ];
    const shown = text(reportOf([findingAt('send(to);', { related })]), viewOf());
    assert.deepEqual(shown.split('\n').slice(4, 7), [
      '  ../lib/mail.ts:1:10',
      "  1 | import { send } from './mail';",
      '    |          ---- opened here',
    ]);
  });

  it('keeps underlines under the place: tabs, wide characters, emoji', () => {
    const [, , line, under] = text(reportOf([findingAt('() => log')]), viewOf()).split('\n');
    assert.equal(line, '  4 |   send(to, "häagen 🎉 日本", () => log(to));');
    assert.equal(under, '    |                              ~~~~~~~~~');
  });

  it('cuts lines to the width of the terminal, round the place', () => {
    const long = `const a = ${'x + '.repeat(60)}shout() + ${'y + '.repeat(60)}1;`;
    const start = long.indexOf('shout');
    const finding = findingAt('', { range: { start, end: start + 7 } });
    const shown = text(reportOf([finding]), viewOf({ width: 60, textOf: () => long }));
    const [, , line = '', under = ''] = shown.split('\n');
    assert.ok(line.length <= 62, `${line.length}`);
    assert.match(line, /^ {2}1 \| ….*x \+ shout\(\) \+ y.*…$/);
    assert.equal(line.slice(under.indexOf('~'), under.lastIndexOf('~') + 1), 'shout()');
  });

  it('underlines the first line of a stretch of several, and places at the end', () => {
    const several = text(reportOf([findingAt('{\n\tsend')]), viewOf());
    assert.match(several, /\n {2}3 \| export.*\{\n {4}\| {36}~\n/);
    const end = { start: TEXT.length, end: TEXT.length };
    assert.match(
      text(reportOf([findingAt('', { range: end })]), viewOf()),
      /\n {2}7 \|\n {4}\| ~\n/,
    );
  });

  it('tells notes, and our bugs apart from them', () => {
    const notes = [
      { kind: 'information', message: 'Old.', file: '/home/shop/tsconfig.json' },
      { kind: 'internal', message: 'Boom.', stack: 'at the stack' },
    ] as const;
    assert.equal(
      text(reportOf([], { notes }), viewOf()),
      'note: tsconfig.json: Old.\nbug: Boom.\nNothing found in 1 file.\n',
    );
  });

  it('sums up what was found, and what can be fixed how', () => {
    const lastLine = (...kinds: ('safe' | 'suggested' | undefined)[]): string | undefined => {
      const findings = kinds.map((kind) =>
        findingAt('send', { fixes: () => (kind === undefined ? [] : [fixOf(kind)]) }),
      );
      return text(reportOf(findings), viewOf()).trimEnd().split('\n').at(-1);
    };
    assert.equal(lastLine(undefined), 'Found 1 error in 1 file.');
    assert.equal(
      lastLine('safe', 'suggested', 'suggested'),
      'Found 3 errors in 1 file. 1 can be fixed with --fix, 2 with --fix-suggested.',
    );
    const mixed = [
      findingAt('send', { severity: 'information' }),
      findingAt('send', { severity: 'warning' }),
      findingAt('send'),
      findingAt('send', { severity: 'warning' }),
    ];
    assert.match(
      text(reportOf(mixed, { files: ['a', 'b'] }), viewOf()),
      /Found 1 error, 2 warnings, 1 information in 2 files\.\n$/,
    );
  });

  it('colours only when it is told to', () => {
    const report = reportOf([findingAt('send(to);')]);
    assert.ok(!text(report, viewOf()).includes(ESCAPE));
    const colored = text(report, viewOf({ colors: true }));
    assert.ok(colored.includes(`${ESCAPE}[31merror${ESCAPE}[39m`));
    assert.equal(stripVTControlCharacters(colored), text(report, viewOf()));
  });
});
