import assert from 'node:assert/strict';
import { type Scratch, scratch, TSCONFIG } from '../support/scratch.ts';
import { invoke } from './console.ts';

const FILES = {
  'loud.ts': 'declare function shout(): void;\nshout();\n',
  'soft.ts': 'declare function mutter(): void;\ndeclare function hum(): void;\nmutter();\nhum();\n',
  'still.ts': 'declare function whisper(): void;\nwhisper();\n',
};

describe('command line options', () => {
  let project: Scratch;

  before(() => {
    project = scratch(FILES, TSCONFIG);
  });

  after(() => project.remove());

  const found = async (...argv: readonly string[]): Promise<readonly string[]> => {
    const { out, err } = await invoke([...argv, '--format', 'json'], project.folder);
    assert.equal(err, '');
    const { findings } = JSON.parse(out) as { findings: { rule: string; severity: string }[] };
    return findings.map(({ rule, severity }) => `${rule} ${severity}`);
  };

  it('without any, all of the current folder is linted with the recommended rules', async () => {
    assert.deepEqual(await found(), ['shouting error', 'muttering warning', 'humming information']);
  });

  it('paths: only they are linted', async () => {
    assert.deepEqual(await found('soft.ts'), ['muttering warning', 'humming information']);
    assert.deepEqual(await found('still.ts', 'loud.ts'), ['shouting error']);
    assert.deepEqual(await found(project.folder), await found('.'));
  });

  it('--preset: which rules are on', async () => {
    assert.deepEqual(await found('still.ts', '--preset', 'strict'), ['whispering warning']);
    assert.deepEqual(await found('still.ts', '--preset', 'recommended'), []);
  });

  it('--only: one rule, in whichever preset it is', async () => {
    assert.deepEqual(await found('--only', 'whispering'), ['whispering warning']);
    assert.deepEqual(await found('--only', 'humming', '--only', 'shouting'), [
      'shouting error',
      'humming information',
    ]);
  });

  it('--rule: severity of a rule', async () => {
    const set = ['--rule', 'shouting=off', '--rule', 'humming=error'];
    assert.deepEqual(await found(...set), ['muttering warning', 'humming error']);
  });

  it('--rule and --only know the rules by name', async () => {
    for (const argv of [
      ['--only', 'shuoting'],
      ['--rule', 'shuoting=off'],
    ]) {
      const { exit, err } = await invoke(argv, project.folder);
      assert.equal(exit, 2);
      assert.equal(err, 'There is no rule `shuoting`. Did you mean `shouting`?\n');
    }
    const { err } = await invoke(['--only', 'zzz'], project.folder);
    assert.match(err, /Known are `exploding`, `humming`,/);
  });

  it('--rule wants a severity', async () => {
    for (const value of ['shouting', 'shouting=loud', '=off', 'shouting=off=off']) {
      const { exit, err } = await invoke(['--rule', value], project.folder);
      assert.equal(exit, 2, value);
      assert.match(err, /Write <id>=<severity>: error, warning, information, off\./);
    }
  });

  it('--quiet: errors alone are printed, and all counts all the same', async () => {
    assert.deepEqual(await found('--quiet'), ['shouting error']);
    const { exit, out } = await invoke(['soft.ts', '--quiet'], project.folder);
    assert.equal(exit, 1);
    assert.doesNotMatch(out, /mutter/);
  });

  it('--stats: where the time went, beside the report', async () => {
    const { out, err } = await invoke(['--stats', '--format', 'json'], project.folder);
    assert.equal(JSON.parse(out).version, 1);
    assert.match(err, /files 3, projects 1, requests \d+/);
    assert.match(err, /ms {2}lint/);
    assert.match(err, /ms {2}shouting/);
  });

  it('--config: that file and no other', async () => {
    const config = project.write('other/strange.jsonc', '{ "rules": { "shouting": "off" } }');
    assert.deepEqual(await found('loud.ts', '--config', config), []);
    const { exit, err } = await invoke(['--config', 'none.jsonc'], project.folder);
    assert.equal(exit, 2);
    assert.match(err, /There is no config `none\.jsonc`\./);
  });

  it('--project: that tsconfig and no other', async () => {
    project.write('part/tsconfig.json', JSON.stringify({ files: ['../loud.ts'] }));
    assert.deepEqual(await found('.', '--project', 'part/tsconfig.json'), ['shouting error']);
    assert.deepEqual(await found('.', '--project', 'part'), ['shouting error']);
    project.write('more/tsconfig.json', JSON.stringify({ files: ['../soft.ts'] }));
    const both = ['--project', 'part', '--project', 'more'];
    assert.deepEqual(await found(...both), await found());
    const { exit, err } = await invoke(['--project', 'none.json'], project.folder);
    assert.equal(exit, 2);
    assert.match(err, /There is no tsconfig `none\.json`/);
  });

  it('--version: the version alone', async () => {
    const { exit, out } = await invoke(['--version'], project.folder);
    assert.equal(exit, 0);
    assert.equal(out, '1.2.3\n');
  });
});
