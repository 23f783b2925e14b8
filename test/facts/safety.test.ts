import assert from 'node:assert/strict';
import { lintOne, ruleNamed } from '../support/facts.ts';

const MAIN = `
import { send } from 'mail';
import { track } from './track.ts';
send('a');
track('b');
`;

/** Lines that float in a project of which the user says that these calls are safe. */
function floatingWith(safeCalls: readonly string[]): readonly string[] {
  const files = {
    'main.ts': MAIN,
    'track.ts': 'export async function track(event: string): Promise<void> {}',
    'node_modules/mail/package.json': '{ "types": "./index.d.ts" }',
    'node_modules/mail/index.d.ts': 'export declare function send(to: string): Promise<void>;',
  };
  const rule = ruleNamed('floating-promise');
  return lintOne({ files, rule, project: { safeCalls } }, (findings) =>
    findings.map(({ range }) => MAIN.slice(range.start, range.end)),
  );
}

describe('promises that the user says may be left alone', () => {
  it('are none to begin with', () => {
    assert.deepEqual(floatingWith([]), ["send('a')", "track('b')"]);
  });

  it('are known by module and name', () => {
    assert.deepEqual(floatingWith(['mail#send']), ["track('b')"]);
  });

  it('are known by the end of their path', () => {
    assert.deepEqual(floatingWith(['./track#track', './mail#send']), ["send('a')"]);
    assert.deepEqual(floatingWith(['./rack#track']), ["send('a')", "track('b')"]);
  });

  it('are known by name alone where the project has them itself', () => {
    assert.deepEqual(floatingWith(['send', 'track']), ["send('a')"]);
  });
});
