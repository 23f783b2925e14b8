import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { rules } from '#rules';
import { FORMAT_NAMES } from '../../server/cli/output/formats.ts';
import { type Scratch, scratch, TSCONFIG } from '../support/scratch.ts';
import { invoke } from './console.ts';

const FILES = {
  'loud.ts': 'declare function shout(): void;\nshout();\n',
  'deep/soft.ts': 'declare function mutter(): void;\nmutter();\n',
};

describe('--format and --output', () => {
  let project: Scratch;

  beforeEach(() => {
    project = scratch(FILES, TSCONFIG);
  });

  afterEach(() => project.remove());

  const read = (name: string): string => readFileSync(project.path(name), 'utf8');

  for (const name of FORMAT_NAMES) {
    it(`--format ${name} prints what --output ${name}=… writes`, async () => {
      const argv = ['--format', name, '--output', `${name}=report`];
      const { out, err, exit } = await invoke(argv, project.folder, { columns: 100 });
      assert.equal(err, '');
      assert.equal(exit, 1);
      assert.match(out, /shout/);
      assert.match(out, /mutter/);
      assert.equal(read('report'), out);
    });
  }

  it('several files at once, while the terminal has its own', async () => {
    const argv = ['--output', 'json=out/a.json', '--output', 'sarif=out/b.sarif'];
    const { out } = await invoke(argv, project.folder, { interactive: true });
    assert.match(out, /Found .*1 error, 1 warning/);
    assert.equal(JSON.parse(read('out/a.json')).findings.length, 2);
    assert.equal(JSON.parse(read('out/b.sarif')).version, '2.1.0');
    assert.deepEqual(readdirSync(project.path('out')).sort(), ['a.json', 'b.sarif']);
  });

  it('a report where no folder can be made is refused', async () => {
    const argv = ['--output', 'json=/proc/asynclint/report'];
    const { exit, err } = await invoke(argv, project.folder);
    assert.equal(exit, 2);
    assert.match(err, /^`--output json=\/proc\/asynclint\/report` cannot be written \(E[A-Z]+: /);
  });

  it('an old report is replaced', async () => {
    project.write('report', 'x'.repeat(100_000));
    await invoke(['--output', 'json=report'], project.folder);
    assert.equal(JSON.parse(read('report')).version, 1);
  });

  it('a file has no colours, whatever the terminal has', async () => {
    const argv = ['--color', '--output', 'text=report'];
    const { out } = await invoke(argv, project.folder, { columns: 30 });
    assert.ok(out.includes('\u001b['));
    assert.ok(!read('report').includes('\u001b'));
  });

  it('--quiet holds for files as well, and fingerprints stay what they are', async () => {
    await invoke(['--output', 'gitlab=all'], project.folder);
    await invoke(['--quiet', '--output', 'gitlab=errors'], project.folder);
    const [, loud] = JSON.parse(read('all'));
    assert.deepEqual(JSON.parse(read('errors')), [loud]);
  });

  it('a step summary of GitHub is written below what is in it', async () => {
    const summary = project.write('summary', '# Tests\n');
    const environment = { GITHUB_STEP_SUMMARY: summary };
    await invoke(['--output', `markdown=${summary}`], project.folder, { environment });
    assert.match(read('summary'), /^# Tests\n## asynclint\n\n\*\*Found/);
  });

  it('what is no plain file is not replaced', async () => {
    const pipe = project.path('pipe');
    spawnSync('mkfifo', [pipe]);
    const reading = readFile(pipe, 'utf8');
    await invoke(['--output', 'json=pipe'], project.folder);
    assert.equal(JSON.parse(await reading).version, 1);
    assert.ok(statSync(pipe).isFIFO());
  });

  it('services are told names as they are below the repository', async () => {
    const cwd = project.path('deep');
    for (const variable of ['GITHUB_WORKSPACE', 'CI_PROJECT_DIR']) {
      const environment = { [variable]: project.folder };
      const { out } = await invoke(['--format', 'github'], cwd, { environment });
      assert.match(out, /file=deep\/soft\.ts/);
      const printed = await invoke([], cwd, { environment });
      assert.match(printed.out, /^soft\.ts/);
    }
    const environment = { GITHUB_WORKSPACE: project.path('other') };
    assert.match((await invoke(['--format', 'github'], cwd, { environment })).out, /file=soft\.ts/);
  });

  it('Markdown leads to the lines of the commit', async () => {
    const github = {
      GITHUB_SERVER_URL: 'https://github.test',
      GITHUB_REPOSITORY: 'shop/shop',
      GITHUB_SHA: 'abc',
    };
    const gitlab = { CI_PROJECT_URL: 'https://gitlab.test/shop', CI_COMMIT_SHA: 'abc' };
    const printed = async (environment: Record<string, string>) =>
      (await invoke(['--format', 'markdown'], project.folder, { environment })).out;
    assert.match(
      await printed(github),
      /\[2\]\(https:\/\/github\.test\/shop\/shop\/blob\/abc\/loud\.ts#L2\)/,
    );
    assert.match(
      await printed(gitlab),
      /\[2\]\(https:\/\/gitlab\.test\/shop\/-\/blob\/abc\/loud\.ts#L2\)/,
    );
    assert.doesNotMatch(await printed({}), /\[2\]/);
  });

  it('--diff prints the patch alone, and files get their reports', async () => {
    const { out } = await invoke(['--diff', '--output', 'json=report'], project.folder);
    assert.match(out, /^--- a\/loud\.ts/);
    assert.doesNotMatch(out, /Found/);
    assert.equal(JSON.parse(read('report')).findings.length, 2);
  });

  it('--stdin fills files as well', async () => {
    const argv = ['--stdin', '--stdin-filename', 'loud.ts', '--output', 'json=report'];
    await invoke(argv, project.folder, { input: FILES['loud.ts'] });
    assert.equal(JSON.parse(read('report')).findings.length, 1);
  });

  const mistakes: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['an unknown format', ['--format', 'xml'], /'--format <name>'.*'xml'.*text, json, sarif/],
    ['no `=`', ['--output', 'sarif'], /'--output <format=file>'.*Write <format>=<file>, such as/],
    ['no file', ['--output', 'sarif='], /'--output <format=file>'.*Write <format>=<file>/],
    ['no format', ['--output', '=a.sarif'], /'--output <format=file>'.*Write <format>=<file>/],
    ['a misspelt format', ['--output', 'srif=a'], /'--output .*no format `srif`.*mean `sarif`\?/],
    ['nothing at all', ['--output'], /'--output <format=file>' argument missing/],
    ['a folder', ['--output', 'json=deep'], /^`--output json=deep`: that is a folder; name a file/],
    [
      'one file for two reports',
      ['--output', 'json=a', '--output', 'text=./a'],
      /^`--output text=\.\/a`: another report goes into that file\. Name another\./,
    ],
    [
      'a file below a file',
      ['--output', 'json=loud.ts/a'],
      /^`--output json=loud\.ts\/a` cannot be written \(.*\)\. Name a file that you may write\./,
    ],
  ];
  for (const [what, argv, told] of mistakes) {
    it(`${what}: says so, and exits 2`, async () => {
      const { exit, err } = await invoke(argv, project.folder);
      assert.match(err, told);
      assert.equal(exit, 2);
      assert.ok(!existsSync(project.path('a')));
    });
  }
});

describe('links to rule pages', () => {
  const ESCAPE = '\u001b';
  const LINK = new RegExp(`${ESCAPE}]8;;(file://\\S*floating-promise\\.md)${ESCAPE}\\\\`);
  let project: Scratch;

  before(() => {
    project = scratch(
      { 'a.ts': 'async function f() {}\nexport function g() {\n  f();\n}\n' },
      TSCONFIG,
    );
  });

  after(() => project.remove());

  const printed = async (argv: readonly string[], hyperlinks: boolean): Promise<string> => {
    const circumstances = { interactive: true, hyperlinks, parts: { rules } };
    return (await invoke(argv, project.folder, circumstances)).out;
  };

  it('are there where the terminal opens them, and lead to a page', async () => {
    const [, address = ''] = LINK.exec(await printed([], true)) ?? [];
    assert.match(readFileSync(new URL(address), 'utf8'), /^# floating-promise/);
  });

  it('are left out elsewhere', async () => {
    assert.doesNotMatch(await printed([], false), LINK);
    assert.doesNotMatch(await printed(['--no-color'], true), LINK);
    assert.doesNotMatch(await printed(['--format', 'json'], true), LINK);
  });
});
