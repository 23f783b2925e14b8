/** Which part of a session answers which request. */
import {
  type CancellationToken,
  type CodeAction,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  type DocumentUri,
  LSPErrorCodes,
  ResponseError,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import {
  EXPLAIN,
  type ExplainParams,
  LINT_WORKSPACE,
  type LintWorkspaceParams,
  WATERFALL,
  type WaterfallParams,
} from '#protocol';
import { fileOf } from './convert.ts';
import type { Session } from './session.ts';

/** Answers from now on. */
export function answerRequests(session: Session): void {
  answerOnDiagnostics(session);
  answerOnPlaces(session);
  answerOnWorkspace(session);
}

function answerOnDiagnostics(session: Session): void {
  const { connection, workspace } = session;
  const { diagnostics } = connection.languages;
  diagnostics.on((params, token) => pull(session, params, token));
  diagnostics.onWorkspace(async ({ previousResultIds }, token, progress, partial) => {
    const listener = { token, progress };
    const tell = partial && ((items: object[]) => partial.report({ items: [...Object(items)] }));
    const items = await session.logging(workspace.pull(previousResultIds, listener, tell));
    return { items };
  });
}

function answerOnPlaces(session: Session): void {
  const { connection, actions, views, preferences } = session;
  connection.onCodeAction((params, token) =>
    over(session, params, [] as CodeAction[], (document) => actions.at(document, params, token)),
  );
  connection.onCodeActionResolve((action, token) => actions.resolve(action, token));
  connection.onHover((params, token) =>
    over(session, params, null, (document) => views.hover(document, params.position, token)),
  );
  connection.onCodeLens((params, token) => {
    const file = fileOf(params.textDocument.uri);
    if (file === undefined || !preferences.of(file).codeLens) return [];
    return over(session, params, [], (document) => views.lenses(document, token));
  });
  connection.onRequest(EXPLAIN, (params: ExplainParams, token: CancellationToken) =>
    over(session, params, null, (document) => views.explanation(document, params.position, token)),
  );
  connection.onRequest(WATERFALL, (params: WaterfallParams, token: CancellationToken) =>
    over(session, params, null, (document) => {
      const wanted = params.position ?? params.function;
      const folder = session.folderOf(fileOf(document.uri) ?? '');
      return wanted === undefined ? null : views.waterfall(document, wanted, folder, token);
    }),
  );
}

function answerOnWorkspace(session: Session): void {
  const { connection, commands, workspace, publisher } = session;
  connection.onExecuteCommand((params, token, progress) =>
    session.logging(commands.execute(params, token, progress)),
  );
  connection.onRequest(
    LINT_WORKSPACE,
    async ({ workDoneToken }: LintWorkspaceParams, token: CancellationToken) => {
      const progress = workDoneToken && connection.window.attachWorkDoneProgress(workDoneToken);
      return session.logging(
        workspace.lint({
          token,
          ...(progress && { progress }),
          found: (reports) => publisher.show(reports),
        }),
      );
    },
  );
}

/** Answers over an open document; `otherwise` where it is not open. */
async function over<T, U>(
  session: Session,
  { textDocument: { uri } }: { readonly textDocument: { readonly uri: DocumentUri } },
  otherwise: U,
  answer: (document: TextDocument) => Promise<T> | U,
): Promise<T | U> {
  const document = session.texts.open.get(uri);
  return document === undefined ? otherwise : session.logging(Promise.resolve(answer(document)));
}

async function pull(
  session: Session,
  { textDocument, previousResultId }: DocumentDiagnosticParams,
  token: CancellationToken,
): Promise<DocumentDiagnosticReport> {
  const document = session.texts.open.get(textDocument.uri);
  if (document === undefined) return { kind: 'full', items: [] };
  try {
    return await session.logging(session.diagnostics.pull(document, previousResultId, token));
  } catch (error) {
    if (!(error instanceof ResponseError) || error.code !== LSPErrorCodes.ContentModified) {
      throw error;
    }
    // On `ContentModified` editors show an empty list until they ask again; on this they ask again.
    const data = { retriggerRequest: true };
    throw new ResponseError(LSPErrorCodes.ServerCancelled, error.message, data);
  }
}
