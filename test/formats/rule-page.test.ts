import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rulePage } from '../../server/formats/rule-page.ts';

const PAGES = fileURLToPath(new URL('../../rules/docs/', import.meta.url));

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
      rulePage(page, 'docs/shouting.md'),
      '# shouting\n\n## Why\n\nIt is loud.\n\n## Fixes, as in the examples\n\n- Call `say` instead\n- Remove it\n\n## Elsewhere\n\nNowhere.\n\nExamples: docs/shouting.md\n',
    );
  });

  for (const name of readdirSync(PAGES)) {
    it(`fits ${name}`, () => {
      const shown = rulePage(readFileSync(`${PAGES}${name}`, 'utf8'), name);
      assert.match(shown, /^# [\w-]+\n[\s\S]*\n## Why\n[\s\S]*\n## Fixes[\s\S]*\n## Leave it out/);
      assert.doesNotMatch(shown, /~~~|### /);
    });
  }
});
