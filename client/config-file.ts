import { Uri, type WorkspaceFolder, window, workspace } from 'vscode';

const NAME = 'asynclint.jsonc';
/** As the server looks for them: the first of these in the nearest folder. */
const NAMES = [NAME, 'asynclint.json', 'package.json'] as const;
const SCHEMA = 'node_modules/asynclint/asynclint.schema.json';

/** Opens the config that governs the file in the editor, or offers to write one. */
export async function openConfig(): Promise<void> {
  const document = window.activeTextEditor?.document.uri;
  const folder = (document && workspace.getWorkspaceFolder(document)) ?? (await chosenFolder());
  if (folder === undefined) return;
  const config = await nearest(document ?? Uri.joinPath(folder.uri, NAME), folder);
  if (config !== undefined) {
    await window.showTextDocument(config);
    return;
  }
  const create = `Create ${NAME}`;
  const told = `asynclint runs without a config: the preset is “recommended”.`;
  const chosen = await window.showInformationMessage(told, create);
  if (chosen === create) await writeConfig(folder);
}

/** Writes a config into a workspace folder, unless it has one, and opens it. */
export async function createConfig(): Promise<void> {
  const folder = await chosenFolder();
  if (folder !== undefined) await writeConfig(folder);
}

async function chosenFolder(): Promise<WorkspaceFolder | undefined> {
  const { workspaceFolders: folders = [] } = workspace;
  if (folders.length === 0) throw new Error('Open a folder first: a config belongs to one.');
  return folders.length === 1 ? folders[0] : window.showWorkspaceFolderPick();
}

async function writeConfig(folder: WorkspaceFolder): Promise<void> {
  const uri = Uri.joinPath(folder.uri, NAME);
  if (!(await exists(uri))) {
    const isInstalled = await exists(Uri.joinPath(folder.uri, SCHEMA));
    await workspace.fs.writeFile(uri, new TextEncoder().encode(template(isInstalled)));
  }
  await window.showTextDocument(uri);
}

/** This editor knows the schema anyway; others find it where the package is installed. */
function template(isInstalled: boolean): string {
  return `{
${isInstalled ? `  "$schema": "./${SCHEMA}",\n` : ''}  // "recommended", "strict" or "all"
  "preset": "recommended",
  // Severity by rule: "error", "warning", "information" or "off"
  "rules": {},
  // Files that are not linted, such as "src/generated/**"
  "ignore": []
}
`;
}

/** The config in the file's folder, or in the nearest folder above it. */
async function nearest(uri: Uri, folder: WorkspaceFolder): Promise<Uri | undefined> {
  const parent = Uri.joinPath(uri, '..');
  for (const name of NAMES) {
    const config = Uri.joinPath(parent, name);
    if (await isConfig(config)) return config;
  }
  const isTop = parent.path === folder.uri.path || !parent.path.startsWith(folder.uri.path);
  return isTop ? undefined : nearest(parent, folder);
}

/** Any of ours; a `package.json` is one when it has our key. */
async function isConfig(uri: Uri): Promise<boolean> {
  if (!uri.path.endsWith('/package.json')) return exists(uri);
  if (!(await exists(uri))) return false;
  const text = new TextDecoder().decode(await workspace.fs.readFile(uri));
  return /^\s*"asynclint"\s*:\s*\{/m.test(text);
}

async function exists(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
