import assert from 'node:assert/strict';
import { builtinModules } from 'node:module';
import {
  BLOCKING,
  COMPUTING,
  COMPUTING_NAMES,
  findBlocking,
  findComputing,
  VERIFIED,
} from '#catalog';

/** What is there without a package. */
const BUILT_IN = new Set([...builtinModules, 'global', 'sqlite', 'deno', 'bun', 'bun:sqlite']);

describe('computing catalogue', () => {
  it('lists each function once, and none that the blocking catalogue knows', () => {
    const keys = COMPUTING.map(({ module, name }) => `${module}#${name}`);
    assert.deepEqual(
      keys.filter((key, index) => keys.indexOf(key) !== index),
      [],
    );
    for (const api of COMPUTING) {
      assert.equal(findComputing(api.module, api.name), api);
      assert.equal(findBlocking(api.module, api.name), undefined, api.name);
      assert.ok(COMPUTING_NAMES.has(api.name.split('.').at(-1) ?? ''), api.name);
      assert.match(api.module, /^(@[a-z\d-]+\/)?[a-z\d_.-]+(\/[a-z\d_.-]+)?$/, api.module);
      assert.match(api.name, /^[A-Za-z]\w*(\(\))?(\.[A-Za-z]\w*(\(\))?)*$/, api.name);
    }
    assert.equal(findComputing('xlsx', 'readFile'), undefined);
  });

  it('makes sentences of at most 90 characters', () => {
    for (const { name, does } of COMPUTING) {
      const message = `\`${name}\` ${does} while nothing else runs.`;
      assert.ok(message.length <= 90, `${message.length} characters: ${message}`);
      assert.match(does, /^[a-z]+s [a-z ]+$/, does);
    }
  });

  it('says, like the other, of every package against which release it was checked', () => {
    const modules = [...BLOCKING, ...COMPUTING].map(({ module }) => module);
    const packages = modules.filter((name) => !BUILT_IN.has(name)).map(packageOf);
    assert.deepEqual([...new Set(packages)].sort(), Object.keys(VERIFIED).sort());
    for (const [name, release] of Object.entries(VERIFIED)) {
      assert.match(release, /^\d+\.\d+\.\d+$/, name);
    }
  });
});

/** `@noble/hashes` for `@noble/hashes/scrypt.js`. */
function packageOf(module: string): string {
  const parts = module.split('/');
  return parts.slice(0, module.startsWith('@') ? 2 : 1).join('/');
}
