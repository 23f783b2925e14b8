import { commands, type Disposable } from 'vscode';
import type { Server } from './client.ts';

/** Registers the commands that `package.json` contributes. */
export function registerCommands(server: Server): readonly Disposable[] {
  return [
    commands.registerCommand('asynclint.restart', () => server.restart()),
    commands.registerCommand('asynclint.fixAll', fixAll),
    commands.registerCommand('asynclint.showOutput', () => server.client.outputChannel.show()),
  ];
}

/** Goes through the editor's own action, so that the server's version checks and the editor's undo hold. */
async function fixAll(): Promise<void> {
  await commands.executeCommand('editor.action.sourceAction', {
    kind: 'source.fixAll.asynclint',
    apply: 'first',
  });
}
