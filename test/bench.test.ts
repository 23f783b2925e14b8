import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { demandPlants } from '../bench/agreement.ts';
import { compilerScript } from '../bench/checkout.ts';
import { createCorpus, writeCorpus } from '../bench/corpus.ts';
import { median, quantile, table } from '../bench/figures.ts';
import { run } from '../bench/process-tree.ts';

/** Room for the kernel and the first entities of six areas. */
const SIZE = 120;

describe('bench', () => {
  describe('a generated code base', () => {
    it('is the same whenever it is written', () => {
      assert.deepEqual(createCorpus(SIZE), createCorpus(SIZE));
    });

    it('has a floating promise for every ten files, each in a statement of its own', () => {
      const { files, plants } = createCorpus(SIZE);
      assert.equal(plants.length, SIZE / 10);
      for (const { path, line } of plants) {
        const text = files.find((file) => file.path === path)?.text.split('\n')[line - 1] ?? '';
        assert.match(text, /^ +(?!await\b|return\b)[\w$.]+/, `${path}:${line} ${text}`);
      }
    });

    it('compiles', async () => {
      const { folder } = writeCorpus(SIZE);
      try {
        const args = [compilerScript, '--noEmit', '--project', '.'];
        const { output, status } = await run({ program: process.execPath, args, folder });
        assert.equal(output, '');
        assert.equal(status, 0);
      } finally {
        await rm(folder, { recursive: true });
      }
    });
  });

  it('refuses tools that report other places than those planted', () => {
    const plants = [{ path: 'a.ts', line: 3 }];
    demandPlants([{ tool: 'right', places: ['a.ts:3'] }], plants);
    assert.throws(
      () => demandPlants([{ tool: 'wrong', places: ['a.ts:4'] }], plants),
      /wrong misses 1: a\.ts:3\nwrong reports besides 1: a\.ts:4/,
    );
  });

  const onLinux = process.platform === 'linux' ? it : () => undefined;
  onLinux('counts what a child does that outlives its parent', async () => {
    const burn = 'const end = Date.now() + 400; while (Date.now() < end);';
    const parent = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(burn)}], { stdio: 'ignore' }).unref(); setTimeout(() => {}, 100);`;
    const { usage } = await run({ program: process.execPath, args: ['-e', parent], folder: '.' });
    const bare = await run({ program: process.execPath, args: ['-e', ''], folder: '.' });
    assert.ok((usage.cpu ?? 0) > (bare.usage.cpu ?? 0) + 0.1, `${usage.cpu} s`);
    assert.ok((usage.memory ?? 0) > (bare.usage.memory ?? 0) * 1.5, `${usage.memory} MB`);
  });

  it('knows the middle, the tail, and how to line figures up', () => {
    assert.equal(median([3, 1, 2]), 2);
    assert.equal(median([4, 1, 2, 3]), 2.5);
    assert.equal(quantile([1, 2, 3, 4, 5], 0.75), 4);
    assert.equal(table(['a', 'bb'], [['ccc', '1']]), '| a   | bb |\n| --- | -: |\n| ccc |  1 |');
  });
});
