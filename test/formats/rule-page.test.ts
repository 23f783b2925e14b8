import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rulePage } from '../../server/formats/rule-page.ts';

const PAGES = fileURLToPath(new URL('../../rules/docs/', import.meta.url));

const PLAIN = { colors: false, width: 80 };

describe('a rule’s page for a terminal', () => {
  it('has all but the examples, and each way of fixing once', () => {
    const page = [
      '# shouting',
      '',
      '## Why',
      '',
      'It is loud.',
      '',
      '## Examples',
      '',
      '### ✗ Loud',
      '',
      '```ts',
      'shout();',
      '//~~~ shouting: Loud.',
      '//   fix: Call `say` instead',
      '//   or: Remove it',
      'shout();',
      '//~~~ shouting: Loud.',
      '//   fix: Call `tell` instead',
      '```',
      '',
      '## Elsewhere',
      '',
      'Nowhere.',
      '',
    ].join('\n');
    assert.equal(
      rulePage(page, 'docs/shouting.md', PLAIN),
      '# shouting\n\n## Why\n\nIt is loud.\n\n## Fixes, as in the examples\n\n- Call `say` instead\n- Remove it\n\n## Elsewhere\n\nNowhere.\n\nExamples: docs/shouting.md\n',
    );
  });

  for (const name of readdirSync(PAGES)) {
    it(`fits ${name}`, () => {
      const shown = rulePage(readFileSync(`${PAGES}${name}`, 'utf8'), name, PLAIN);
      assert.match(shown, /^# [\w-]+\n[\s\S]*\n## Why\n[\s\S]*\n## Fixes[\s\S]*\n## Leave it out/);
      assert.doesNotMatch(shown, /~~~|### |\]\(/);
      const long = shown.split('\n').filter((line) => line.length > 80 && !/^ {4}/.test(line));
      assert.deepEqual(long, []);
    });
  }

  it('lists options, wraps what is long, and leaves code whole', () => {
    const page = [
      '# shouting',
      '',
      'Somebody shouts where nobody expects it, and `all that is said before` is lost.',
      '',
      '| name | what it does | values | default |',
      '|---|---|---|---|',
      '| `volume` | How loud it may be. | `low`, `high` | `"low"` |',
      '',
      '## Examples',
      '',
      '## Leave it out',
      '',
      '```ts',
      'a very long line of code that does not wrap, however narrow the terminal is',
      '```',
      '',
    ].join('\n');
    assert.equal(
      rulePage(page, 'x.md', { colors: false, width: 40 }),
      [
        '# shouting',
        '',
        'Somebody shouts where nobody expects it,',
        'and `all that is said before` is lost.',
        '',
        '- `volume`: How loud it may be. Values:',
        '  `low`, `high`; default: `"low"`.',
        '',
        '## Fixes, as in the examples',
        '',
        'None: nobody can tell what is meant.',
        '',
        '## Leave it out',
        '',
        '    a very long line of code that does not wrap, however narrow the terminal is',
        '',
        'Examples: x.md',
        '',
      ].join('\n'),
    );
    const colored = rulePage(page, 'x.md', { colors: true, width: 80 });
    assert.ok(colored.startsWith('\u001b[1mshouting\u001b['));
    assert.ok(colored.includes('\u001b[36mall that is said before\u001b['));
  });
});
