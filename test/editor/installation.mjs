// The packaged extension, installed as a user would, in a workbench that shows little else.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { CodeServer } from './code-server.mjs';
import { Workbench } from './workbench.mjs';

const SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.activityBar.location': 'hidden',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'window.commandCenter': false,
  'workbench.layoutControl.enabled': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'chat.disableAIFeatures': true,
  'extensions.autoUpdate': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'breadcrumbs.enabled': false,
  'problems.sortOrder': 'position',
  'editor.minimap.enabled': false,
  'editor.stickyScroll.enabled': false,
  'editor.occurrencesHighlight': 'off',
  'editor.fontSize': 13,
  'editor.lightbulb.enabled': 'off',
  // On by default in a browser.
  'files.autoSave': 'off',
};

/** One workbench with the extension in it; `page` and `bench` are there once it is started. */
export class Installation {
  code = new CodeServer();

  /** Where extensions are installed. */
  get extensions() {
    return this.code.extensions;
  }

  /** Packages the extension and installs it; `vsix` is the package then. */
  async start(...options) {
    this.vsix = resolve('.vscode-test/asynclint.vsix');
    const args = ['client/vsix.mjs', '--out', this.vsix, ...options];
    execFileSync(process.execPath, args, { stdio: 'ignore' });
    this.code.install(this.vsix);
    await this.code.start((status) => console.error(`code-server ended early (${status})`));
    // Lines are shown whole above and below the one in the middle.
    const viewport = { width: 960, height: 558 };
    this.page = await this.code.page({ viewport, deviceScaleFactor: 1.5 });
    this.page.setDefaultTimeout(120_000);
    // Leaving a page asks whether to stay while something is not saved.
    this.page.on('dialog', (dialog) => dialog.accept());
    this.bench = new Workbench(this.page);
    this.set();
  }

  /** Opens a folder, or a workspace file, in the workbench. */
  async open(address) {
    await this.bench.open(this.code.authority, address);
  }

  /** Changes settings of the user. */
  set(settings = {}) {
    this.#write('User', { ...SETTINGS, ...settings });
  }

  /** Changes settings of the machine that code-server runs on: those of the user do not hold for what depends on it. */
  setOfMachine(settings) {
    this.#write('Machine', settings);
  }

  /** The workbench must never see half of the settings. */
  #write(name, settings) {
    const folder = join(this.code.user, name);
    mkdirSync(folder, { recursive: true });
    const fresh = join(folder, 'settings.json.new');
    writeFileSync(fresh, JSON.stringify(settings));
    renameSync(fresh, join(folder, 'settings.json'));
  }

  /** Writes files into a folder of their own, far from the repository's modules. */
  folder(files) {
    const folder = mkdtempSync(join(this.code.scratch, 'folder-'));
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return folder;
  }

  /** After a test that failed: what the workbench looks like tells more than that something did not come. */
  async photograph({ state, title }) {
    if (state !== 'failed') return;
    const path = resolve('.vscode-test/failed', `${title.replaceAll(/\W+/g, '-')}.png`);
    await this.page?.screenshot({ path });
  }

  async stop() {
    await this.code.stop();
    if (this.vsix !== undefined) rmSync(this.vsix, { force: true });
  }
}
