import {
  type ClientCapabilities,
  CodeActionKind,
  type InitializeParams,
  type ServerCapabilities,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import { ClientCommand, ServerCommand } from '#protocol';
import { type Abilities, FIX_ALL } from './actions/code-actions.ts';
import { fileOf } from './convert.ts';
import { property } from './settings.ts';

/** What an editor can take, read from what it says of itself. */
export class Client {
  readonly capabilities: ClientCapabilities;
  /** Folders that it has open. */
  readonly folders: readonly string[];
  /** What it sent along with the start. */
  readonly options: unknown;

  constructor({
    capabilities,
    workspaceFolders,
    rootUri,
    initializationOptions,
  }: InitializeParams) {
    this.capabilities = capabilities;
    const uris = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
    this.folders = uris.flatMap((uri) => fileOf(uri) ?? []);
    this.options = initializationOptions;
  }

  /** Whether it asks for diagnostics. */
  get pulls(): boolean {
    return this.capabilities.textDocument?.diagnostic !== undefined;
  }

  /** Whether it can be told late, when settings are known, that it may ask for diagnostics. */
  get pullsLater(): boolean {
    const isDynamic = this.capabilities.textDocument?.diagnostic?.dynamicRegistration ?? false;
    return isDynamic && this.isAskedForSettings;
  }

  get isAskedForSettings(): boolean {
    return this.capabilities.workspace?.configuration ?? false;
  }

  get hasVersions(): boolean {
    return this.capabilities.workspace?.workspaceEdit?.documentChanges ?? false;
  }

  /** Whether it opens documents that the server names. */
  get shows(): boolean {
    return this.capabilities.window?.showDocument?.support ?? false;
  }

  /** What of code actions it can take. */
  get actions(): Abilities {
    const { codeAction } = this.capabilities.textDocument ?? {};
    const { workspaceEdit, applyEdit } = this.capabilities.workspace ?? {};
    const creates = workspaceEdit?.resourceOperations?.includes('create') ?? false;
    return {
      resolve: codeAction?.resolveSupport?.properties.includes('edit') ?? false,
      snippets: this.hasVersions && (workspaceEdit?.snippetEditSupport ?? false),
      disabled: codeAction?.disabledSupport ?? false,
      applies: applyEdit ?? false,
      home: creates && this.hasVersions ? this.folders[0] : undefined,
    };
  }

  /** Commands that the server is to carry out: its own, and those for which the editor has nothing better. */
  get commands(): readonly string[] {
    const own: unknown = property(this.options, 'commands');
    const known = Array.isArray(own) ? own.map(String) : [];
    const others = Object.values(ClientCommand).filter((command) => !known.includes(command));
    return [...Object.values(ServerCommand), ...others];
  }
}

/** How the server answers who asks for diagnostics. */
export function diagnosticOptions(workspaceDiagnostics: boolean) {
  return { identifier: 'asynclint', interFileDependencies: true, workspaceDiagnostics };
}

/** What the server can do for a client. */
export function capabilitiesFor(client: Client, wantsWorkspace: boolean): ServerCapabilities {
  return {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
    codeActionProvider: {
      codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, FIX_ALL],
      resolveProvider: true,
    },
    hoverProvider: true,
    codeLensProvider: { resolveProvider: false },
    executeCommandProvider: { commands: [...client.commands] },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    ...(client.pulls &&
      !client.pullsLater && { diagnosticProvider: diagnosticOptions(wantsWorkspace) }),
  };
}
