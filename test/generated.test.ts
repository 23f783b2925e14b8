import assert from 'node:assert/strict';
import { generatedFiles, orphanPages, read } from './support/generated.ts';

describe('generated files', () => {
  it('are as `npm run generate` writes them', async () => {
    for (const [name, text] of await generatedFiles()) {
      assert.equal(read(name), text, `${name} is stale: npm run generate`);
    }
  });

  it('belong to a rule', () => {
    assert.deepEqual(orphanPages(), [], 'npm run generate removes these');
  });
});
