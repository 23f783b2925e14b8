/** The examples for Turborepo and Nx, run by the real ones: what did not change comes from their caches. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Scratch, scratch } from '../support/scratch.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const RECORD = 'packages/core/src/index.ts';
/** Milliseconds that starting these tools may take. */
const SLOW = 120_000;
/** No telemetry, no daemon, no cloud. */
const QUIET = {
  TURBO_TELEMETRY_DISABLED: '1',
  TURBO_NO_UPDATE_NOTIFIER: '1',
  NX_DAEMON: 'false',
  NX_NO_CLOUD: 'true',
  CI: '1',
  NO_COLOR: '1',
};

const TOOLS = [
  {
    name: 'turbo',
    argv: ['run', 'lint:async', '--no-daemon', '--concurrency=1'],
    settings: 'turbo.json',
    all: />>> FULL TURBO/,
    both: /cache miss, executing[\s\S]*cache miss, executing/,
  },
  {
    name: 'nx',
    argv: ['run-many', '--targets=lint:async', '--parallel=1', '--output-style=stream'],
    settings: 'nx.json',
    all: /Nx read the output from the cache instead of running the command for 2 out of 2 tasks/,
    both: /Successfully ran target lint:async for 2 projects(?![\s\S]*read the output)/,
  },
] as const;

describe('docs/ci.md', () => {
  for (const { settings, name } of TOOLS) {
    it(`shows the ${settings} of the example`, () => {
      const text = readFileSync(join(ROOT, 'fixtures/pipelines', name, settings), 'utf8');
      assert.ok(readFileSync(join(ROOT, 'docs/ci.md'), 'utf8').includes(text), settings);
    });
  }
});

for (const { name, argv, all, both } of TOOLS) {
  describe(`${name}, with its cache`, () => {
    let project: Scratch;

    const run = () => {
      const { FORCE_COLOR: _, ...env } = process.env;
      const { stdout, stderr, status } = spawnSync(`node_modules/.bin/${name}`, argv, {
        cwd: project.folder,
        encoding: 'utf8',
        env: { ...env, ...QUIET },
      });
      return { status, said: stdout + stderr };
    };
    const succeeds = (words: RegExp) => {
      const { status, said } = run();
      assert.equal(status, 0, said);
      assert.match(said, words);
    };

    beforeEach(() => {
      project = installed(name);
      succeeds(both);
    });
    afterEach(() => project.remove());

    it('serves a second run', () => succeeds(all)).timeout(SLOW);

    it('lints again those that import what changed', () => {
      const text = readFileSync(project.path(RECORD), 'utf8');
      project.write(RECORD, text.replace('function record(entry: string): void', ASYNC));
      const { status, said } = run();
      assert.notEqual(status, 0);
      assert.match(said, /src\/main\.ts:4:3 error floating-promise/);
    }).timeout(SLOW);

    for (const file of ['asynclint.jsonc', 'tsconfig.base.json']) {
      it(`lints all again when ${file} changes`, () => {
        project.write(file, `${readFileSync(project.path(file), 'utf8')}\n`);
        succeeds(both);
      }).timeout(SLOW);
    }
  });
}

const ASYNC = 'async function record(entry: string): Promise<void>';

/** The example as it is after `npm install`, in a repository of its own. */
function installed(name: string): Scratch {
  const project = scratch({ 'node_modules/.bin/README': '', 'node_modules/@pipeline/README': '' });
  const link = (target: string, at: string) => symlinkSync(target, project.path(at));
  cpSync(join(ROOT, 'fixtures/pipelines', name), project.folder, { recursive: true });
  for (const each of ['core', 'app']) {
    link(project.path(`packages/${each}`), `node_modules/@pipeline/${each}`);
  }
  link(join(ROOT, 'node_modules', name), `node_modules/${name}`);
  link(join(ROOT, 'node_modules/.bin', name), `node_modules/.bin/${name}`);
  link(join(ROOT, 'dist/cli.js'), 'node_modules/.bin/asynclint');
  execFileSync('git', ['init', '--quiet'], { cwd: project.folder });
  execFileSync('git', ['add', '.'], { cwd: project.folder });
  return project;
}
