import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KeptCode } from '../../server/cli/kept-code.ts';
import { type Scratch, scratch } from '../support/scratch.ts';

const BUNDLE = 'exports.twice = (number) => number * 2; exports.here = [__filename, __dirname];\n';

/** Runs in which something was linted keep their code compiled for the next. */
describe('kept code', () => {
  let place: Scratch;
  const bundle = () => join(place.folder, 'bundle.cjs');

  beforeEach(() => {
    place = scratch({ 'bundle.cjs': BUNDLE });
  });

  afterEach(() => {
    delete process.env['NODE_DISABLE_COMPILE_CACHE'];
    place.remove();
  });

  const compiled = (): string | undefined =>
    readdirSync(place.folder)
      .filter((name) => name.endsWith('.compiled'))
      .map((name) => join(place.folder, name))[0];

  /** What is kept, after a run that linted this much. */
  const keptAfter = async (linted: number): Promise<Buffer | undefined> => {
    const code = new KeptCode(bundle());
    const { twice } = code.run() as { twice(number: number): number };
    assert.equal(twice(21), 42);
    await code.keep(linted);
    const file = compiled();
    return file === undefined ? undefined : readFileSync(file);
  };

  it('runs the bundle as `require` would', () => {
    const { here } = new KeptCode(bundle()).run() as { here: readonly string[] };
    assert.deepEqual(here, [bundle(), place.folder]);
  });

  it('is written by a run that has linted, and again by one that has linted twice as much', async () => {
    assert.equal(await keptAfter(0), undefined);
    const first = await keptAfter(10);
    assert.equal(first?.readUInt32LE(8), 10);
    assert.deepEqual(await keptAfter(19), first);
    assert.equal((await keptAfter(20))?.readUInt32LE(8), 20);
    assert.equal(readdirSync(place.folder).length, 2, 'nothing else is left behind');
  });

  it('is not that of another bundle, though it be as long', async () => {
    await keptAfter(10);
    writeFileSync(bundle(), BUNDLE.replace('number * 2', '2 * number'));
    assert.equal(readFileSync(bundle(), 'utf8').length, BUNDLE.length);
    assert.equal((await keptAfter(1))?.readUInt32LE(8), 1);
  });

  for (const [damage, spoil] of [
    ['cut off', (whole: Buffer) => whole.subarray(0, whole.length - 8)],
    ['empty', () => Buffer.alloc(0)],
    ['changed in one place', (whole: Buffer) => whole.fill(~(whole[300] ?? 0) & 255, 300, 301)],
  ] as const) {
    it(`is made anew where it is ${damage}`, async () => {
      const whole = await keptAfter(10);
      assert.ok(whole !== undefined);
      writeFileSync(compiled() ?? '', spoil(Buffer.from(whole)));
      assert.equal((await keptAfter(1))?.readUInt32LE(8), 1);
    });
  }

  it('is neither written nor read where Node is told to keep none', async () => {
    process.env['NODE_DISABLE_COMPILE_CACHE'] = '1';
    assert.equal(await keptAfter(10), undefined);
  });

  it('is done without where it cannot be written', async () => {
    await keptAfter(10);
    const file = compiled() ?? '';
    rmSync(file);
    mkdirSync(file);
    const code = new KeptCode(bundle());
    await code.keep(10);
    assert.ok(statSync(file).isDirectory());
  });
});
