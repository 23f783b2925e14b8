import { commands, type Disposable, Position, Uri, window } from 'vscode';
import { ClientCommand, type CommandPlace } from '#protocol';
import { reasonOf, type Server } from './client.ts';
import { createConfig, openConfig } from './config-file.ts';
import type { Explanations } from './explanations.ts';
import type { WaterfallPanel } from './waterfall.ts';
import { fixWorkspace, lintWorkspace } from './whole-workspace.ts';

/** What commands act on. */
export interface Surroundings {
  readonly server: Server;
  readonly waterfall: WaterfallPanel;
  readonly explanations: Explanations;
}

/** A place in a document. */
export interface Place {
  readonly uri: Uri;
  readonly position: Position;
}

/** Registers the commands that `package.json` contributes. */
export function registerCommands(surroundings: Surroundings): readonly Disposable[] {
  const { server, waterfall, explanations } = surroundings;
  return [
    command('asynclint.restart', () => server.restart()),
    command('asynclint.fixAll', fixAll),
    command('asynclint.fixWorkspace', () => fixWorkspace(server)),
    command('asynclint.lintWorkspace', () => lintWorkspace(server)),
    command(ClientCommand.showWaterfall, (place) => waterfall.show(placeOf(place))),
    command('asynclint.exportWaterfall', () => waterfall.save()),
    command(ClientCommand.explain, (place) => explanations.show(placeOf(place))),
    command('asynclint.openConfig', openConfig),
    command('asynclint.createConfig', createConfig),
    command('asynclint.showOutput', () => server.output.show()),
  ];
}

/** Commands are asked for by people: what goes wrong is said to them. */
function command(name: string, carryOut: (argument: unknown) => unknown): Disposable {
  return commands.registerCommand(name, async (argument: unknown) => {
    try {
      return await carryOut(argument);
    } catch (error) {
      void window.showErrorMessage(`asynclint: ${reasonOf(error)}`);
    }
  });
}

/** Goes through the editor's own action, so that the server's version checks and the editor's undo hold. */
async function fixAll(): Promise<void> {
  await commands.executeCommand('editor.action.sourceAction', {
    kind: 'source.fixAll.asynclint',
    apply: 'first',
  });
}

/** The place that the server names, else where the cursor is. */
function placeOf(argument: unknown): Place {
  if (isCommandPlace(argument)) {
    const { line, character } = argument.position;
    return { uri: Uri.parse(argument.uri), position: new Position(line, character) };
  }
  const editor = window.activeTextEditor;
  if (editor === undefined) throw new Error('Put the cursor into a TypeScript or JavaScript file.');
  return { uri: editor.document.uri, position: editor.selection.active };
}

/** Palettes and menus pass arguments of their own, or none. */
function isCommandPlace(value: unknown): value is CommandPlace {
  return typeof value === 'object' && value !== null && 'uri' in value && 'position' in value;
}
