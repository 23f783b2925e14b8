// What a person does in the workbench: opens files, runs commands, reads what is shown.

/** Milliseconds until something that the page does not tell has to have come: the machine may be busy. */
const PATIENCE = 120_000;

/** The workbench of one page. */
export class Workbench {
  constructor(page) {
    this.page = page;
  }

  /** Opens a folder or a workspace file, and waits until its files are shown. Once in a while the workbench opens without. */
  async open(authority, path) {
    const kind = path.endsWith('.code-workspace') ? 'workspace' : 'folder';
    const file = this.page.locator('.explorer-folders-view .monaco-list-row').first();
    await this.until(`files of ${path}`, async () => {
      await this.page.goto(`http://${authority}/?${new URLSearchParams({ [kind]: path })}`);
      await this.page.locator('.monaco-workbench .part.statusbar').waitFor();
      return came(file.waitFor({ timeout: 30_000 }));
    });
  }

  /** Loads the workbench anew. Reloading the page instead would lose what it has yet to write down, such as open tabs. */
  async reload() {
    const loaded = this.page.waitForEvent('load');
    await this.run('Developer: Reload Window');
    await loaded;
  }

  /** Opens a file by its name, the cursor at a place. */
  async openFile(name, line, column) {
    await this.#pick('Control+P', `${name}:${line},${column}`, name);
    await this.isOpen(name);
    await this.page.locator('.monaco-editor.focused').first().waitFor();
    await this.at(new RegExp(`^Ln ${line}, Col ${column}\\b`));
  }

  /** Waits until the editor that a file name stands above is the active one. */
  async isOpen(name) {
    await this.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
  }

  /** Saves the active editor, which an edit may be yet to come to. A dialog would ask about it when it is closed before. */
  async save() {
    const dirty = this.page.locator('.tab.active.dirty');
    await dirty.waitFor();
    await this.until('file on disk', async () => {
      await this.page.keyboard.press('Control+S');
      return came(dirty.waitFor({ state: 'hidden', timeout: 5000 }));
    });
  }

  /** Waits until something is underlined. */
  async squiggle() {
    await this.page.locator('.squiggly-warning, .squiggly-error').first().waitFor();
  }

  /** Runs a command by its title in the palette, and takes what it asks for next. */
  async run(title, ...choices) {
    await this.#pick('F1', `>${title}`, title);
    for (const choice of choices) {
      // The box may still be the palette's.
      await this.page.locator('.quick-input-list .monaco-list-row', { hasText: choice }).waitFor();
      await this.#pick('', choice, choice);
    }
  }

  /** Opens the menu of fixes at the cursor; while findings come in, the workbench drops the key. */
  async fixes(first) {
    const entry = this.page.locator('.action-widget').getByText(first, { exact: true });
    await this.until(`“${first}” offered`, async () => {
      if (await entry.isVisible()) return true;
      await this.page.keyboard.press('Escape');
      await this.page.keyboard.press('Control+.');
      return came(entry.waitFor({ timeout: 5000 }));
    });
  }

  /** Shows what is said about the place of the cursor; what comes in meanwhile closes it. */
  async hover(text) {
    const hover = this.page.locator('.monaco-hover:visible', { hasText: text }).first();
    await this.until(`hover with “${text}”`, async () => {
      await this.run('Show or Focus Hover');
      return came(hover.waitFor({ timeout: 10_000 }));
    });
    return hover;
  }

  /** Asks what could stand at the cursor, until that is among it: whoever is to know it may yet be starting. */
  async completion(text) {
    const entry = this.page.locator('.suggest-widget.visible').getByText(text).first();
    await this.until(`“${text}” offered`, async () => {
      if (await came(entry.waitFor({ timeout: 5000 }))) return true;
      await this.page.keyboard.press('Escape');
      await this.page.keyboard.press('Control+Space');
      return false;
    });
  }

  /** Takes the path that a dialog suggests, which ends with a file name. */
  async acceptPath(name) {
    const box = this.page.locator('.quick-input-widget input').first();
    await this.until(`a path to ${name}`, async () => {
      return (await box.isVisible()) && (await box.inputValue()).endsWith(name);
    });
    await this.page.keyboard.press('Enter');
    await box.waitFor({ state: 'hidden' });
  }

  /** The notification that says something. */
  async notice(text) {
    const notice = this.page.locator('.notification-toast', { hasText: text });
    await notice.first().waitFor();
    return notice;
  }

  /** Waits until the cursor is where the status bar says `Ln 1, Col 1`. */
  async at(place) {
    await this.page.locator('[id="status.editor.selection"]', { hasText: place }).waitFor();
  }

  /** Waits for something that the page does not tell. */
  async until(what, holds) {
    const end = Date.now() + PATIENCE;
    while (!(await holds())) {
      if (Date.now() > end) throw new Error(`no ${what} within ${PATIENCE} ms`);
      await this.page.waitForTimeout(50);
    }
  }

  /** The page inside the web view that shows something; waits until it does. */
  async view(selector) {
    let shown;
    await this.until(`view with ${selector}`, async () => {
      for (const frame of this.page.frames()) {
        // Frames come and go meanwhile.
        const found = await frame
          .locator(selector)
          .count()
          .catch(() => 0);
        if (found > 0) shown = frame;
      }
      return shown !== undefined;
    });
    return shown;
  }

  /** Types into the box that a key opens, and takes what it offers. While it loads the workbench misses keys, and closes boxes. */
  async #pick(key, text, label) {
    const box = this.page.locator('.quick-input-widget input').first();
    // The box of the last pick may still be about to close.
    if (key !== '') await box.waitFor({ state: 'hidden' });
    const offered = this.page.locator('.quick-input-list .monaco-list-row.focused');
    const wanted = offered.filter({ hasText: label }).first();
    await this.until(`“${label}” offered`, async () => {
      if (key !== '' && !(await box.isVisible())) await this.page.keyboard.press(key);
      return came(
        box.fill(text, { timeout: 2000 }).then(() => wanted.waitFor({ timeout: 10_000 })),
      );
    });
    await this.page.keyboard.press('Enter');
  }
}

/** Whether something came before its time was over. */
function came(waiting) {
  return waiting.then(
    () => true,
    () => false,
  );
}
