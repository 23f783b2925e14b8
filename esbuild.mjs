import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build, context } from 'esbuild';
import { thirdPartyNotices } from './notices.mjs';

const OUT = 'dist';
const flags = new Set(process.argv.slice(2));

/**
 * The compiler brings its enums as objects of hundreds of members, and V8 looks each up in a hash table. Read as TypeScript
 * from their declarations they are written as numbers wherever they are used.
 */
const numbersForEnums = {
  name: 'numbers-for-enums',
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/]typescript[\\/]dist[\\/]enums[\\/]\w+\.js$/ }, async ({ path }) => {
      const declared = await readFile(path.replace(/js$/, 'enum.d.ts'), 'utf8');
      return { contents: declared.replaceAll('export declare enum', 'export enum'), loader: 'ts' };
    });
  },
};

/** What nobody uses of the compiler's client is left out, a fifth of it: its package does not say that this may be done. */
const onlyWhatIsUsed = {
  name: 'only-what-is-used',
  setup: ({ onResolve, resolve }) => {
    onResolve({ filter: /./ }, async ({ path, pluginData, ...from }) => {
      if (pluginData?.isResolving) return undefined;
      const isNear = /^typescript\//.test(path) || CLIENT.test(from.importer);
      if (!isNear) return undefined;
      const resolved = await resolve(path, { ...from, pluginData: { isResolving: true } });
      return CLIENT.test(resolved.path) ? { ...resolved, sideEffects: false } : resolved;
    });
  },
};

const CLIENT = /[\\/]typescript[\\/]dist[\\/]/;

const shared = {
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20',
  // Some CommonJS builds hide their own modules from bundlers.
  mainFields: ['module', 'main'],
  outdir: OUT,
  plugins: [numbersForEnums, onlyWhatIsUsed],
  metafile: true,
  legalComments: 'none',
  logLevel: flags.has('--quiet') ? 'warning' : 'info',
};

/**
 * The command line in one file, so that V8's code can be kept beside it: `server/cli/kept-code.ts` says how. Whoever imports
 * something late gets it late: esbuild wraps such modules.
 */
const command = {
  ...shared,
  entryPoints: { command: 'server/cli/start.ts' },
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  define: { 'import.meta.url': 'bundleUrl' },
  banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
  // What is not bundled is Node's own, and `require` needs no loader of modules for it.
  supported: { 'dynamic-import': false },
};

/** The way into the command line, the language server and its worker share chunks, so that rarely used libraries load only when asked for. */
const shell = {
  ...shared,
  entryPoints: {
    cli: 'server/cli.ts',
    server: 'server/main.ts',
    worker: 'server/lsp/worker/worker.ts',
  },
  format: 'esm',
  splitting: true,
  // Chunks lie beside the entries: the packaged compiler is looked up next to the module that asks.
  chunkNames: 'chunk-[hash]',
  // CommonJS libraries call `require` for Node's own modules.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
};

/** VS Code's extension host asks for CommonJS, and brings `vscode` itself. */
const extension = {
  ...shared,
  entryPoints: { client: 'client/main.ts' },
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  external: ['vscode'],
};

/** Runs inside the editor's web views. */
const view = {
  ...shared,
  entryPoints: { 'waterfall-view': 'client/view/waterfall-view.ts' },
  format: 'iife',
  platform: 'browser',
};

const targets = [command, shell, extension, view];

if (flags.has('--watch')) {
  for (const target of targets) await (await context(target)).watch();
} else {
  const results = await Promise.all(targets.map((target) => build(target)));
  const metafiles = results.map(({ metafile }) => metafile);
  await writeFile(join(OUT, 'THIRD_PARTY_NOTICES.txt'), await thirdPartyNotices(metafiles));
  const written = metafiles.flatMap(({ outputs }) => Object.keys(outputs));
  await removeStale(new Set(written.map((file) => basename(file))));
}

/** Removes what earlier builds left; after the build, so that a running program loses nothing it still needs. */
async function removeStale(fresh) {
  const stale = (await readdir(OUT)).filter(
    (file) => /\.(c?js|compiled)$/.test(file) && !fresh.has(file),
  );
  await Promise.all(stale.map((file) => rm(join(OUT, file), { force: true })));
}
