// What a person does in the workbench: opens files, runs commands, reads what is shown.

/** The workbench of one page. */
export class Workbench {
  constructor(page) {
    this.page = page;
  }

  /** Opens a folder, and waits until the workbench can be used. */
  async open(authority, folder) {
    await this.page.goto(`http://${authority}/?${new URLSearchParams({ folder })}`);
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor();
  }

  /** Opens a file by its name, the cursor in a line. */
  async openFile(name, line = 1) {
    await this.#pick('Control+P', `${name}:${line}`, name);
    await this.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
    await this.page.locator('.monaco-editor.focused').first().waitFor();
  }

  /** Runs a command by its title in the palette. */
  async run(title) {
    await this.#pick('F1', `>${title}`, title);
  }

  /** The line and column of the cursor, as the status bar says them. */
  position() {
    return this.page.locator('#status\\.editor\\.selection').innerText();
  }

  /** The text of the editor's visible lines, one that wraps nothing. */
  async text() {
    const lines = await this.page.locator('.editor-group-container.active .view-line').all();
    const placed = await Promise.all(
      lines.map(async (line) => [
        await line.evaluate((one) => one.offsetTop),
        (await line.textContent()).replaceAll('\u00a0', ' '),
      ]),
    );
    return placed
      .sort(([a], [b]) => a - b)
      .map(([, text]) => text)
      .join('\n');
  }

  /** The page inside the web view that shows something; waits until it does. */
  async view(selector) {
    for (;;) {
      for (const frame of this.page.frames()) {
        const found = await frame
          .locator(selector)
          .count()
          .catch(() => 0);
        if (found > 0) return frame;
      }
      await this.page.waitForTimeout(50);
    }
  }

  async #pick(key, text, label) {
    await this.page.keyboard.press(key);
    const box = this.page.locator('.quick-input-widget input').first();
    await box.fill(text);
    await this.page
      .locator('.quick-input-list .monaco-list-row.focused', { hasText: label })
      .first()
      .waitFor();
    await this.page.keyboard.press('Enter');
  }
}
