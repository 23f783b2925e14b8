/** The linting thread: the compiler's client blocks while it waits, and the protocol must not. */
import { parentPort } from 'node:worker_threads';
import {
  type CancellationToken,
  createMessageConnection,
  ErrorCodes,
  type MessageConnection,
  PortMessageReader,
  PortMessageWriter,
  ResponseError,
  SharedArrayReceiverStrategy,
  SharedArraySenderStrategy,
} from 'vscode-jsonrpc/node';
import { asyncRewrite, canBeAsync, type Facts, refactoringsAt } from '#facts';
import type { Source } from '#program';
import {
  CanBeAsync,
  Configure,
  DrawWaterfall,
  Explain,
  FilesChanged,
  FixAll,
  Fixes,
  IsCurrent,
  Lenses,
  Lint,
  MakeAsync,
  Refactorings,
  SourceFiles,
  TextChanged,
} from '../messages.ts';
import { Desk } from './desk.ts';
import { drawn, lensesOf } from './drawing.ts';

/** The Language Server Protocol's `RequestCancelled`. */
const CANCELLED = -32800;

if (parentPort !== null) {
  const desk = new Desk();
  const connection = createMessageConnection(
    new PortMessageReader(parentPort),
    new PortMessageWriter(parentPort),
    undefined,
    {
      // The thread hears no message while it waits for the compiler, but it can look at shared memory.
      cancellationStrategy: {
        sender: new SharedArraySenderStrategy(),
        receiver: new SharedArrayReceiverStrategy(),
      },
    },
  );
  connection.onNotification(Configure, (settings) => desk.configure(settings));
  connection.onNotification(TextChanged, ({ file, text }) => desk.setText(file, text));
  connection.onNotification(FilesChanged, (changes) => desk.changed(changes));
  answerOnFindings(connection, desk);
  answerOnCode(connection, desk);
  connection.listen();
}

function answerOnFindings(connection: MessageConnection, desk: Desk): void {
  connection.onRequest(
    Lint,
    answering((files, cancelled) => desk.lint(files, cancelled)),
  );
  connection.onRequest(
    SourceFiles,
    answering((folders) => desk.sourceFiles(folders)),
  );
  connection.onRequest(
    IsCurrent,
    answering((texts) => desk.isCurrent(texts)),
  );
  connection.onRequest(
    Fixes,
    answering(({ file, findings }) => desk.fixes(file, findings)),
  );
  connection.onRequest(
    FixAll,
    answering(({ files, selection }) => desk.fixAll(files, selection)),
  );
}

function answerOnCode(connection: MessageConnection, desk: Desk): void {
  const asking =
    <P extends { readonly file: string }, R>(
      question: (params: P, facts: Facts, source: Source) => R | undefined,
    ) =>
    (params: P, cancelled: () => boolean): R | null =>
      desk.inspect(params.file, (facts, at) => question(params, facts, at), cancelled) ?? null;
  connection.onRequest(
    Refactorings,
    answering(asking(({ range }, facts, { root }) => refactoringsAt(root, range, facts))),
  );
  connection.onRequest(Lenses, answering(asking((_, facts, source) => lensesOf(source, facts))));
  connection.onRequest(
    DrawWaterfall,
    answering(asking(({ at, folder }, facts, source) => drawn(source, at, folder, facts))),
  );
  connection.onRequest(
    CanBeAsync,
    answering(asking(({ at }, facts, { root }) => canBeAsync(root, at, facts))),
  );
  connection.onRequest(
    MakeAsync,
    answering(asking(({ at }, facts, { root }) => asyncRewrite(root, at, facts))),
  );
  connection.onRequest(
    Explain,
    answering(({ file, line }, cancelled) => desk.explain(file, line, cancelled)),
  );
}

/** Leaves cancelled requests alone, and sends a failure's stack along, for the log. */
function answering<P, R>(answer: (params: P, cancelled: () => boolean) => R) {
  return (params: P, token: CancellationToken): R | ResponseError<void> => {
    const cancelled = (): boolean => token.isCancellationRequested;
    if (cancelled()) return new ResponseError(CANCELLED, 'Cancelled.');
    try {
      const result = answer(params, cancelled);
      return cancelled() ? new ResponseError(CANCELLED, 'Cancelled.') : result;
    } catch (error) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return new ResponseError(ErrorCodes.InternalError, text);
    }
  };
}
