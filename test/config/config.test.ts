import assert from 'node:assert/strict';
import type { Choices } from '#engine';
import { Configs } from '../../server/config/config.ts';
import { type Scratch, scratch } from '../support/scratch.ts';

describe('config files', () => {
  let project: Scratch;

  afterEach(() => project.remove());

  const given = (files: Readonly<Record<string, string | object>>): void => {
    const texts = Object.entries(files).map(([name, content]) => [
      name,
      typeof content === 'string' ? content : JSON.stringify(content),
    ]);
    project = scratch(Object.fromEntries(texts));
  };

  const config = (folder = '.', chosen?: Choices, only?: string) =>
    new Configs(chosen && (() => chosen), only && project.path(only)).of(project.path(folder));

  const choices = (file: string, folder = '.', chosen?: Choices) =>
    config(folder, chosen).choicesOf(project.path(file));

  it('the nearest at or above the project counts', () => {
    given({
      'asynclint.jsonc': { preset: 'strict' },
      'near/asynclint.json': { preset: 'all' },
      'far/deep/a.ts': '',
    });
    assert.equal(choices('far/deep/a.ts', 'far/deep').preset, 'strict');
    assert.equal(choices('near/a.ts', 'near').preset, 'all');
  });

  it('a key of package.json is as good as a file; a package.json without it is none', () => {
    given({
      'package.json': { name: 'asynclint', asynclint: { preset: 'all' } },
      'deep/package.json': { name: 'asynclint' },
    });
    assert.equal(choices('deep/a.ts', 'deep').preset, 'all');
    assert.deepEqual(config('deep').files, [project.path('package.json')]);
  });

  it('may have comments and commas at the end', () => {
    given({ 'asynclint.jsonc': '{\n  // All of them.\n  "preset": "all",\n}' });
    assert.equal(choices('a.ts').preset, 'all');
  });

  it('builds on those that it extends, the last and itself winning', () => {
    given({
      'asynclint.jsonc': { extends: ['./base/one.json', './base/two.json'], rules: { c: 'error' } },
      'base/one.json': { preset: 'strict', rules: { a: 'error', b: 'error', c: 'off' } },
      'base/two.json': { extends: './three.json', rules: { b: 'warning' } },
      'base/three.json': { rules: { b: 'off', d: 'information' } },
    });
    assert.deepEqual(choices('a.ts'), {
      preset: 'strict',
      rules: { a: 'error', b: 'warning', c: 'error', d: 'information' },
    });
    assert.deepEqual(
      config().files.map((file) => file.slice(project.folder.length + 1)),
      ['base/one.json', 'base/three.json', 'base/two.json', 'asynclint.jsonc'],
    );
  });

  it('builds on configs in packages, whose patterns are about who extends them', () => {
    given({
      'package.json': { asynclint: { extends: ['@acme/lint', 'plain/strict.json'] } },
      'node_modules/@acme/lint/asynclint.jsonc': {
        extends: './base.json',
        overrides: [{ files: ['src/*.test.ts'], rules: { a: 'off' } }],
        ignore: ['gen'],
      },
      'node_modules/@acme/lint/base.json': { rules: { a: 'error' } },
      'node_modules/plain/strict.json': { preset: 'strict' },
      'node_modules/plain/asynclint.jsonc': { preset: 'all' },
    });
    assert.deepEqual(choices('src/a.ts'), { preset: 'strict', rules: { a: 'error' } });
    assert.deepEqual(choices('src/a.test.ts'), { preset: 'strict', rules: { a: 'off' } });
    assert.ok(config().ignores(project.path('gen/a.ts')));
  });

  it('builds on the config of a folder', () => {
    given({
      'near/asynclint.jsonc': { extends: '..' },
      'asynclint.json': { rules: { a: 'error' } },
    });
    assert.deepEqual(choices('near/a.ts', 'near').rules, { a: 'error' });
  });

  it('that extend each other are read once', () => {
    given({
      'asynclint.jsonc': { extends: './other.json', rules: { a: 'error' } },
      'other.json': { extends: './asynclint.jsonc', rules: { a: 'off', b: 'off' } },
    });
    assert.deepEqual(choices('a.ts').rules, { a: 'error', b: 'off' });
  });

  it('overrides hold for the files that they name, later ones winning', () => {
    given({
      'asynclint.jsonc': {
        rules: { a: 'error' },
        overrides: [
          { files: ['*.test.ts', 'scripts/'], rules: { a: 'warning' } },
          { files: ['/scripts/*.test.ts'], rules: { a: 'off' } },
        ],
      },
    });
    assert.equal(choices('src/a.ts').rules?.['a'], 'error');
    assert.equal(choices('src/a.test.ts').rules?.['a'], 'warning');
    assert.equal(choices('scripts/a.ts').rules?.['a'], 'warning');
    assert.equal(choices('scripts/a.test.ts').rules?.['a'], 'off');
    const { choicesOf } = config();
    assert.equal(choicesOf(project.path('a.ts')), choicesOf(project.path('b.ts')));
  });

  it('what the command line or the editor chose wins, options staying', () => {
    given({ 'asynclint.jsonc': { preset: 'all', rules: { a: ['error', { void: 'report' }] } } });
    const chosen = { preset: 'strict', rules: { a: 'warning', b: 'off' } } as const;
    assert.deepEqual(choices('a.ts', '.', chosen), {
      preset: 'strict',
      rules: { a: ['warning', { void: 'report' }], b: 'off' },
    });
  });

  it('ignored files are those of every layer, relative to it', () => {
    given({
      'asynclint.jsonc': { extends: './base/base.json', ignore: ['*.gen.ts', '!kept.gen.ts'] },
      'base/base.json': { ignore: ['/mine.ts'] },
    });
    const { ignores } = config();
    const ignored = ['a.ts', 'a.gen.ts', 'kept.gen.ts', 'mine.ts', 'base/mine.ts'].filter((name) =>
      ignores(project.path(name)),
    );
    assert.deepEqual(ignored, ['a.gen.ts', 'base/mine.ts']);
    assert.equal(ignores('/elsewhere/a.gen.ts'), false);
  });

  it('settings replace what was set before, one by one', () => {
    given({
      'asynclint.jsonc': { extends: './base.json', settings: { limiters: ['p#q'] } },
      'base.json': { settings: { limiters: ['a#b', 'c'], fanOut: 4 } },
    });
    assert.deepEqual(config().project, {
      limiters: ['p#q'],
      blocking: [],
      safeCalls: [],
      fanOut: 4,
    });
  });

  it('one that was named is read in place of all others', () => {
    given({ 'asynclint.jsonc': { preset: 'all' }, 'strange.json': { preset: 'strict' } });
    assert.equal(config('.', {}, 'strange.json').choicesOf('/a.ts').preset, 'strict');
  });

  it('mistaken entries are passed over, the others hold', () => {
    given({
      'asynclint.jsonc': {
        preset: 'lax',
        rules: { a: 'loud', b: 'off', c: ['error', { x: null }], d: 7 },
        overrides: 'none',
        settings: { fanOut: 'many', limiters: 'all' },
        ignore: [1, 'a.ts'],
      },
    });
    assert.deepEqual(choices('b.ts'), { rules: { b: 'off' } });
    assert.equal(config().project.fanOut, 16);
    assert.ok(config().ignores(project.path('a.ts')));
  });

  it('are read anew once forgotten', () => {
    given({ 'asynclint.jsonc': { preset: 'all' } });
    const configs = new Configs();
    const preset = () => configs.of(project.folder).choicesOf(project.path('a.ts')).preset;
    assert.equal(preset(), 'all');
    project.write('asynclint.jsonc', '{ "preset": "strict" }');
    assert.equal(preset(), 'all');
    configs.forget();
    assert.equal(preset(), 'strict');
  });
});
