import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type CancellationToken,
  type Connection,
  type ExecuteCommandParams,
  LSPErrorCodes,
  ResponseError,
  type WorkDoneProgressReporter,
} from 'vscode-languageserver/node';
import type { Edit } from '#engine';
import { ClientCommand, type CommandPlace, type Outcome, ServerCommand } from '#protocol';
import { fileOf, uriOf } from './convert.ts';
import type { WorkspaceDiagnostics } from './diagnostics/workspace-diagnostics.ts';
import type { Engine } from './engine.ts';
import { FixAll, type FixSelection, MakeAsync } from './messages.ts';
import { notice } from './notices.ts';
import { property } from './settings.ts';
import type { Texts } from './texts.ts';
import type { Views } from './views.ts';
import type { WorkspaceEdits } from './workspace-edits.ts';

/** Files that are mended in one go: other questions are answered in between. */
const AT_ONCE = 16;

/** What commands work with. */
export interface Tools {
  readonly connection: Connection;
  readonly engine: Engine;
  readonly texts: Texts;
  readonly edits: WorkspaceEdits;
  readonly workspace: WorkspaceDiagnostics;
  readonly views: Views;
  /** Whether the client opens documents that the server names. */
  readonly shows: boolean;
}

/** Carries out what code actions and lenses name as commands. */
export class Commands {
  readonly #tools: Tools;

  constructor(tools: Tools) {
    this.#tools = tools;
  }

  /** Does it; people are told what became of it. */
  async execute(
    { command, arguments: [argument] = [] }: ExecuteCommandParams,
    token: CancellationToken,
    progress: WorkDoneProgressReporter,
  ): Promise<Outcome | null> {
    if (command === ClientCommand.explain) return this.#explain(argument, token);
    if (command === ClientCommand.showWaterfall) return this.#draw(argument, token);
    const outcome = await this.#outcomeOf(command, argument, token, progress);
    if (outcome === undefined) return null;
    notice(this.#tools.connection, outcome.applied ? 'info' : 'warning', outcome.message);
    return outcome;
  }

  async #outcomeOf(
    command: string,
    argument: unknown,
    token: CancellationToken,
    progress: WorkDoneProgressReporter,
  ): Promise<Outcome | undefined> {
    try {
      if (command === ServerCommand.makeAsync) return await this.#makeAsync(argument, token);
      if (command === ServerCommand.fixAllInWorkspace) {
        return await this.#mend({ safeOnly: true }, undefined, token, progress);
      }
      if (command !== ServerCommand.fixAllOfRule) return undefined;
      const [rule, fix, uri] = ['rule', 'fix', 'uri'].map((name) => property(argument, name));
      if (typeof rule !== 'string') return failed('No rule was named.');
      const selection = { rule, ...(typeof fix === 'string' && { fix }), safeOnly: false };
      const file = typeof uri === 'string' ? fileOf(uri) : undefined;
      return await this.#mend(selection, file, token, progress);
    } catch (error) {
      if (!(error instanceof ResponseError) || error.code !== LSPErrorCodes.ContentModified) {
        throw error;
      }
      return failed('Some text changed meanwhile, so nothing was done.');
    }
  }

  /** Mends one file, or all. */
  async #mend(
    selection: FixSelection,
    only: string | undefined,
    token: CancellationToken,
    progress: WorkDoneProgressReporter,
  ): Promise<Outcome> {
    const { engine, texts, workspace } = this.#tools;
    const versions = texts.versions();
    progress.begin('asynclint', 0, 'finding files', true);
    try {
      const files = only === undefined ? await workspace.files(token) : [only];
      const edits: Edit[] = [];
      for (let first = 0; first < files.length; first += AT_ONCE) {
        const some = files.slice(first, first + AT_ONCE);
        edits.push(...(await engine.ask(FixAll, { files: some, selection }, { token })));
        progress.report(Math.round((first / files.length) * 100));
      }
      return await this.#apply('Fix all', edits, versions);
    } finally {
      progress.done();
    }
  }

  async #makeAsync(argument: unknown, token: CancellationToken): Promise<Outcome> {
    const { engine, texts } = this.#tools;
    const place = placeIn(argument);
    const document = place && texts.open.get(place.uri);
    const file = document && fileOf(document.uri);
    if (place === undefined || document === undefined || file === undefined) {
      return failed('The document is not open.');
    }
    const versions = texts.versions();
    const at = document.offsetAt(place.position);
    const made = await engine.ask(MakeAsync, { file, at }, { token, about: file });
    if (made === null) return failed('Nothing here blocks, so nothing has to be async.');
    if ('refused' in made) return failed(`Not done: ${made.message}.`);
    return this.#apply(made.title, made.edits, versions);
  }

  async #apply(
    label: string,
    edits: readonly Edit[],
    versions: ReadonlyMap<string, number>,
  ): Promise<Outcome> {
    const { connection } = this.#tools;
    const edit = await this.#tools.edits.of(edits, versions);
    if (edit === undefined) return failed('There is nothing to fix.');
    const names = [...new Set(edits.map(({ file }) => file))];
    const { applied, failureReason } = await connection.workspace.applyEdit({ label, edit });
    // Not every editor tells what it writes itself.
    if (applied) this.#tools.engine.changed({ changed: names });
    const files = names.length;
    const places = `${counted(edits.length, 'edit')} in ${counted(files, 'file')}`;
    const message = applied
      ? `${places}.`
      : (failureReason ?? 'The editor did not take the edits.');
    return { applied, edits: edits.length, files, message };
  }

  /** For editors that have no window of their own for it. */
  async #explain(argument: unknown, token: CancellationToken): Promise<null> {
    const { texts, views } = this.#tools;
    const place = placeIn(argument);
    const document = place && texts.open.get(place.uri);
    const page = document && (await views.explanation(document, place.position, token));
    if (page) await this.#show('explanation.md', page.markdown, false);
    return null;
  }

  async #draw(argument: unknown, token: CancellationToken): Promise<null> {
    const { texts, views } = this.#tools;
    const place = placeIn(argument);
    const document = place && texts.open.get(place.uri);
    const view = document && (await views.waterfall(document, place.position, '/', token));
    if (view) await this.#show('waterfall.html', view.html, true);
    return null;
  }

  async #show(name: string, text: string, external: boolean): Promise<void> {
    const { connection, shows } = this.#tools;
    const file = join(await mkdtemp(join(tmpdir(), 'asynclint-')), name);
    await writeFile(file, text);
    if (shows) await connection.window.showDocument({ uri: uriOf(file), external });
    else notice(connection, 'info', external ? file : text);
  }
}

function placeIn(value: unknown): CommandPlace | undefined {
  const [uri, position] = [property(value, 'uri'), property(value, 'position')];
  const [line, character] = [property(position, 'line'), property(position, 'character')];
  if (typeof uri !== 'string' || typeof line !== 'number' || typeof character !== 'number') {
    return undefined;
  }
  return { uri, position: { line, character } };
}

function failed(message: string): Outcome {
  return { applied: false, edits: 0, files: 0, message };
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
