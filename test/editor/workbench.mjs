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

  /** Opens a file by its name, the cursor at a place. */
  async openFile(name, line, column) {
    await this.#pick('Control+P', `${name}:${line},${column}`, name);
    await this.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
    await this.page.locator('.monaco-editor.focused').first().waitFor();
  }

  /** Runs a command by its title in the palette, and takes what it asks for next. */
  async run(title, ...choices) {
    await this.#pick('F1', `>${title}`, title);
    for (const choice of choices) await this.#pick('', choice, choice);
  }

  /** Waits until the cursor is where the status bar says `Ln 1, Col 1`. */
  async at(place) {
    await this.page.locator('[id="status.editor.selection"]', { hasText: place }).waitFor();
  }

  /** Waits for something that the page does not tell. */
  async until(holds) {
    while (!holds()) await this.page.waitForTimeout(50);
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

  /** Types into the box that a key opens, and takes what it offers; while it loads, the workbench misses keys. */
  async #pick(key, text, label) {
    const box = this.page.locator('.quick-input-widget input').first();
    // The box of the last pick may still be about to close.
    if (key !== '') await box.waitFor({ state: 'hidden' });
    for (let tries = 0; tries < 60 && !(await box.isVisible()); tries++) {
      if (key !== '') await this.page.keyboard.press(key);
      await box.waitFor({ timeout: 1000 }).catch(() => undefined);
    }
    await box.fill(text);
    const offered = this.page.locator('.quick-input-list .monaco-list-row.focused');
    await offered.filter({ hasText: label }).first().waitFor();
    await this.page.keyboard.press('Enter');
  }
}
