#!/usr/bin/env node
import { run } from './cli/run.ts';

// A reader that has seen enough, such as `head`, is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await run(process.argv.slice(2), {
  cwd: process.cwd(),
  environment: process.env,
  interactive: process.stdout.isTTY,
  columns: process.stdout.columns ?? 100,
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
});
