// The packaged extension, installed as a user would, and the workbench used as a person would: needs code-server (see .ci/run).
// `PICTURES=1 npm run test:installed` draws the pictures of docs/images as well.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CodeServer } from './code-server.mjs';
import { Workbench } from './workbench.mjs';

// Beside the repository's own modules, whose declarations the example's types come from.
const FOLDER = resolve('.vscode-test/backend');
const EXAMPLE = 'fixtures/workspaces/backend';
const SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.activityBar.location': 'hidden',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'window.commandCenter': false,
  'workbench.layoutControl.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'chat.disableAIFeatures': true,
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'breadcrumbs.enabled': false,
  'problems.sortOrder': 'position',
  'editor.minimap.enabled': false,
  'editor.stickyScroll.enabled': false,
  'editor.occurrencesHighlight': 'off',
  'editor.fontSize': 13,
};

describe('the installed extension', function () {
  this.timeout(240_000);
  let code;
  let bench;
  let page;

  before(async () => {
    const vsix = resolve('.vscode-test/asynclint.vsix');
    rmSync(FOLDER, { recursive: true, force: true });
    cpSync(EXAMPLE, FOLDER, { recursive: true });
    execFileSync(process.execPath, ['client/vsix.mjs', '--out', vsix], { stdio: 'ignore' });
    code = new CodeServer();
    code.install(vsix);
    await code.start((status) => assert.fail(`code-server ended early (${status})`));
    const viewport = { width: 960, height: 540 };
    page = await code.page({ viewport, deviceScaleFactor: 1.5 });
    page.setDefaultTimeout(90_000);
    bench = new Workbench(page);
    wear('Dark Modern');
    await bench.open(code.authority, FOLDER);
    await page.keyboard.press('Control+B');
  });

  after(() => code?.stop());

  it('underlines what it finds, and says what happens', async () => {
    await bench.openFile('users.ts', 41, 17);
    await page.locator('.squiggly-warning').first().waitFor();
    await bench.run('Show or Focus Hover');
    const hover = page.locator('.monaco-hover:visible', { hasText: 'asynclint' }).first();
    await hover.waitFor();
    assert.match(await hover.innerText(), /3 awaits in series could overlap/);
    await bench.openFile('users.ts', 41, 1);
    await page.keyboard.press('Alt+F8');
    await page.locator('.marker-widget').first().waitFor();
    await take('finding', 500);
    await page.keyboard.press('Escape');
  });

  it('draws the waterfall of the function that the cursor is in', async () => {
    await bench.openFile('users.ts', 41, 17);
    await bench.run('asynclint: Show Waterfall of Function');
    const view = await bench.view('.bar');
    assert.equal(await view.locator('.bar').count(), 6, 'three awaits, today and overlapped');
    assert.match(await view.locator('svg').textContent(), /today, 225 ms/);
    await take('waterfall-dark');
  });

  it('leads from a bar to the code, by mouse and by keyboard', async () => {
    const view = await bench.view('.bar');
    await view.locator('.bar').nth(4).click();
    await bench.at(/^Ln 42,/);
    await view.locator('.bar').first().focus();
    for (const key of ['End', 'ArrowUp', 'ArrowUp', 'Enter']) await page.keyboard.press(key);
    await bench.at(/^Ln 41,/);
  });

  it('offers fixes at the keyboard, and rewrites', async () => {
    await bench.run('View: Close All Editors');
    await bench.openFile('users.ts', 41, 29);
    await page.locator('.squiggly-warning').first().waitFor();
    await page.keyboard.press('Control+.');
    const menu = page.locator('.action-widget').first();
    await menu.getByText('Start them together with `Promise.all`', { exact: true }).waitFor();
    await take('fixes', 460);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+S');
    await page.locator('.tab.active:not(.dirty)').first().waitFor();
    await bench.until(() =>
      /await Promise\.all\(\[/.test(readFileSync(join(FOLDER, 'src/users.ts'), 'utf8')),
    );
    await take('fixed');
  });

  it('says beside the language how it is', async () => {
    const said = await page.locator('[id="status.languageStatus"]').getAttribute('aria-label');
    assert.match(said, /asynclint: \d+ findings/);
    assert.match(said, /asynclint: tsconfig\.json, TypeScript 7\./);
  });

  it('completes its config', async () => {
    await bench.run('View: Close All Editors');
    await bench.run('asynclint: Create Config');
    await page.locator('.tab.active[data-resource-name="asynclint.jsonc"]').waitFor();
    await page.keyboard.press('Control+F');
    await page.keyboard.type('"rules": {');
    await page.keyboard.press('Escape');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.type('"');
    const list = page.locator('.suggest-widget.visible');
    await list.getByText('async-executor').first().waitFor();
    await take('config');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+S');
  });

  it('draws in the colours of a light theme', async () => {
    cpSync(EXAMPLE, FOLDER, { recursive: true });
    wear('Light Modern');
    await page.reload();
    await bench.openFile('users.ts', 42, 17);
    await bench.run('asynclint: Show Waterfall of Function');
    await isColored('editorWarning-foreground');
    await take('waterfall-light');
  });

  it('draws it again after a reload, in the colours of high contrast', async () => {
    wear('Default High Contrast');
    await page.reload();
    await isColored('contrastActiveBorder');
  });

  /** Whether the longest chain has one of the theme's colours. */
  async function isColored(variable) {
    const view = await bench.view('.bar');
    const [drawn, promised] = await view.evaluate((name) => {
      const probe = document.createElement('p');
      probe.style.setProperty('fill', `var(--vscode-${name})`);
      document.body.append(probe);
      const fillOf = (element) => getComputedStyle(element).fill;
      return [fillOf(document.querySelector('.chain')), fillOf(probe)];
    }, variable);
    assert.match(drawn, /^rgb/);
    assert.equal(drawn, promised);
  }

  /** Puts a colour theme on; the workbench looks at its settings when it is loaded. */
  function wear(theme) {
    mkdirSync(join(code.user, 'User'), { recursive: true });
    const settings = { ...SETTINGS, 'workbench.colorTheme': theme };
    writeFileSync(join(code.user, 'User', 'settings.json'), JSON.stringify(settings));
  }

  /** Takes a picture for the documentation, where one is wanted. */
  async function take(name, height = 400) {
    if (process.env.PICTURES === undefined) return;
    await page.mouse.move(480, 530);
    await page.waitForTimeout(800);
    const clip = { x: 0, y: 0, width: page.viewportSize().width, height };
    await page.screenshot({ path: `docs/images/${name}.png`, clip });
  }
});
