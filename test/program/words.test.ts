import assert from 'node:assert/strict';
import { Compiler, hashOf, wordsIn } from '#program';
import { scratch, TSCONFIG } from '../support/scratch.ts';

const TEXT = `
import whole, { load as loadAll, type Other as Another } from './files';
import * as fs from "node:fs";
export * from './more';
const { a: b, c } = require('./old');
const d = require('./older');
const e = await import('./late');
/* Ümlaute */ loadAll?.('x'); whole(); fs.read(1); make<string>(); b(); d(); new Store(c, e);
const Another2 = 1;
`;

describe('words', () => {
  it('of a file are what it calls and where that comes from', () => {
    const project = scratch({ 'a.ts': TEXT }, TSCONFIG);
    const compiler = new Compiler({ cwd: project.folder });
    try {
      compiler.update({ open: [project.path('tsconfig.json')] });
      const source = compiler.program(project.path('tsconfig.json'))?.source(project.path('a.ts'));
      assert.ok(source);
      const { called, modules, renamed } = wordsIn(source.root);
      const names = ['loadAll', 'load', 'whole', 'read', 'make', 'b', 'a', 'd', 'Store', 'default'];
      assert.deepEqual(
        names.filter((name) => !called.has(hashOf(name))),
        [],
      );
      assert.ok(!called.has(hashOf('Another')) && !called.has(hashOf('c')));
      assert.deepEqual([...modules].sort(), [
        './files',
        './late',
        './more',
        './old',
        './older',
        'node:fs',
      ]);
      assert.deepEqual(Object.fromEntries(renamed), {
        loadAll: 'load',
        whole: 'default',
        b: 'a',
        d: 'default',
      });
    } finally {
      compiler.dispose();
      project.remove();
    }
  });
});
