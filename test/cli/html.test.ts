import assert from 'node:assert/strict';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rules } from '#rules';
import { invoke } from './console.ts';

const EXAMPLE = join(
  fileURLToPath(new URL('../..', import.meta.url)),
  'fixtures/workspaces/backend',
);

describe('HTML report of the bundled example', () => {
  let page: string;

  before(async () => {
    const { out } = await invoke(['src', '--format', 'html'], EXAMPLE, { parts: { rules } });
    page = out;
  });

  const detailsOf = (rule: string, file: string): string => {
    const finding = page
      .split('<details class="finding ')
      .find((part) => part.includes(`data-rule="${rule}" data-file="${file}"`));
    return finding ?? assert.fail(`${rule} in ${file}`);
  };

  it('draws the waterfall of a sequential finding, as long as comments tell', () => {
    const finding = detailsOf('independent-awaits', 'src/users.ts');
    assert.match(finding, /<title [^>]*>What getUserData waits for<\/title>/);
    assert.match(finding, /It takes 225 ms today and 100 ms when all overlaps/);
  });

  it('draws none where nothing could be gained, or nobody waits in turn', () => {
    assert.doesNotMatch(detailsOf('floating-promise', 'src/handlers.ts'), /<svg/);
    for (const [, summary] of page.matchAll(/<desc [^>]*>([^<]*)</g)) {
      assert.match(summary ?? '', /today and/);
    }
  });

  it('shows what a fix changes', () => {
    const finding = detailsOf('independent-awaits', 'src/users.ts');
    assert.match(finding, /<del> {2}const user = await findUser\(id\); [^<]*\n<\/del>/);
    assert.match(finding, /<ins> {2}const \[user, posts, profile\] = await Promise\.all\(\[\n/);
  });
});
