import assert from 'node:assert/strict';
import { builtinModules } from 'node:module';
import { BLOCKING, BLOCKING_NAMES, type BlockingApi, findBlocking, QUICK_SYNC } from '#catalog';

/** Modules of this Node, `node:sqlite` and its like without the scheme. */
const CORE = builtinModules.map((name) => name.replace(/^node:/, ''));

/** Functions that Node has on one operating system only. */
const ELSEWHERE = new Set(['fs#lchmodSync']);

/** `xSync` that Node exports and that do not block; a statement does when it runs. */
const NO_BLOCKERS = new Set(['sqlite#StatementSync']);

describe('blocking catalogue', () => {
  it('lists each API once, by a name that code can have', () => {
    const keys = BLOCKING.map(keyOf);
    assert.deepEqual(
      keys.filter((key, index) => keys.indexOf(key) !== index),
      [],
    );
    for (const { module, name } of BLOCKING) {
      assert.match(module, /^(@[a-z\d-]+\/)?[a-z\d_-]+(:sqlite)?$/, module);
      assert.match(name, /^[A-Za-z][\w$]*(\(\))?(\.[A-Za-z][\w$]*(\(\))?)*$/, name);
      assert.ok(!QUICK_SYNC.has(module), `${module} cannot be both blocking and quick`);
    }
  });

  it('finds an API by module and name, and knows what its last part is called', () => {
    for (const api of BLOCKING) {
      assert.equal(findBlocking(api.module, api.name), api);
      assert.ok(BLOCKING_NAMES.has(api.name.split('.').at(-1) ?? ''), api.name);
    }
    assert.equal(findBlocking('fs', 'readFile'), undefined);
    assert.equal(findBlocking('memfs', 'readFileSync'), undefined);
  });

  it('makes a sentence of at most 90 characters', () => {
    for (const { name, until } of BLOCKING) {
      const message = `\`${name}\` blocks the event loop until ${until}.`;
      assert.ok(message.length <= 90, `${message.length} characters: ${message}`);
      assert.match(until, /^(the|a|an|all|another) [a-z ]+$/, until);
    }
  });

  it('names a twin that is another function', () => {
    for (const { name, twin, lacks, when } of BLOCKING) {
      if (twin === undefined || twin.way === 'access' || twin.way === 'option') continue;
      // A function that takes a callback, too, is its own twin.
      if (when === undefined) assert.notEqual(twin.name, name.split('.').at(-1), name);
      assert.doesNotMatch(twin.name, /Sync$/, name);
      assert.ok(twin.name !== '' || twin.way === 'sibling', name);
      assert.ok(twin.way !== 'output' || lacks.includes('stdio'), name);
    }
  });

  it('has an encoding of every difference that a fix must know', () => {
    const lacking = (module: string, name: string) => findBlocking(module, name)?.lacks ?? [];
    const twin = (module: string, name: string) => findBlocking(module, name)?.twin;
    assert.deepEqual(lacking('fs', 'statSync'), ['throwIfNoEntry']);
    assert.deepEqual(twin('fs', 'statSync'), { way: 'promises', name: 'stat', absent: true });
    assert.deepEqual(twin('fs', 'globSync'), { way: 'collect', name: 'glob' });
    assert.deepEqual(twin('fs', 'existsSync'), { way: 'access' });
    assert.deepEqual(lacking('child_process', 'execSync'), ['input', 'stdio']);
    assert.deepEqual(findBlocking('child_process', 'execSync')?.thrown, [
      'output',
      'pid',
      'status',
    ]);
    assert.equal(twin('child_process', 'spawnSync'), undefined);
    assert.deepEqual(twin('tar', 'x'), { way: 'option', name: 'sync' });
    assert.equal(twin('jsonwebtoken', 'sign'), undefined);
  });

  describe('of packages that are here', () => {
    for (const name of ['esbuild', 'tinyglobby']) {
      it(`${name} is as it is installed`, async () => {
        const exports: object = await import(name);
        const apis = BLOCKING.filter(({ module }) => module === name);
        assert.notEqual(apis.length, 0);
        for (const api of apis) {
          assert.equal(typeof exportOf(exports, api.name), 'function', keyOf(api));
          await assertTwin(api, exports);
        }
      });
    }
  });

  describe('of Node', () => {
    for (const api of BLOCKING.filter(isCore)) {
      it(`${keyOf(api)} is as this Node has it`, async () => {
        const exports = await import(`node:${api.module}`);
        const found = exportOf(exports, api.name);
        if (ELSEWHERE.has(keyOf(api)) && process.platform !== 'darwin') {
          assert.equal(found, undefined);
          return;
        }
        assert.equal(typeof found, isHere(api) ? 'function' : 'undefined');
        if (isHere(api)) await assertTwin(api, exports);
      });
    }

    it('is all that ends with `Sync`', async () => {
      const missing: string[] = [];
      for (const module of CORE.filter((name) => !/[_/]|^(wasi|sys|punycode)$/.test(name))) {
        for (const name of Object.keys(await import(`node:${module}`))) {
          if (!/Sync$/.test(name) || NO_BLOCKERS.has(`${module}#${name}`)) continue;
          if (findBlocking(module, name) === undefined) missing.push(`${module}#${name}`);
        }
      }
      assert.deepEqual(missing, []);
    });
  });
});

/** Members of what calls give are left out: nothing is called here. */
function isCore({ module, name }: BlockingApi): boolean {
  return CORE.includes(module) && !name.includes('()');
}

/** Whether the running Node is new enough to have the API. */
function isHere({ since }: BlockingApi): boolean {
  if (since === undefined) return true;
  const here = process.versions.node.split('.').map(Number);
  const first = since.split('.').map(Number);
  const differs = first.findIndex((part, index) => part !== here[index]);
  return differs === -1 || (here[differs] ?? 0) > (first[differs] ?? 0);
}

async function assertTwin({ name, twin }: BlockingApi, exports: object): Promise<void> {
  if (twin === undefined) return;
  const isOfPromises = ['promises', 'collect', 'disposable'].includes(twin.way);
  const owner = isOfPromises ? await import('node:fs/promises') : exports;
  if (twin.way === 'access') {
    assert.equal(typeof Reflect.get(exports, 'access'), 'function');
    return;
  }
  const path = twin.way === 'sibling' ? name.replace(/[^.]*$/, twin.name) : twin.name;
  assert.equal(typeof exportOf(owner, path), 'function', `${path} is no function`);
}

/** `Dir.readSync` is a member of what the class `Dir` makes. */
function exportOf(exports: object, name: string): unknown {
  return name.split('.').reduce<unknown>((owner, part) => {
    if (typeof owner !== 'object' && typeof owner !== 'function') return undefined;
    if (owner === null) return undefined;
    const own: unknown = Reflect.get(owner, part);
    const prototype: unknown = Reflect.get(owner, 'prototype');
    if (own !== undefined || typeof prototype !== 'object' || prototype === null) return own;
    return Reflect.get(prototype, part);
  }, exports);
}

function keyOf({ module, name }: BlockingApi): string {
  return `${module}#${name}`;
}
