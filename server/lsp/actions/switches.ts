import { access } from 'node:fs/promises';
import { dirname } from 'node:path';
import { modify } from 'jsonc-parser';
import type { CodeAction } from 'vscode-languageserver/node';
import { configKeyOf, nearestConfigFile } from '#config/config.ts';
import { uriOf } from '../convert.ts';
import type { PlainFinding } from '../messages.ts';
import type { Texts } from '../texts.ts';
import type { WorkspaceEdits } from '../workspace-edits.ts';

/**
 * Turns a finding's rule off in the nearest config file, or in a new one.
 * @param home where a new one may be created.
 */
export async function turnOff(
  { rule, file }: PlainFinding,
  texts: Texts,
  edits: WorkspaceEdits,
  home: string | undefined,
): Promise<CodeAction | undefined> {
  const config = nearestConfigFile(dirname(file));
  if (config === undefined) return home === undefined ? undefined : inNewConfig(rule, home);
  const text = (await texts.load([config]))(config)?.getText();
  if (text === undefined) return undefined;
  const formattingOptions = { insertSpaces: true, tabSize: 2 };
  const path = [...configKeyOf(config), 'rules', rule];
  const made = modify(text, path, 'off', { formattingOptions }).map(
    ({ offset, length, content }) => {
      return { file: config, start: offset, end: offset + length, text: content };
    },
  );
  const edit = await edits.of(made, texts.versions());
  return edit && { title: titleOf(rule, config), edit };
}

async function inNewConfig(rule: string, home: string): Promise<CodeAction | undefined> {
  const config = `${home}/asynclint.jsonc`;
  const isThere = await access(config).then(
    () => true,
    () => false,
  );
  if (isThere) return undefined;
  const uri = uriOf(config);
  const text = `{\n  "rules": {\n    "${rule}": "off"\n  }\n}\n`;
  const start = { line: 0, character: 0 };
  const edits = [{ range: { start, end: start }, newText: text }];
  const textDocument = { uri, version: null };
  return {
    title: titleOf(rule, config),
    edit: {
      documentChanges: [
        { kind: 'create', uri },
        { textDocument, edits },
      ],
    },
  };
}

function titleOf(rule: string, config: string): string {
  return `Turn \`${rule}\` off in ${config.split('/').at(-1)}`;
}
