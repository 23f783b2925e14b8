#!/usr/bin/env node
// Poses as VS Code's executable where VS Code cannot be downloaded: `VSCODE_EXECUTABLE=test/editor/vscode.mjs npm run test:editor`.
// Starts code-server, which is VS Code's own server and workbench, and opens it in a headless Chromium. Understands what
// `runTests` of @vscode/test-electron passes; flags that only Electron knows are ignored.
// CODE_SERVER_ROOT: folder of the code-server package · CODE_SERVER_NODE: a Node 24 · CHROMIUM_PATH · VSCODE_VERBOSE=1
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const START_LIMIT = 60_000;
const RUN_LIMIT = 300_000;
const verbose = process.env.VSCODE_VERBOSE !== undefined;
const scratch = mkdtempSync(join(tmpdir(), 'vscode-'));
const options = parse(process.argv.slice(2));
const node = process.env.CODE_SERVER_NODE ?? process.execPath;
let ending;
let browser;

// On another major version code-server hangs without a word.
const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
if (!version.startsWith('v24.')) fail(`code-server needs Node 24; CODE_SERVER_NODE is ${version}`);

const authority = `127.0.0.1:${await freePort()}`;
const server = startServer();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void end(1));
server.once('exit', (code) => ending ?? fail(`code-server ended early (${code})`));
setTimeout(() => fail(`no result after ${RUN_LIMIT} ms`), RUN_LIMIT).unref();
await healthy();
await openWorkbench();

function parse(argv) {
  const parsed = { paths: [] };
  for (const argument of argv) {
    const [, name, value = ''] = /^--([^=]+)(?:=(.*))?$/s.exec(argument) ?? [];
    if (name === undefined) parsed.paths.push(resolve(argument));
    else parsed[name] = value;
  }
  return parsed;
}

function freePort() {
  return new Promise((done, failed) => {
    const probe = createServer();
    probe.once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

function startServer() {
  const userData = resolve(options['user-data-dir'] ?? join(scratch, 'user'));
  const extensions = resolve(options['extensions-dir'] ?? join(scratch, 'extensions'));
  for (const folder of [userData, extensions]) mkdirSync(folder, { recursive: true });
  const entry = join(process.env.CODE_SERVER_ROOT, 'out/node/entry.js');
  const args = [
    ...['--bind-addr', authority, '--auth', 'none', '--config', join(scratch, 'config.yaml')],
    ...['--user-data-dir', userData, '--extensions-dir', extensions],
    ...['--disable-telemetry', '--disable-update-check', '--disable-workspace-trust'],
    ...['--disable-getting-started-override', '--ignore-last-opened'],
    // Without it a built VS Code ignores test paths in the address.
    ...['--vscode-option', 'enable-smoke-test-driver'],
  ];
  const { ELECTRON_RUN_AS_NODE, NODE_OPTIONS, PASSWORD, VSCODE_IPC_HOOK_CLI, ...inherited } =
    process.env;
  const env = { ...inherited, EXTENSIONS_GALLERY: '{}', XDG_DATA_HOME: join(scratch, 'data') };
  const output = verbose ? 'inherit' : 'ignore';
  const stdio = ['ignore', output, output];
  return spawn(node, [entry, ...args], { env, stdio });
}

async function healthy() {
  const deadline = Date.now() + START_LIMIT;
  while (Date.now() < deadline) {
    const answer = await fetch(`http://${authority}/healthz`).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(50);
  }
  fail('code-server did not answer');
}

async function openWorkbench() {
  const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];
  const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  browser = await chromium.launch({ executablePath, args: [...flags, ...quiet] });
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  // Nothing leaves the machine.
  await context.route('**/*', (route) => {
    const { hostname, protocol } = new URL(route.request().url());
    const local = hostname === '127.0.0.1' || !protocol.startsWith('http');
    return local ? route.continue() : route.abort();
  });
  const page = await context.newPage();
  await page.exposeFunction('codeAutomationLog', (type, args) => {
    if (verbose || !isWorkbenchNoise(args[0]))
      (type === 'error' ? console.error : console.log)(...args);
  });
  await page.exposeFunction('codeAutomationExit', end);
  page.once('close', () => void end(1));
  await page.goto(`http://${authority}/?${address()}`);
}

/** The test run's own output arrives through the same hook as the workbench's log. */
function isWorkbenchNoise(line) {
  return /^(\[(reconnection|AgentHost|AccountPolicy|Service Worker)|Creating a socket|Updating additional|getaddrinfo|Failed: getaddrinfo|Settings Sync|Resolv(ing|ed) connection|Ignoring fetching|Started local|ComputeTargetPlatform|Error while fetching|Using hidden|Long running)/.test(
    line,
  );
}

/** What Electron takes as arguments, the workbench takes as its address. */
function address() {
  const remote = (path) => `vscode-remote://${authority}${pathToFileURL(path).pathname}`;
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

function end(code) {
  ending ??= tidy(code);
  return ending;
}

async function tidy(code) {
  await Promise.race([browser?.close().catch(() => undefined), sleep(3000)]);
  if (server?.exitCode === null && server.signalCode === null) {
    const gone = once(server, 'exit');
    server.kill('SIGTERM');
    const late = setTimeout(() => server.kill('SIGKILL'), 4000);
    await gone;
    clearTimeout(late);
  }
  rmSync(scratch, { recursive: true, force: true });
  process.exit(code);
}
