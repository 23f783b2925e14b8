import { Command, CommanderError, Option } from 'commander';
import type { Answer } from './arguments.ts';
import { helpful } from './help.ts';
import { parseCount } from './values.ts';

/** How an editor talks to the server, one way at a time. */
const WAYS = ['stdio', 'nodeIpc', 'socket', 'pipe'];

/** Names the language server among the commands. */
export function addServer(command: Command): void {
  command.addCommand(server().helpGroup('editors'));
}

/**
 * Checks what comes after `lsp`; nothing when the server can start with it.
 * @param hasChannel whether the parent process opened one for Node's own messages.
 */
export function refusedServer(argv: readonly string[], hasChannel: boolean): Answer | undefined {
  let text = '';
  const command = server('asynclint lsp').action(() => {
    if (command.opts()['nodeIpc'] === true && !hasChannel) {
      command.error('error: `--node-ipc` needs a parent that opened a channel; try `--stdio`.');
    }
  });
  helpful(command, (part) => {
    text += part;
  });
  try {
    command.parse(argv, { from: 'user' });
    return undefined;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { text, exit: error.exitCode === 0 ? 0 : 2 };
  }
}

function server(name = 'lsp'): Command {
  const way = (flags: string, about: string): Option => {
    const option = new Option(flags, about);
    return option.conflicts(WAYS.filter((other) => other !== option.attributeName()));
  };
  return new Command(name)
    .description('The language server, for any editor.')
    .addOption(way('--stdio', 'talk over standard input and output; this is the default'))
    .addOption(way('--node-ipc', 'talk over the channel that a parent process in Node opened'))
    .addOption(way('--socket <port>', 'connect to this port').argParser(parseCount))
    .addOption(way('--pipe <name>', 'connect to this pipe'))
    .option('--clientProcessId <id>', 'end when this process does')
    .allowExcessArguments(false)
    .helpOption('--help', 'print this');
}
