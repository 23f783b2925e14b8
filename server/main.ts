#!/usr/bin/env node
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import manifest from '../package.json' with { type: 'json' };
import { serve } from './lsp/session.ts';

// Editors that say nothing of the transport mean standard input and output.
const named = process.argv.some((argument) => /^--(node-ipc|stdio|socket|pipe)/.test(argument));
if (!named) process.argv.push('--stdio');

serve(createConnection(ProposedFeatures.all), {
  version: manifest.version,
  typescript: manifest.dependencies.typescript,
  worker: new URL('./worker.js', import.meta.url),
  pages: new URL('../rules/docs/', import.meta.url),
});
