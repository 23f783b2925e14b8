import assert from 'node:assert/strict';
import { DEFAULT_PROJECT_SETTINGS, lint, settingOf } from '#engine';
import { Compiler } from '#program';
import { rules } from '#rules';
import { scratch, TSCONFIG } from '../support/scratch.ts';

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
  const project = scratch(
    {
      'main.ts': MAIN,
      'errors.ts': errors,
      'node_modules/express/package.json': manifest,
      'node_modules/express/index.d.ts': EXPRESS,
      'node_modules/express-async-errors/package.json': manifest,
      'node_modules/express-async-errors/index.d.ts': 'export {};',
    },
    TSCONFIG,
  );
  const compiler = new Compiler({ cwd: project.folder });
  try {
    compiler.update({ open: [project.path('tsconfig.json')] });
    const program = compiler.program(project.path('tsconfig.json'));
    assert.ok(program, 'the project opens');
    const { findings } = lint(program, [project.path('main.ts')], {
      rules: rules.filter(({ id }) => id === 'dropped-async-callback'),
      setting: (rule) => settingOf(rule, {}),
      project: DEFAULT_PROJECT_SETTINGS,
    });
    return findings.map(({ range }) => {
      const start = MAIN.lastIndexOf('\n', range.start) + 1;
      return MAIN.slice(start, MAIN.indexOf('\n', start));
    });
  } finally {
    compiler.dispose();
    project.remove();
  }
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
