import { type Connection, MessageType, ShowMessageNotification } from 'vscode-languageserver/node';

/** Says something to people that needs no answer. */
export function notice(connection: Connection, kind: 'info' | 'warning', message: string): void {
  const type = kind === 'info' ? MessageType.Info : MessageType.Warning;
  void connection.sendNotification(ShowMessageNotification.type, { type, message });
}
