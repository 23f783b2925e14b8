// The packaged extension, installed as a user would, and the workbench used as a person would: needs code-server (see .ci/run).
// `PICTURES=1` writes the pictures of docs/images as well.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CodeServer } from './code-server.mjs';
import { Workbench } from './workbench.mjs';

// Beside the repository's own modules, whose declarations the example's types come from.
const FOLDER = resolve('.vscode-test/backend');
const SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.activityBar.location': 'hidden',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'chat.disableAIFeatures': true,
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'editor.minimap.enabled': false,
  'editor.stickyScroll.enabled': false,
  'editor.fontSize': 13,
  'breadcrumbs.enabled': false,
};

describe('the installed extension', () => {
  let code;
  let bench;
  let page;

  before(async () => {
    const vsix = resolve('.vscode-test/asynclint.vsix');
    rmSync(FOLDER, { recursive: true, force: true });
    cpSync('fixtures/workspaces/backend', FOLDER, { recursive: true });
    execFileSync(process.execPath, ['client/vsix.mjs', '--out', vsix], { stdio: 'ignore' });
    code = new CodeServer();
    code.install(vsix);
    wear('Default Dark Modern');
    await code.start((status) => assert.fail(`code-server ended early (${status})`));
    const viewport = { width: 1100, height: 620 };
    page = await code.page({ viewport, deviceScaleFactor: 1.5 });
    bench = new Workbench(page);
    await bench.open(code.authority, FOLDER);
    await page.keyboard.press('Control+B');
  });

  after(() => code?.stop());

  it('underlines what it finds, and says what happens', async () => {
    await bench.openFile('users.ts', 41);
    await page.locator('.squiggly-warning').first().waitFor();
    await bench.moveTo('findUser(id); //');
    await bench.run('Show or Focus Hover');
    const hover = page.locator('.monaco-hover:visible', { hasText: 'asynclint' }).first();
    assert.match(await hover.innerText(), /3 awaits in series could overlap/);
    await take('finding');
    await page.keyboard.press('Escape');
  });

  it('draws the waterfall of the function that the cursor is in', async () => {
    await bench.run('asynclint: Show Waterfall of Function');
    const view = await bench.view('.bar');
    assert.equal(await view.locator('.bar').count(), 6, 'three awaits, today and overlapped');
    await take('waterfall-dark');
  });

  /** Puts a colour theme on. */
  function wear(theme) {
    mkdirSync(join(code.user, 'User'), { recursive: true });
    const settings = { ...SETTINGS, 'workbench.colorTheme': theme };
    writeFileSync(join(code.user, 'User', 'settings.json'), JSON.stringify(settings));
  }

  /** Takes a picture for the documentation, where one is wanted. */
  async function take(name) {
    if (process.env.PICTURES === undefined) return;
    await page.mouse.move(0, 0);
    await page.waitForTimeout(500);
    await page.screenshot({ path: `docs/images/${name}.png` });
  }
});
