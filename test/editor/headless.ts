import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** What happened in an editor: what it showed, what it offered, what became of the text. */
export interface Told {
  readonly findings: readonly { readonly line: number; readonly text: string }[];
  readonly titles: readonly string[];
  readonly text: string;
}

/** Runs an editor on a file with one finding, in a folder of its own; its script prints what happened. */
export function drive(editor: string, args: readonly string[]): Told {
  const folder = mkdtempSync(join(tmpdir(), 'asynclint-'));
  const options = { strict: true, target: 'es2022', types: [] };
  const send = 'declare function send(): Promise<void>;';
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options }));
  writeFileSync(join(folder, 'main.ts'), `${send}\nexport async function run() {\n  send();\n}\n`);
  // Emacs takes a folder for a project when it is a repository.
  mkdirSync(join(folder, '.git'));
  const command = JSON.stringify([process.execPath, resolve('dist/server.js'), '--stdio']);
  try {
    const env = { ...process.env, ASYNCLINT_COMMAND: command };
    const stdio = ['ignore', 'pipe', 'pipe'] as const;
    const told = execFileSync(editor, args, { cwd: folder, env, stdio: [...stdio] });
    return JSON.parse(told.toString());
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
