import assert from 'node:assert/strict';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { Finding } from '#engine';
import { checkstyle } from '../../server/formats/checkstyle.ts';
import { junit } from '../../server/formats/junit.ts';
import type { Format } from '../../server/formats/view.ts';
import type { Report } from '../../server/workspace/report.ts';
import { findingAt, reportOf, viewOf } from './report.ts';

/** All that XML has to be told otherwise, and what it cannot tell at all. */
const HARD = '<a href="x">&amp; ]]> \'\u0000\u001b\ud800 \u{1f389}';
const READ = '<a href="x">&amp; ]]> \'\ufffd\ufffd\ufffd \u{1f389}';

const OTHER = '/home/shop/src/clean.ts';

function read(format: Format, report: Report) {
  const text = format(report, viewOf());
  assert.equal(XMLValidator.validate(text), true);
  assert.match(text, /^<\?xml version="1\.0" encoding="UTF-8"\?>\n/);
  assert.ok(text.endsWith('\n'));
  return new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    isArray: (name, _path, _leaf, isAttribute) =>
      !isAttribute && ['testsuite', 'testcase', 'file', 'error'].includes(name),
    textNodeName: 'text',
  }).parse(text);
}

describe('Checkstyle format', () => {
  it('is a file a file, and an error a finding', () => {
    const severities = ['error', 'warning', 'information'] as const;
    const findings = severities.map((severity) => findingAt('send(to);', { severity }));
    const { file } = read(checkstyle, reportOf(findings)).checkstyle;
    assert.equal(file.length, 1);
    assert.equal(file[0].name, 'src/notify.ts');
    assert.deepEqual(file[0].error[0], {
      line: '5',
      column: '3',
      severity: 'error',
      message: 'Nothing waits for the promise.',
      source: 'asynclint.floating-promise',
    });
    const told = file[0].error.map(({ severity }: { severity: string }) => severity);
    assert.deepEqual(told, ['error', 'warning', 'info']);
  });

  it('is well-formed whatever it tells, and when there is nothing to tell', () => {
    const { file } = read(checkstyle, reportOf([findingAt('send', { message: HARD })])).checkstyle;
    assert.equal(file[0].error[0].message, READ);
    assert.equal(read(checkstyle, reportOf([])).checkstyle.version, '4.3');
  });
});

describe('JUnit format', () => {
  const suitesOf = (findings: readonly Finding[], other: Partial<Report> = {}) =>
    read(junit, reportOf(findings, other)).testsuites;

  it('is a suite a file, a failed test a finding, and a passed one a clean file', () => {
    const report = { files: ['/home/shop/src/notify.ts', OTHER] };
    const { testsuite, ...totals } = suitesOf([findingAt('send(to);')], report);
    assert.deepEqual(totals, { name: 'asynclint', tests: '2', failures: '1', errors: '0' });
    const [bad, clean] = testsuite;
    assert.equal(bad.failures, '1');
    assert.deepEqual(bad.testcase, [
      {
        name: 'floating-promise 5:3',
        classname: 'src/notify.ts',
        file: 'src/notify.ts',
        line: '5',
        failure: {
          message: 'Nothing waits for the promise.',
          type: 'error',
          text: 'src/notify.ts:5:3 Nothing waits for the promise.',
        },
      },
    ]);
    assert.deepEqual(clean, {
      name: 'src/clean.ts',
      tests: '1',
      failures: '0',
      errors: '0',
      testcase: [{ name: 'asynclint', classname: 'src/clean.ts', file: 'src/clean.ts' }],
    });
  });

  it('information fails no test', () => {
    const { failures, tests, testsuite } = suitesOf([
      findingAt('send', { severity: 'information' }),
    ]);
    assert.deepEqual([tests, failures], ['1', '0']);
    assert.match(testsuite[0].testcase[0]['system-out'], /notify\.ts:1:\d+ Nothing/);
  });

  it('a bug of ours is an error', () => {
    const notes = [{ kind: 'internal', message: 'Boom.' }] as const;
    const { errors, testsuite } = suitesOf([], { notes });
    assert.equal(errors, '1');
    assert.equal(testsuite[1].testcase[0].error[0].message, 'Boom.');
  });

  it('is well-formed whatever it tells', () => {
    const { testsuite } = suitesOf([findingAt('send', { message: HARD })]);
    assert.equal(testsuite[0].testcase[0].failure.message, READ);
  });
});
