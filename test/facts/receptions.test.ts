import assert from 'node:assert/strict';
import { lintOne, ruleNamed } from '../support/facts.ts';

const EXPRESS = `
export interface App { get(path: string, handler: (request: string) => void): void }
export default function express(): App;
`;

const MAIN = `
import express from 'express';
import './errors.ts';
declare function load(path: string): Promise<void>;
express().get('/', async (request) => {
  await load(request);
});
setTimeout(async () => {
  await load('late');
}, 100);
`;

/** Lines with a finding, in a project whose `errors.ts` is this. */
function linesWith(errors: string): readonly string[] {
  const manifest = '{ "types": "./index.d.ts" }';
  const files = {
    'main.ts': MAIN,
    'errors.ts': errors,
    'node_modules/express/package.json': manifest,
    'node_modules/express/index.d.ts': EXPRESS,
    'node_modules/express-async-errors/package.json': manifest,
    'node_modules/express-async-errors/index.d.ts': 'export {};',
  };
  return lintOne({ files, rule: ruleNamed('dropped-async-callback') }, (findings) =>
    findings.map(({ range }) => {
      const start = MAIN.lastIndexOf('\n', range.start) + 1;
      return MAIN.slice(start, MAIN.indexOf('\n', start));
    }),
  );
}

describe('who hears what a handler rejects with', () => {
  it('nobody, where Express is as it comes', () => {
    assert.deepEqual(linesWith('export {};'), [
      "express().get('/', async (request) => {",
      'setTimeout(async () => {',
    ]);
  });

  it('Express, once a package has taught it', () => {
    assert.deepEqual(linesWith("import 'express-async-errors';"), ['setTimeout(async () => {']);
  });
});
