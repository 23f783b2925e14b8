import { readFileSync } from 'node:fs';

/** A file's text as the compiler has it: without the mark that some editors put before it. */
export function readText(file: string): string {
  const text = readFileSync(file, 'utf8');
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}
