import {
  type Connection,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type FileEvent,
  WatchKind,
} from 'vscode-languageserver/node';
import type { FileChanges } from '../workspace/linter.ts';
import { fileOf } from './convert.ts';

const SOURCES = '**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}';
/** Of the files in a folder that goes nobody need tell, and editors do not. */
const GOING = { globPattern: '**/*', kind: WatchKind.Delete };
const CONFIGS = '**/{tsconfig*.json,jsconfig*.json,package.json,asynclint.json{,c},.gitignore}';

/** Asks the editor to tell what happens to files that our answers depend on. */
export async function watchFiles(connection: Connection): Promise<void> {
  await connection.client.register(DidChangeWatchedFilesNotification.type, {
    watchers: [{ globPattern: SOURCES }, { globPattern: CONFIGS }, GOING],
  });
}

/** What events come to, by kind. Dependencies are not ours: they change by the thousand, with package.json. */
export function changesOf(events: readonly FileEvent[]): Required<FileChanges> {
  const of = (kind: FileChangeType): string[] =>
    events
      .filter(({ type }) => type === kind)
      .flatMap(({ uri }) => fileOf(uri) ?? [])
      .filter((file) => !file.includes('/node_modules/') && mayMatter(file));
  return {
    changed: of(FileChangeType.Changed),
    created: of(FileChangeType.Created),
    deleted: of(FileChangeType.Deleted),
  };
}

/** Whether a name is that of a source, of a config, or of a folder: what is gone can be told by nothing else. */
function mayMatter(file: string): boolean {
  return /(\/\.gitignore|\.[cm]?[jt]sx?|\.jsonc?|\/[^/.]+)$/.test(file);
}
