/** The linting thread: the compiler's client blocks while it waits, and the protocol must not. */
import { parentPort } from 'node:worker_threads';
import {
  type CancellationToken,
  createMessageConnection,
  ErrorCodes,
  PortMessageReader,
  PortMessageWriter,
  ResponseError,
  SharedArrayReceiverStrategy,
  SharedArraySenderStrategy,
} from 'vscode-jsonrpc/node';
import { Desk } from './desk.ts';
import {
  Configure,
  FilesChanged,
  FixAll,
  Fixes,
  Lint,
  Refactorings,
  TextChanged,
} from './messages.ts';

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
  connection.onRequest(
    Lint,
    answering((files, cancelled) => desk.lint(files, cancelled)),
  );
  connection.onRequest(
    Fixes,
    answering(({ file, findings }) => desk.fixes(file, findings)),
  );
  connection.onRequest(
    FixAll,
    answering(({ file, selection }) => desk.fixAll(file, selection)),
  );
  connection.onRequest(
    Refactorings,
    answering(({ file, range }, cancelled) => desk.refactorings(file, range, cancelled)),
  );
  connection.listen();
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
