// Starts code-server, which is VS Code's own server and workbench, and a headless Chromium to look at it.
// CODE_SERVER_ROOT: folder of the code-server package · CODE_SERVER_NODE: a Node 24 · CHROMIUM_PATH · VSCODE_VERBOSE=1
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';

const START_LIMIT = 60_000;
const node = process.env.CODE_SERVER_NODE ?? process.execPath;

/** Whether to show what code-server and the workbench say. */
export const verbose = process.env.VSCODE_VERBOSE !== undefined;

/** One code-server with its folders, and one page that shows it. */
export class CodeServer {
  #server;
  #browser;
  #stopping = false;

  /** @param {{ user?: string, extensions?: string, flags?: string[] }} options */
  constructor({ user, extensions, flags = [] } = {}) {
    // On another major version code-server hangs without a word.
    const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
    if (!version.startsWith('v24.')) {
      throw new Error(`code-server needs Node 24; CODE_SERVER_NODE is ${version}`);
    }
    this.scratch = mkdtempSync(join(tmpdir(), 'vscode-'));
    this.user = user ?? join(this.scratch, 'user');
    this.extensions = extensions ?? join(this.scratch, 'extensions');
    this.flags = flags;
    for (const folder of [this.user, this.extensions]) mkdirSync(folder, { recursive: true });
  }

  /** Installs a packaged extension, as a user would. */
  install(vsix) {
    const args = [...this.#folders(), '--install-extension', vsix];
    execFileSync(node, [entry(), ...args], { env: this.#env(), encoding: 'utf8' });
  }

  /** Starts the server; `ended` hears when it ends by itself. */
  async start(ended) {
    this.authority = `127.0.0.1:${await freePort()}`;
    const args = [
      ...['--bind-addr', this.authority, '--auth', 'none', ...this.#folders()],
      ...['--disable-telemetry', '--disable-update-check'],
      ...['--disable-getting-started-override', '--ignore-last-opened', ...this.flags],
    ];
    const output = verbose ? 'inherit' : 'ignore';
    const stdio = ['ignore', output, output];
    this.#server = spawn(node, [entry(), ...args], { env: this.#env(), stdio });
    this.#server.once('exit', (code) => this.#stopping || ended(code));
    const deadline = Date.now() + START_LIMIT;
    while (Date.now() < deadline) {
      const answer = await fetch(`http://${this.authority}/healthz`).catch(() => undefined);
      if (answer?.ok) return;
      await sleep(50);
    }
    throw new Error('code-server did not answer');
  }

  /** An empty page in a browser that reaches nothing but this machine. */
  async page(options = {}) {
    const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
    const quiet = [
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ];
    const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
    this.#browser ??= await chromium.launch({ executablePath, args: [...flags, ...quiet] });
    const viewport = { width: 1400, height: 900 };
    const context = await this.#browser.newContext({ viewport, ...options });
    await context.route('**/*', (route) => {
      const { hostname, protocol } = new URL(route.request().url());
      const local = hostname === '127.0.0.1' || !protocol.startsWith('http');
      return local ? route.continue() : route.abort();
    });
    return context.newPage();
  }

  /** Ends browser and server, and removes what they wrote. */
  async stop() {
    this.#stopping = true;
    await Promise.race([this.#browser?.close().catch(() => undefined), sleep(3000)]);
    const server = this.#server;
    if (server?.exitCode === null && server.signalCode === null) {
      const gone = once(server, 'exit');
      server.kill('SIGTERM');
      const late = setTimeout(() => server.kill('SIGKILL'), 4000);
      await gone;
      clearTimeout(late);
    }
    rmSync(this.scratch, { recursive: true, force: true });
  }

  #folders() {
    const config = join(this.scratch, 'config.yaml');
    return ['--config', config, '--user-data-dir', this.user, '--extensions-dir', this.extensions];
  }

  #env() {
    const { ELECTRON_RUN_AS_NODE, NODE_OPTIONS, PASSWORD, VSCODE_IPC_HOOK_CLI, ...inherited } =
      process.env;
    return { ...inherited, EXTENSIONS_GALLERY: '{}', XDG_DATA_HOME: join(this.scratch, 'data') };
  }
}

function entry() {
  return join(process.env.CODE_SERVER_ROOT, 'out/node/entry.js');
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
