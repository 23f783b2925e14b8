// Runs the suite inside a real VS Code: downloaded where there is internet, else the one that VSCODE_EXECUTABLE names.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { FILES } from './workspace.mjs';

const suite = resolve('.vscode-test/suite.cjs');
const scratch = await mkdtemp(join(tmpdir(), 'asynclint-'));
const workspace = join(scratch, 'workspace');
const user = join(scratch, 'user');

await build({
  entryPoints: ['test/editor/suite/index.ts'],
  outfile: suite,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  external: ['vscode', 'mocha', 'file:*'],
  define: { REPORTER: JSON.stringify(pathToFileURL(resolve('test/support/reporter.mjs')).href) },
  sourcemap: 'inline',
  logLevel: 'warning',
});

// Settings are there before the start: those that arrive later are not in force for the first save.
for (const [name, text] of Object.entries(FILES)) {
  await mkdir(dirname(join(workspace, name)), { recursive: true });
  await writeFile(join(workspace, name), text);
}
await mkdir(join(user, 'User'), { recursive: true });
await writeFile(
  join(user, 'User', 'settings.json'),
  JSON.stringify({
    'workbench.startupEditor': 'none',
    'security.workspace.trust.enabled': false,
    'telemetry.telemetryLevel': 'off',
    'chat.disableAIFeatures': true,
    'extensions.autoUpdate': 'off',
    'extensions.autoCheckUpdates': false,
    'editor.codeActionsOnSave': { 'source.fixAll.asynclint': 'explicit' },
  }),
);

try {
  const { VSCODE_EXECUTABLE } = process.env;
  await runTests({
    ...(VSCODE_EXECUTABLE && { vscodeExecutablePath: resolve(VSCODE_EXECUTABLE) }),
    extensionDevelopmentPath: resolve('.'),
    extensionTestsPath: suite,
    launchArgs: [workspace, '--disable-extensions', `--user-data-dir=${user}`],
  });
} catch (error) {
  console.error(String(error));
  process.exitCode = 1;
} finally {
  await rm(scratch, { recursive: true, force: true });
}
