import { join } from 'node:path';
import { type ExtensionContext, Uri, workspace } from 'vscode';
import { Server } from './client.ts';
import { registerCommands } from './commands.ts';
import { Explanations } from './explanations.ts';
import { Status } from './status.ts';
import { WaterfallPanel } from './waterfall.ts';

/** What the extension shows, for whoever wants to look at it: tests, other extensions. */
export interface Shown {
  readonly status: Status;
  readonly waterfall: WaterfallPanel;
}

/** Starts the language server, and wires what people touch: settings, commands, status, views. */
export async function activate(context: ExtensionContext): Promise<Shown> {
  const server = new Server(() => serverModule(context));
  const status = new Status(server);
  const explanations = new Explanations(server);
  const waterfall = new WaterfallPanel(server, Uri.joinPath(context.extensionUri, 'dist'));
  const commands = registerCommands({ server, waterfall, explanations });
  context.subscriptions.push(server, status, explanations, waterfall, ...commands);
  await server.follow();
  return { status, waterfall };
}

/** The server that comes along, unless the user of this machine names an installed package. */
function serverModule(context: ExtensionContext): string {
  const folder = workspace.getConfiguration('asynclint').get('server', '');
  return join(folder === '' ? context.extensionPath : folder, 'dist', 'server.js');
}
