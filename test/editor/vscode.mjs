#!/usr/bin/env node
// Poses as VS Code's executable where VS Code cannot be downloaded: `VSCODE_EXECUTABLE=test/editor/vscode.mjs npm run test:editor`.
// Understands what `runTests` of @vscode/test-electron passes; flags that only Electron knows are ignored.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CodeServer, verbose } from './code-server.mjs';

const RUN_LIMIT = 600_000;
const options = parse(process.argv.slice(2));
let ending;

const code = new CodeServer({
  ...(options['user-data-dir'] && { user: resolve(options['user-data-dir']) }),
  ...(options['extensions-dir'] && { extensions: resolve(options['extensions-dir']) }),
  // Without it a built VS Code ignores test paths in the address.
  flags: ['--vscode-option', 'enable-smoke-test-driver'],
});
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void end(1));
setTimeout(() => fail(`no result after ${RUN_LIMIT} ms`), RUN_LIMIT).unref();
try {
  await code.start((status) => fail(`code-server ended early (${status})`));
  await openWorkbench();
} catch (error) {
  fail(error.message);
}

function parse(argv) {
  const parsed = { paths: [] };
  for (const argument of argv) {
    const [, name, value = ''] = /^--([^=]+)(?:=(.*))?$/s.exec(argument) ?? [];
    if (name === undefined) parsed.paths.push(resolve(argument));
    else parsed[name] = value;
  }
  return parsed;
}

async function openWorkbench() {
  const page = await code.page();
  await page.exposeFunction('codeAutomationLog', (type, args) => {
    if (verbose || !isWorkbenchNoise(args[0]))
      (type === 'error' ? console.error : console.log)(...args);
  });
  await page.exposeFunction('codeAutomationExit', end);
  page.once('close', () => void end(1));
  await page.goto(`http://${code.authority}/?${address()}`);
}

/** The test run's own output arrives through the same hook as the workbench's log. */
function isWorkbenchNoise(line) {
  return /^(\[(reconnection|AgentHost|AccountPolicy|Service Worker)|Creating a socket|Updating additional|getaddrinfo|Failed: getaddrinfo|Settings Sync|Resolv(ing|ed) connection|Ignoring fetching|Started local|ComputeTargetPlatform|Error while fetching|Using hidden|Long running)/.test(
    line,
  );
}

/** What Electron takes as arguments, the workbench takes as its address. */
function address() {
  const remote = (path) => `vscode-remote://${code.authority}${pathToFileURL(path).pathname}`;
  const payload = [
    ['extensionDevelopmentPath', remote(options.extensionDevelopmentPath)],
    ['extensionDevelopmentKind', 'workspace'],
    ['extensionTestsPath', remote(options.extensionTestsPath)],
    ['skipWelcome', 'true'],
  ];
  const [folder] = options.paths;
  return new URLSearchParams({ folder, payload: JSON.stringify(payload) });
}

function fail(message) {
  console.error(`vscode: ${message}`);
  void end(1);
}

function end(status) {
  ending ??= code.stop().then(() => process.exit(status));
  return ending;
}
