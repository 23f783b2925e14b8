import assert from 'node:assert/strict';
import { natureOfPath, natureOfProject } from '#facts';

/** Names from the project's folder, and what they say of the code in the file. */
const PATHS = {
  'src/server.ts': undefined,
  'src/tools/read-file.ts': undefined,
  'src/build/cache.ts': undefined,
  'packages/tools/src/index.ts': undefined,
  'src/config.ts': undefined,
  'src/latest.ts': undefined,
  'lib/protest/index.ts': undefined,
  'worker.ts': undefined,
  'src/client.ts': undefined,

  'src/page.test.ts': 'test',
  'src/page.spec.tsx': 'test',
  'src/page-test.js': 'test',
  'test/support/server.ts': 'test',
  'src/__tests__/page.ts': 'test',
  'packages/api/tests/page.ts': 'test',
  'e2e/login.ts': 'test',

  'vite.config.ts': 'config',
  'packages/web/next.config.mjs': 'config',
  'webpack.prod.js': 'config',
  '.eslintrc.cjs': 'config',
  'karma.conf.js': 'config',

  'gulpfile.ts': 'script',
  'extra/release/tag.mjs': 'script',
  'frontend/fonts/build-fonts.mjs': 'script',
  'src/build-query.ts': undefined,
  'src/database/migrations/0001-users.ts': 'script',
  'packages/prisma/seed/users.ts': 'script',
  'src/release/notes.ts': undefined,
  'scripts/release.ts': 'script',
  'packages/api/scripts/seed.ts': 'script',
  'tools/generate/index.ts': 'script',
  '.github/actions/label.js': 'script',

  'bin/serve.js': 'terminal',
  'src/cli/print.ts': 'terminal',
  'src/cli.ts': 'terminal',
  'packages/site-cli/src/print.ts': 'terminal',
  'src/client-clip/print.ts': undefined,
} as const;

describe('natures of files', () => {
  for (const [path, nature] of Object.entries(PATHS)) {
    it(`${path} is ${nature ?? 'code that others wait for'}`, () => {
      assert.equal(natureOfPath(path), nature);
    });
  }

  it('are those of a program for the terminal where its folder is called so', () => {
    assert.equal(natureOfProject('/home/site/packages/site-cli'), 'terminal');
    assert.equal(natureOfProject('/home/site/cli'), 'terminal');
    assert.equal(natureOfProject('/home/site/packages/client'), undefined);
    assert.equal(natureOfProject(''), undefined);
  });

  it('are those of tests where its folder is called so', () => {
    assert.equal(natureOfProject('/home/site/packages/e2e_tests'), 'test');
    assert.equal(natureOfProject('/home/site/packages/api-test'), 'test');
    assert.equal(natureOfProject('/home/site/benchmarks'), 'test');
    assert.equal(natureOfProject('/home/site/packages/test-helpers'), 'test');
    assert.equal(natureOfProject('/home/site/packages/site-test-utils'), 'test');
    assert.equal(natureOfProject('/home/site/packages/test-results'), undefined);
    assert.equal(natureOfProject('/home/site/packages/contest'), undefined);
    assert.equal(natureOfProject('/home/site/packages/tools'), undefined);
  });
});
