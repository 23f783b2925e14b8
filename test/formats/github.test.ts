import assert from 'node:assert/strict';
import { github } from '../../server/formats/github.ts';
import { findingAt, fixOf, reportOf, viewOf } from './report.ts';

describe('GitHub format', () => {
  const linesOf = (...report: Parameters<typeof reportOf>): readonly string[] =>
    github(reportOf(...report), viewOf()).split('\n');

  it('is a workflow command a finding, then what it comes to', () => {
    const finding = findingAt('send(to);', { fixes: () => [fixOf('safe')] });
    assert.deepEqual(linesOf([finding]), [
      '::error file=src/notify.ts,line=5,endLine=5,col=3,endColumn=12,title=asynclint floating-promise::Nothing waits for the promise.',
      'Found 1 error in 1 file. 1 can be fixed with --fix.',
      '',
    ]);
    assert.deepEqual(linesOf([]), ['Nothing found in 1 file.', '']);
  });

  it('has a level for every severity', () => {
    const findings = (['error', 'warning', 'information'] as const).map((severity) =>
      findingAt('send', { severity }),
    );
    const levels = linesOf(findings).map((line) => /^::(\w+)/.exec(line)?.[1]);
    assert.deepEqual(levels.slice(0, 3), ['error', 'warning', 'notice']);
  });

  it('what would end a command is written otherwise', () => {
    const [line = ''] = linesOf([
      findingAt('send', { message: '100% a,b:c\r\n::error::', file: '/home/shop/a,b:c%.ts' }),
    ]);
    assert.match(line, /^::error file=a%2Cb%3Ac%25\.ts,/);
    assert.ok(line.endsWith('::100%25 a,b:c%0D%0A::error::'), line);
  });

  it('tells related places in lines of the same annotation', () => {
    const related = [
      { message: 'Here.', file: '/home/shop/src/log.ts', range: { start: 0, end: 1 } },
    ];
    const [line = ''] = linesOf([findingAt('send', { related })]);
    assert.ok(line.endsWith('.%0Asrc/log.ts:1 Here.'), line);
  });

  it('notes are annotations of files', () => {
    const notes = [
      { kind: 'information', message: 'Old.', file: '/home/shop/tsconfig.json' },
      { kind: 'internal', message: 'Boom.' },
    ] as const;
    assert.deepEqual(linesOf([], { notes }).slice(0, 2), [
      '::notice file=tsconfig.json,title=asynclint::Old.',
      '::error title=asynclint::Boom.',
    ]);
  });
});
