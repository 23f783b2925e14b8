import type {
  ClientCapabilities,
  FileSystemWatcher,
  RegistrationParams,
} from 'vscode-languageserver/node';

/** Asks for diagnostics, resolves edits late, takes placeholders: as VS Code does. */
export const ASKING: ClientCapabilities = {
  textDocument: {
    diagnostic: {},
    codeAction: { dataSupport: true, resolveSupport: { properties: ['edit'] } },
  },
  workspace: {
    workspaceEdit: { documentChanges: true, snippetEditSupport: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    diagnostics: { refreshSupport: true },
  },
};

/** Announces nothing at all: as Vim's and Emacs's older clients do. */
export const PLAIN: ClientCapabilities = {};

/** Takes all that the server has to give, edits that it sends by itself included. */
export const FULL: ClientCapabilities = {
  textDocument: {
    diagnostic: {},
    codeAction: { ...ASKING.textDocument?.codeAction, disabledSupport: true },
  },
  workspace: {
    ...ASKING.workspace,
    applyEdit: true,
    configuration: true,
    workspaceFolders: true,
    workspaceEdit: { ...ASKING.workspace?.workspaceEdit, resourceOperations: ['create'] },
  },
  window: { workDoneProgress: true },
};

/** What the server asks to be told of files. */
export function watchersIn({ registrations }: RegistrationParams): readonly FileSystemWatcher[] {
  return registrations.flatMap(({ registerOptions }) => Object(registerOptions).watchers ?? []);
}
