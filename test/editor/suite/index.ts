/** URL of the project's reporter, put in by the build. */
declare const REPORTER: string;

/** Runs the suite; the extension host calls it. */
export async function run(): Promise<void> {
  // Mocha is an ES module, which the extension host's `require` may not take.
  const { default: Mocha } = await import('mocha');
  const { default: reporter } = await import(REPORTER);
  // `GREP=waterfall npm run test:editor` runs a part.
  const { GREP: grep = '' } = process.env;
  const mocha = new Mocha({ ui: 'bdd', timeout: 90_000, reporter, grep });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  // Only now do `describe` and `it` exist.
  await import('./diagnostics.ts');
  await import('./fixes.ts');
  await import('./config.ts');
  await import('./views.ts');
  await import('./recovery.ts');
  const failures = await new Promise<number>((done) => void mocha.run(done));
  if (failures > 0) throw new Error(`${failures} failed`);
}
