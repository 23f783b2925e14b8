import assert from 'node:assert/strict';
import { lintOne, ruleNamed } from '../support/facts.ts';

const MAIN = `
import { writeFile } from 'node:fs/promises';
export async function main() {
  await writeFile('a', 'b');
  return await fetch('/c');
}
`;

const TYPES = `
declare function fetch(path: string): Promise<string>;
declare module 'node:fs/promises' {
  export function writeFile(path: string, text: string): Promise<void>;
}
`;

describe('fixes of a series', () => {
  it('use no `Promise.allSettled` where the library has none', () => {
    assert.deepEqual(fixesIn(['es2020']), ['all-settled']);
    assert.deepEqual(fixesIn(['es2019']), []);
  });
});

function fixesIn(lib: readonly string[]): readonly string[] {
  const rule = ruleNamed('independent-awaits');
  const files = { 'main.ts': MAIN, 'node.d.ts': TYPES };
  return lintOne({ files, rule, compiler: { lib, types: [] } }, (findings) => {
    assert.equal(findings.length, 1);
    return findings.flatMap((one) => one.fixes().map(({ id }) => id));
  });
}
