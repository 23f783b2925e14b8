import assert from 'node:assert/strict';
import { rules } from '#rules';
import { patternLinks, patternOf, patternPage } from '../support/patterns.ts';

const FIXTURE = `// # Waiting
//
// Await it:
// that is \`floating-promise\` and \`no-such-rule\`.
//
// Rules: floating-promise, not-yet-a-rule

import { save } from './shop.ts';

// ## Instead of this
//
// Nobody waits.

export async function hasty() {
  // a comment in code
  save();
//~~~~~~ floating-promise: Nothing waits.
//   fix: Add \`await\`
}

export const floating = '\`floating-promise\`';
`;

const PAGE = `# Waiting

Await it:
that is [\`floating-promise\`](../../rules/docs/floating-promise.md) and \`no-such-rule\`.

\`\`\`ts
import { save } from './shop.ts';
\`\`\`

## Instead of this

Nobody waits.

\`\`\`ts
export async function hasty() {
  // a comment in code
  save();
//~~~~~~ floating-promise: Nothing waits.
}

export const floating = '\`floating-promise\`';
\`\`\`

## More

## Rules that lead here
`;

describe('the format of pattern fixtures', () => {
  const pattern = patternOf(
    'waiting',
    new Map([
      ['waiting.ts', FIXTURE],
      ['waiting.more.ts', '// ## More\n'],
    ]),
  );

  it('makes prose of comments, code of code, and links of rules that exist', () => {
    const page = patternPage(pattern, rules);
    assert.equal(page.slice(0, PAGE.length), PAGE);
    assert.match(
      page.slice(PAGE.length),
      /^\n- \[`floating-promise`\]\(.*\): A promise is started/,
    );
    assert.doesNotMatch(page, /not-yet-a-rule/);
    assert.match(page, /\[waiting\.ts\]\(.*\), \[waiting\.more\.ts\]\(.*\)/);
  });

  it('lets the pages of rules lead back', () => {
    const link = '[Waiting](../../docs/patterns/waiting.md)';
    assert.deepEqual(patternLinks('floating-promise', [pattern]), [link]);
    assert.deepEqual(patternLinks('busy-wait', [pattern]), []);
  });

  it('wants a title and a lead', () => {
    const text = '// # Title\n//\n// ## No lead\n';
    assert.throws(
      () => patternOf('x', new Map([['x.ts', text]])),
      /starts with a title and a lead/,
    );
    assert.throws(() => patternOf('x', new Map([['x.ts', 'code();']])), /patterns\/x\.ts starts/);
  });
});
