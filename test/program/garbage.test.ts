import assert from 'node:assert/strict';
import { totalmem } from 'node:os';
import { withGarbageTarget } from '../../rules/program/garbage.ts';

const NAMES = ['GOGC', 'GOMEMLIMIT'];

describe('garbage of the compiler', () => {
  const outside = NAMES.map((name) => [name, process.env[name]] as const);

  beforeEach(() => {
    for (const name of NAMES) delete process.env[name];
  });

  after(() => {
    for (const [name, value] of outside) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });

  it('is hardly looked for in one run, but from half of the memory on', () => {
    const { GOGC, GOMEMLIMIT } = withGarbageTarget(undefined, settings);
    assert.ok(Number(GOGC) >= 1600, GOGC);
    const limit = Number(GOMEMLIMIT);
    assert.ok(limit > 0 && limit <= totalmem() / 2 && Number.isInteger(limit), GOMEMLIMIT);
  });

  it('is looked for as often as a lasting compiler says, without a limit', () => {
    assert.deepEqual(withGarbageTarget(100, settings), { GOGC: '100' });
  });

  it('is looked for as the user says', () => {
    process.env['GOGC'] = '50';
    assert.deepEqual(withGarbageTarget(undefined, settings), { GOGC: '50' });
    assert.deepEqual(withGarbageTarget(100, settings), { GOGC: '50' });
    delete process.env['GOGC'];
    process.env['GOMEMLIMIT'] = '1GiB';
    assert.equal(withGarbageTarget(undefined, settings)['GOMEMLIMIT'], '1GiB');
  });

  it('leaves the environment as it was', () => {
    process.env['GOMEMLIMIT'] = '1GiB';
    withGarbageTarget(undefined, settings);
    assert.deepEqual(settings(), { GOMEMLIMIT: '1GiB' });
    assert.throws(() =>
      withGarbageTarget(undefined, () => {
        throw new Error('no compiler');
      }),
    );
    assert.deepEqual(settings(), { GOMEMLIMIT: '1GiB' });
  });
});

/** What a process started now would be told. */
function settings(): NodeJS.ProcessEnv {
  const told = NAMES.filter((name) => process.env[name] !== undefined);
  return Object.fromEntries(told.map((name) => [name, process.env[name]]));
}
