import assert from 'node:assert/strict';
import { markdown } from '../../server/formats/markdown.ts';
import { findingAt, fixOf, reportOf, viewOf } from './report.ts';

describe('Markdown format', () => {
  it('tells what each rule found, then every finding', () => {
    const findings = [
      findingAt('send(to)', { rule: 'whispering', fixes: () => [fixOf('suggested')] }),
      findingAt('log', { rule: 'muttering', severity: 'warning' }),
      findingAt('send', { rule: 'whispering', severity: 'warning' }),
    ];
    const view = viewOf({ sourceAt: (name, line) => `https://code.test/${name}#L${line}` });
    assert.equal(
      markdown(reportOf(findings), view),
      `## asynclint

**Found 1 error, 2 warnings** in 1 file. 1 can be fixed with \`--fix-suggested\`.

| rule | severity | found | what it reports |
|---|---|--:|---|
| [\`whispering\`](https://docs.test/rules/docs/whispering.md) | error | 2 | Somebody whispers. |
| [\`muttering\`](https://docs.test/rules/docs/muttering.md) | warning | 1 | Somebody calls mutter. |

### \`src/notify.ts\`

| line | rule | |
|--:|---|---|
| [5](https://code.test/src/notify.ts#L5) | error [\`whispering\`](https://docs.test/rules/docs/whispering.md) | Nothing waits for the promise.<br>Fix: Add \`await\` |
| [4](https://code.test/src/notify.ts#L4) | warning [\`muttering\`](https://docs.test/rules/docs/muttering.md) | Nothing waits for the promise. |
| [1](https://code.test/src/notify.ts#L1) | warning [\`whispering\`](https://docs.test/rules/docs/whispering.md) | Nothing waits for the promise. |
`,
    );
  });

  it('is short when nothing is found', () => {
    assert.equal(
      markdown(reportOf([]), viewOf()),
      '## asynclint\n\n**Nothing found** in 1 file.\n',
    );
  });

  it('keeps code as it is, and lets nothing else be markup', () => {
    const message = '`a | b<c>` is *not* <b>[x](y)</b> | z\nend.';
    const text = markdown(reportOf([findingAt('send', { message })]), viewOf());
    assert.ok(
      text.includes('| `a \\| b<c>` is \\*not\\* \\<b\\>\\[x\\](y)\\</b\\> \\| z end. |'),
      text,
    );
  });

  it('tells notes, and what is no rule without a link', () => {
    const notes = [
      { kind: 'information', message: 'Old.', file: '/home/shop/tsconfig.json' },
      { kind: 'internal', message: 'Boom.' },
    ] as const;
    const text = markdown(
      reportOf([findingAt('send', { rule: 'unused-allow' })], { notes }),
      viewOf(),
    );
    assert.match(text, /^- `tsconfig\.json`: Old\.\n- \*\*bug:\*\* Boom\.$/m);
    assert.match(text, /error `unused-allow` \|/);
  });

  it('stays below the megabyte that GitHub takes', () => {
    const many = Array.from({ length: 20_000 }, () => findingAt('send'));
    const text = markdown(reportOf(many), viewOf());
    assert.ok(text.length < 1_000_000, `${text.length}`);
    assert.match(text, /…and 19500 more findings\.\n$/);
  });
});
