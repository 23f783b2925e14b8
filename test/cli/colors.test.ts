import assert from 'node:assert/strict';
import { isColorful, type Terminal } from '../../server/cli/terminal.ts';

describe('colours', () => {
  const colorful = (
    chosen: boolean | undefined,
    environment: Terminal['environment'],
    interactive: boolean,
  ): boolean => {
    const silent = () => {};
    const terminal = {
      cwd: '/',
      columns: 80,
      version: '',
      pages: '',
      out: silent,
      input: () => Promise.resolve(''),
      err: silent,
    };
    return isColorful(chosen, { ...terminal, environment, interactive });
  };

  it('are for people, not for pipes', () => {
    assert.equal(colorful(undefined, {}, true), true);
    assert.equal(colorful(undefined, {}, false), false);
    assert.equal(colorful(undefined, { TERM: 'dumb' }, true), false);
  });

  it('follow NO_COLOR and FORCE_COLOR, NO_COLOR first', () => {
    assert.equal(colorful(undefined, { NO_COLOR: '1' }, true), false);
    assert.equal(colorful(undefined, { NO_COLOR: '' }, true), true);
    assert.equal(colorful(undefined, { FORCE_COLOR: '1' }, false), true);
    assert.equal(colorful(undefined, { FORCE_COLOR: '0' }, true), false);
    assert.equal(colorful(undefined, { FORCE_COLOR: '1', NO_COLOR: '1' }, true), false);
  });

  it('follow --color and --no-color before all else', () => {
    assert.equal(colorful(true, { NO_COLOR: '1' }, false), true);
    assert.equal(colorful(false, { FORCE_COLOR: '1' }, true), false);
  });
});
