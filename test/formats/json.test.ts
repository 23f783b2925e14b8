import assert from 'node:assert/strict';
import { json } from '../../server/formats/json.ts';
import { findingAt, fixOf, reportOf, viewOf } from './report.ts';

describe('JSON format', () => {
  it('has exactly the promised shape', () => {
    const finding = findingAt('send(to);', {
      certainty: 'likely',
      severity: 'warning',
      related: [{ message: 'here', file: '/home/lib/mail.ts', range: { start: 9, end: 13 } }],
      fixes: () => [fixOf('safe'), fixOf('suggested', 'Mark it')],
    });
    const notes = [
      { kind: 'information', message: 'Old.', file: '/home/shop/tsconfig.json' },
      { kind: 'internal', message: 'Boom.', stack: 'at the stack' },
    ] as const;
    const printed = json(reportOf([finding], { notes }), viewOf());
    assert.ok(printed.endsWith('}\n'));
    assert.deepEqual(JSON.parse(printed), {
      version: 1,
      findings: [
        {
          rule: 'floating-promise',
          severity: 'warning',
          certainty: 'likely',
          message: 'Nothing waits for the promise.',
          file: 'src/notify.ts',
          range: { start: { line: 5, column: 3 }, end: { line: 5, column: 12 } },
          related: [
            {
              message: 'here',
              file: '../lib/mail.ts',
              range: { start: { line: 1, column: 10 }, end: { line: 1, column: 14 } },
            },
          ],
          fixes: [
            { title: 'Add `await`', kind: 'safe' },
            { title: 'Mark it', kind: 'suggested' },
          ],
        },
      ],
      notes: [{ message: 'Old.', file: 'tsconfig.json' }, { message: 'Boom.' }],
    });
  });

  it('is the same with colours and any width', () => {
    const report = reportOf([findingAt('send')]);
    assert.equal(json(report, viewOf({ colors: true, width: 10 })), json(report, viewOf()));
  });

  it('says so when nothing is found', () => {
    assert.deepEqual(JSON.parse(json(reportOf([]), viewOf())), {
      version: 1,
      findings: [],
      notes: [],
    });
  });
});
