import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Explanation } from '#facts';
import { rules } from '#rules';
import { briefPage } from '../../server/formats/brief-page.ts';
import { explanationMarkdown } from '../../server/formats/explanation-markdown.ts';

const PAGES = new URL('../../rules/docs/', import.meta.url);

describe('pages for editors', () => {
  it('tell of every rule what, why and what to do, and where there is more', () => {
    for (const { id, summary, advice } of rules) {
      const page = briefPage(readFileSync(new URL(`${id}.md`, PAGES), 'utf8'), 'https://rules/it');
      assert.ok(page.startsWith(`**${id}** · ${summary}\n\n`), page);
      assert.ok(page.includes(advice), page);
      assert.ok(page.endsWith('\n\n[All about this rule](https://rules/it)'), page);
      assert.doesNotMatch(page, /^#|\]\(\.\.|```/m);
    }
  });

  it('show code as code, whatever quotes stand in it', () => {
    const range = { start: 0, end: 1 };
    const explanation = (code: string): Explanation => {
      return { file: '/a.ts', range, code, points: [{ text: 'It waits.', shown: undefined }] };
    };
    assert.equal(
      explanationMarkdown([explanation('await load()')], []),
      'Nothing is reported here.\n\n`await load()`\n\n- It waits.\n',
    );
    const found = [{ rule: 'late-await', message: 'It is late.' }];
    assert.equal(
      explanationMarkdown([explanation('await load(`a`)')], found),
      '**late-await**: It is late.\n\n`` await load(`a`) ``\n\n- It waits.\n',
    );
  });
});
