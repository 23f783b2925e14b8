import assert from 'node:assert/strict';
import { gitlab } from '../../server/formats/gitlab.ts';
import { findingAt, reportOf, TEXT, viewOf } from './report.ts';

describe('GitLab format', () => {
  it('is a code quality report', () => {
    const finding = findingAt('send(to);');
    assert.deepEqual(JSON.parse(gitlab(reportOf([finding]), viewOf())), [
      {
        description: 'Nothing waits for the promise.',
        check_name: 'floating-promise',
        fingerprint: `print-${TEXT.indexOf('send(to);')}-src/notify.ts`,
        severity: 'major',
        location: { path: 'src/notify.ts', lines: { begin: 5, end: 5 } },
      },
    ]);
    assert.deepEqual(JSON.parse(gitlab(reportOf([]), viewOf())), []);
  });

  it('has its own words for severities', () => {
    const findings = (['error', 'warning', 'information'] as const).map((severity) =>
      findingAt('send', { severity }),
    );
    const issues: { severity: string }[] = JSON.parse(gitlab(reportOf(findings), viewOf()));
    assert.deepEqual(
      issues.map(({ severity }) => severity),
      ['major', 'minor', 'info'],
    );
  });

  it('the same code in two files has two fingerprints', () => {
    const findings = ['a', 'b'].map((name) => findingAt('send', { file: `/home/shop/${name}.ts` }));
    const issues: { fingerprint: string }[] = JSON.parse(gitlab(reportOf(findings), viewOf()));
    assert.notEqual(issues[0]?.fingerprint, issues[1]?.fingerprint);
  });
});
