import assert from 'node:assert/strict';
import type { Log, Result } from 'sarif';
import { sarif } from '../../server/formats/sarif.ts';
import type { Report } from '../../server/workspace/report.ts';
import { sarifMistakes } from '../support/sarif-schema.ts';
import { findingAt, fixOf, reportOf, TEXT, viewOf } from './report.ts';

describe('SARIF format', () => {
  const logOf = (report: Report): Log => {
    const log = JSON.parse(sarif(report, viewOf()));
    assert.deepEqual(sarifMistakes(log), []);
    return log;
  };
  const runOf = (report: Report) => logOf(report).runs[0] ?? assert.fail();
  const resultOf = (...findings: Parameters<typeof findingAt>): Result =>
    runOf(reportOf([findingAt(...findings)])).results?.[0] ?? assert.fail();

  it('the schema sees mistakes', () => {
    assert.notDeepEqual(sarifMistakes({ version: '2.1.0', runs: [{}] }), []);
    assert.notDeepEqual(sarifMistakes({ version: '2.0.0', runs: [] }), []);
  });

  it('tells every rule, with a page whose links hold elsewhere', () => {
    const { driver } = runOf(reportOf([findingAt('send', { rule: 'muttering' })])).tool;
    assert.equal(driver.semanticVersion, '1.2.3');
    const rule = driver.rules?.find(({ id }) => id === 'whispering');
    assert.equal(rule?.name, 'Whispering');
    assert.deepEqual(rule?.shortDescription, { text: 'Somebody whispers.' });
    assert.equal(rule?.helpUri, 'https://docs.test/rules/docs/whispering.md');
    assert.deepEqual(rule?.help, {
      text: 'Speak up.',
      markdown: '## Why\n\nSee [this](https://docs.test/docs/this.md).',
    });
    assert.deepEqual(rule?.defaultConfiguration, { enabled: false, level: 'warning' });
  });

  it('results point at their rule, also when it is none of ours', () => {
    const findings = ['muttering', 'unused-allow'].map((rule) => findingAt('send', { rule }));
    const { results, tool } = runOf(reportOf(findings));
    for (const { ruleId, ruleIndex } of results ?? []) {
      assert.equal(tool.driver.rules?.[ruleIndex ?? -1]?.id, ruleId);
    }
  });

  it('what is allowed or accepted is marked, with the reason, and nobody is to fix it', () => {
    const edit = { file: '/home/shop/src/notify.ts', start: 0, end: 1, text: '' };
    const fixes = () => [{ ...fixOf('safe'), edits: [edit] }];
    const { results = [], tool } = runOf(
      reportOf([findingAt('send(to);', { fixes })], {
        suppressed: [
          { finding: findingAt('send(to, ', { fixes }), by: 'comment', reason: 'Fine.' },
          { finding: findingAt('log(to)'), by: 'comment', reason: undefined },
          {
            finding: findingAt('() => log', { rule: 'unused-allow' }),
            by: 'baseline',
            reason: 'Old.',
          },
        ],
      }),
    );
    assert.deepEqual(
      results.map(({ suppressions }) => suppressions),
      [
        [],
        [{ kind: 'inSource', status: 'accepted', justification: 'Fine.' }],
        [{ kind: 'inSource', status: 'accepted' }],
        [{ kind: 'external', status: 'accepted', justification: 'Old.' }],
      ],
    );
    assert.deepEqual(
      results.map((result) => result.fixes?.length),
      [1, undefined, undefined, undefined],
    );
    for (const { ruleId, ruleIndex } of results) {
      assert.equal(tool.driver.rules?.[ruleIndex ?? -1]?.id, ruleId);
    }
  });

  it('says nothing of suppressions when it was not asked about them', () => {
    assert.equal('suppressions' in resultOf('send'), false);
  });

  it('levels are those of SARIF', () => {
    const levels = (['error', 'warning', 'information'] as const).map(
      (severity) => resultOf('send', { severity }).level,
    );
    assert.deepEqual(levels, ['error', 'warning', 'note']);
  });

  it('places count from 1 in UTF-16 units, below the root', () => {
    assert.equal(runOf(reportOf([])).columnKind, 'utf16CodeUnits');
    const { locations } = resultOf('() => log(to)');
    assert.deepEqual(locations?.[0]?.physicalLocation, {
      artifactLocation: { uri: 'src/notify.ts', uriBaseId: '%SRCROOT%' },
      region: { startLine: 4, startColumn: 27, endLine: 4, endColumn: 40 },
    });
  });

  it('names are addresses, those outside the root whole ones', () => {
    const uriOf = (file: string) =>
      resultOf('send', { file }).locations?.[0]?.physicalLocation?.artifactLocation;
    assert.equal(uriOf('/home/shop/a b/ü[id]%.ts')?.uri, 'a%20b/%C3%BC%5Bid%5D%25.ts');
    assert.deepEqual(uriOf('/home/lib/a b.ts'), { uri: 'file:///home/lib/a%20b.ts' });
    assert.deepEqual(uriOf('d:/lib/a.ts'), { uri: 'file:///d:/lib/a.ts' });
  });

  it('related places and fixes come along', () => {
    const at = TEXT.indexOf('  send') + 2;
    const result = resultOf('send(to)', {
      related: [{ message: 'Here.', file: '/home/shop/src/log.ts', range: { start: 0, end: 6 } }],
      fixes: () => [
        {
          id: 'await',
          title: 'Add `await`',
          kind: 'safe',
          edits: [{ file: '/home/shop/src/notify.ts', start: at, end: at, text: 'await ' }],
        },
      ],
    });
    const [related] = result.relatedLocations ?? [];
    assert.equal(related?.message?.text, 'Here.');
    assert.equal(related?.physicalLocation?.artifactLocation?.uri, 'src/log.ts');
    assert.deepEqual(result.fixes, [
      {
        description: { text: 'Add `await`' },
        artifactChanges: [
          {
            artifactLocation: { uri: 'src/notify.ts', uriBaseId: '%SRCROOT%' },
            replacements: [
              {
                deletedRegion: { startLine: 5, startColumn: 3, endLine: 5, endColumn: 3 },
                insertedContent: { text: 'await ' },
              },
            ],
          },
        ],
      },
    ]);
  });

  it('notes are notifications, and a bug of ours is no success', () => {
    const notes = [
      { kind: 'information', message: 'Old.', file: '/home/shop/tsconfig.json' },
      { kind: 'internal', message: 'Boom.' },
    ] as const;
    const [invocation] = runOf(reportOf([], { notes })).invocations ?? [];
    assert.equal(invocation?.executionSuccessful, false);
    const [old, boom] = invocation?.toolExecutionNotifications ?? [];
    assert.equal(old?.level, 'note');
    assert.equal(old?.locations?.[0]?.physicalLocation?.artifactLocation?.uri, 'tsconfig.json');
    assert.equal(boom?.level, 'error');
    assert.equal(runOf(reportOf([])).invocations?.[0]?.executionSuccessful, true);
  });

  it('hands out the fingerprints, by the name that GitHub reads too', () => {
    const { partialFingerprints } = resultOf('send(to)');
    const print = `print-${TEXT.indexOf('send(to)')}`;
    assert.deepEqual(partialFingerprints, {
      primaryLocationLineHash: print,
      'asynclint/v1': print,
    });
  });
});
