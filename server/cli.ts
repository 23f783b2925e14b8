#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import manifest from '../package.json' with { type: 'json' };
import { expectShortLife } from './cli/speed.ts';

// A reader that has seen enough, such as `head`, is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

if (process.argv[2] === 'lsp') await import('./main.ts');
else await runOnce();

/** Lints once, and ends the process with what came of it. */
async function runOnce(): Promise<void> {
  expectShortLife();
  const { run } = await import('./cli/run.ts');
  const code = await run(process.argv.slice(2), {
    cwd: process.cwd(),
    environment: process.env,
    interactive: process.stdout.isTTY === true,
    columns: process.stdout.columns ?? 100,
    version: manifest.version,
    pages: fileURLToPath(new URL('../rules/docs/', import.meta.url)),
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
  });

  // Once all is written, there is nothing to wait for: not for the system to clear away the compiler's memory.
  process.stdout.write('', () => process.exit(code));
}
