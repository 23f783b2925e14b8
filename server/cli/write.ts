import { readFile } from 'node:fs/promises';
import type { FixedFile } from './fix.ts';

/** What marks a file as UTF-8 for some editors; the compiler's text goes without it. */
const BYTE_ORDER_MARK = '\ufeff';

/** Writes fixed files, each whole or not at all. Hands back those that changed on disk since they were linted. */
export async function writeFixed(files: readonly FixedFile[]): Promise<readonly string[]> {
  if (files.length === 0) return [];
  const { writeFile } = await import('atomically');
  const changed: string[] = [];
  for (const { file, before, after } of files) {
    const text = await readFile(file, 'utf8').catch(() => undefined);
    const mark = text?.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : '';
    if (text === mark + before) await writeFile(file, mark + after);
    else changed.push(file);
  }
  return changed;
}
