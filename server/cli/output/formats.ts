import { json } from '#formats/json.ts';
import { text } from '#formats/text.ts';
import type { Format } from '#formats/view.ts';

/** Every format by its name. All but the two that runs mostly ask for are loaded when somebody wants them. */
const FORMATS = {
  text: () => text,
  json: () => json,
  sarif: async () => (await import('#formats/sarif.ts')).sarif,
  github: async () => (await import('#formats/github.ts')).github,
  gitlab: async () => (await import('#formats/gitlab.ts')).gitlab,
  junit: async () => (await import('#formats/junit.ts')).junit,
  checkstyle: async () => (await import('#formats/checkstyle.ts')).checkstyle,
  html: async () => (await import('#formats/html.ts')).html,
  markdown: async () => (await import('#formats/markdown.ts')).markdown,
} satisfies Readonly<Record<string, () => Format | Promise<Format>>>;

/** The name of a format. */
export type FormatName = keyof typeof FORMATS;

/** Names of all formats, as `--format` and `--output` take them. */
export const FORMAT_NAMES: readonly string[] = Object.keys(FORMATS);

/** Whether there is a format of that name. */
export function isFormat(name: string): name is FormatName {
  return Object.hasOwn(FORMATS, name);
}

/** Loads a format. */
export async function formatNamed(name: FormatName): Promise<Format> {
  return FORMATS[name]();
}
