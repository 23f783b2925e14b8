/** Lengths that keep a message on one line of a terminal, and a fix's title in one of an editor's menu. */

/** The longest message, in characters. */
export const MESSAGE_LENGTH = 90;

/** The longest title of a fix, in characters. */
export const TITLE_LENGTH = 60;

/** The first wording of a message that is short enough; else the last, which has no names of the user in it. */
export function fittingMessage(...wordings: readonly [string, ...string[]]): string {
  return fitting(MESSAGE_LENGTH, wordings);
}

/** The same of a fix's title. */
export function fittingTitle(...wordings: readonly [string, ...string[]]): string {
  return fitting(TITLE_LENGTH, wordings);
}

function fitting(most: number, wordings: readonly [string, ...string[]]): string {
  const [first] = wordings;
  return wordings.find(({ length }) => length <= most) ?? wordings.at(-1) ?? first;
}

/** Names as they are written may go over lines, as `Promise` and `.all` do; what is said of them does not. */
export function withoutLines(message: string): string {
  return message.replace(/\s*[\r\n]\s*/g, '');
}
