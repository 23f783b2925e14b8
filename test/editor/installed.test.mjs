// The packaged extension in the workbench, used as a person would: needs code-server (see .ci/run).
// `PICTURES=1 npm run test:installed` draws the pictures of docs/images as well.
import assert from 'node:assert/strict';
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Installation } from './installation.mjs';

// Beside the repository's own modules, whose declarations the example's types come from.
const FOLDER = resolve('.vscode-test/backend');
const EXAMPLE = 'fixtures/workspaces/backend';

describe('the installed extension', function () {
  this.timeout(240_000);
  const installed = new Installation();
  let bench;
  let page;

  before(async () => {
    rmSync(FOLDER, { recursive: true, force: true });
    cpSync(EXAMPLE, FOLDER, { recursive: true });
    await installed.start();
    ({ bench, page } = installed);
    installed.set({ 'workbench.colorTheme': 'Dark Modern' });
    await installed.open(FOLDER);
    await page.keyboard.press('Control+B');
  });

  afterEach(function () {
    return installed.photograph(this.currentTest);
  });

  after(() => installed.stop());

  it('underlines what it finds, and says what happens', async () => {
    await bench.openFile('users.ts', 41, 17);
    await bench.squiggle();
    await bench.hover('3 awaits in series could overlap');
    await bench.openFile('users.ts', 41, 1);
    await page.keyboard.press('Alt+F8');
    await page.locator('.marker-widget').first().waitFor();
    await take('finding', 505);
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

  it('saves the waterfall as a picture', async () => {
    await page.locator('.tab', { hasText: 'Waterfall: getUserData' }).click();
    await bench.run('asynclint: Save Waterfall as SVG');
    await bench.acceptPath('getUserData.svg');
    const text = () => readOr(join(FOLDER, 'src/getUserData.svg'));
    await bench.until('a picture', () => text().endsWith('</svg>\n'));
    assert.match(text(), /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    assert.match(text(), /fetchProfile/);
  });

  it('offers fixes at the keyboard, and rewrites', async () => {
    await bench.run('View: Close All Editors');
    await bench.openFile('users.ts', 41, 29);
    await bench.squiggle();
    await bench.fixes('Start them together with `Promise.all`');
    await take('fixes', 451);
    await page.keyboard.press('Enter');
    await bench.save();
    const text = () => readFileSync(join(FOLDER, 'src/users.ts'), 'utf8');
    await bench.until('a fix on disk', () => /await Promise\.all\(\[/.test(text()));
    await take('fixed');
  });

  it('says beside the language how it is', async () => {
    const said = page.locator('[id="status.languageStatus"]');
    const label = () => said.getAttribute('aria-label');
    await bench.until('findings told', async () => /asynclint: \d+ findings/.test(await label()));
    assert.match(await label(), /asynclint: tsconfig\.json, TypeScript 7\./);
  });

  it('completes its config', async () => {
    await bench.run('View: Close All Editors');
    await bench.run('asynclint: Create Config');
    await bench.isOpen('asynclint.jsonc');
    const lines = readFileSync(join(FOLDER, 'asynclint.jsonc'), 'utf8').split('\n');
    const line = lines.findIndex((one) => one.includes('"rules": {}')) + 1;
    await bench.openFile('asynclint.jsonc', line, lines[line - 1].indexOf('}') + 1);
    await page.keyboard.type('"');
    await bench.completion('async-executor');
    await take('config');
    await page.keyboard.press('Escape');
    await bench.save();
  });

  it('shows how to begin, with pictures', async () => {
    await bench.run('View: Close All Editors');
    await bench.run('Welcome: Open Walkthrough...', 'Get Started with asynclint');
    const { walkthroughs } = JSON.parse(readFileSync('package.json', 'utf8')).contributes;
    for (const { title, media } of walkthroughs[0].steps) {
      await page.locator('.getting-started-step', { hasText: title }).click();
      const { altText } = media;
      const picture = page.locator(`.getting-started-media img[alt="${altText}"]`);
      // A narrow window hides it, and loads it all the same.
      await picture.waitFor({ state: 'attached' });
      const drawn = () => picture.evaluate(({ naturalWidth }) => naturalWidth);
      await bench.until(`a picture for “${title}”`, async () => (await drawn()) > 0);
    }
  });

  it('draws in the colours of a light theme', async () => {
    await bench.run('View: Close All Editors');
    cpSync(EXAMPLE, FOLDER, { recursive: true });
    installed.set({ 'workbench.colorTheme': 'Light Modern' });
    await bench.reload();
    await bench.openFile('users.ts', 42, 17);
    await bench.run('asynclint: Show Waterfall of Function');
    await isColored('vscode-light', 'editorWarning-foreground');
    await take('waterfall-light');
  });

  it('draws it again after a reload, in the colours of high contrast', async () => {
    installed.set({ 'workbench.colorTheme': 'Default High Contrast' });
    await bench.reload();
    await isColored('vscode-high-contrast', 'contrastActiveBorder');
    await take('waterfall-contrast');
  });

  /** Waits until the longest chain has one of a theme's colours; a workbench that reloads begins in those of before. */
  async function isColored(kind, variable) {
    await bench.until(`chain in ${variable} of ${kind}`, async () => {
      const view = await bench.view(`body.${kind} .bar`);
      const [drawn, promised] = await view.evaluate(fills, variable).catch(() => []);
      return /^rgb/.test(drawn) && drawn === promised;
    });
  }

  /** Takes a picture for the documentation, where one is wanted. */
  async function take(name, height = 397) {
    if (process.env.PICTURES === undefined) return;
    await page.mouse.move(300, 20);
    await page.waitForTimeout(800);
    const clip = { x: 0, y: 0, width: page.viewportSize().width, height };
    await page.screenshot({ path: `docs/images/${name}.png`, clip });
  }
});

/** In the page of a waterfall: the colour of its longest chain, and of what is filled with a variable of the theme. */
function fills(variable) {
  const probe = document.createElement('p');
  probe.style.setProperty('fill', `var(--vscode-${variable})`);
  document.body.append(probe);
  const fillOf = (element) => getComputedStyle(element).fill;
  const both = [fillOf(document.querySelector('.chain')), fillOf(probe)];
  probe.remove();
  return both;
}

/** The text of a file; nothing while there is none. */
function readOr(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
