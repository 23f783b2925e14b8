#!/usr/bin/env node
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import manifest from '../package.json' with { type: 'json' };
import { KeptCode } from './cli/kept-code.ts';
import { reasonOf } from './cli/refusal.ts';
import { expectShortLife } from './cli/speed.ts';

// What could not be written is told at the end, by whoever waits for that.
process.stdout.on('error', () => {});

if (process.argv[2] === 'lsp') await serve();
else await runOnce();

/** Starts the language server, or says what it does not understand. */
async function serve(): Promise<void> {
  const { refusedServer } = await import('./cli/arguments/language-server.ts');
  const refused = refusedServer(process.argv.slice(3), process.send !== undefined);
  if (refused === undefined) {
    await import('./main.ts');
    return;
  }
  const stream = refused.exit === 0 ? process.stdout : process.stderr;
  stream.write(refused.text, () => process.exit(refused.exit));
}

/** Lints once, and ends the process with what came of it. */
async function runOnce(): Promise<void> {
  expectShortLife();
  let unwritten: Error | undefined;
  const heed = (error?: NodeJS.ErrnoException | null): void => {
    if (error && !isClosed(error)) unwritten ??= error;
  };
  const code = new KeptCode(fileURLToPath(new URL('command.cjs', import.meta.url)));
  const { start } = code.run() as typeof import('./cli/start.ts');
  let amount = 0;
  const exit = await start(process.argv.slice(2), {
    cwd: process.cwd(),
    environment: process.env,
    interactive: process.stdout.isTTY === true,
    columns: process.stdout.columns ?? 100,
    version: manifest.version,
    // A log has no use for a bar, and a pipe none for what moves the cursor.
    ...(process.stderr.isTTY && !process.env['CI'] && { screen: process.stderr }),
    hyperlinks: async () => {
      const { createSupportsHyperlinks } = await import('supports-hyperlinks');
      return createSupportsHyperlinks(process.stdout);
    },
    pages: fileURLToPath(new URL('../rules/docs/', import.meta.url)),
    linted: (files, rules) => {
      amount = files * rules;
    },
    input: async () => (await buffer(process.stdin)).toString('utf8'),
    out: (text) => void process.stdout.write(text, heed),
    err: (text) => void process.stderr.write(text),
  });

  // Once all is written, there is nothing to wait for: not for the system to clear away the compiler's memory.
  await new Promise<void>((resolve) => process.stdout.write('', () => resolve()));
  await code.keep(amount);
  if (unwritten !== undefined) refuse(unwritten);
  // Shells tell a program that a signal ended from one that failed, and stop their own work as well.
  if (exit === 130) process.kill(process.pid, 'SIGINT');
  else if (exit === 143) process.kill(process.pid, 'SIGTERM');
  else process.exit(exit);
}

/** A reader that has seen enough, such as `head`, is no failure of ours. */
function isClosed({ code }: NodeJS.ErrnoException): boolean {
  return code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED';
}

/** Whoever redirects a report reads an empty one as a clean one: the exit code must not say so. */
function refuse(error: Error): never {
  process.stderr.write(`Standard output cannot be written (${reasonOf(error)}).\n`);
  process.exit(2);
}
