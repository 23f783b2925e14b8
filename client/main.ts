import type { ExtensionContext } from 'vscode';
import { Server } from './client.ts';
import { registerCommands } from './commands.ts';
import { showStatus } from './status.ts';

/** Starts the language server, and wires what people touch: settings, commands, status. */
export async function activate(context: ExtensionContext): Promise<void> {
  const server = new Server(context.asAbsolutePath('dist/server.js'));
  context.subscriptions.push(server, ...registerCommands(server), showStatus(server));
  await server.follow();
}
