/** URL of the project's reporter, put in by the build. */
declare const REPORTER: string;

/** Runs the suite; the extension host calls it. */
export async function run(): Promise<void> {
  // Mocha is an ES module, which the extension host's `require` may not take.
  const { default: Mocha } = await import('mocha');
  const { default: reporter } = await import(REPORTER);
  const mocha = new Mocha({ ui: 'bdd', timeout: 30_000, reporter });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  // Only now do `describe` and `it` exist.
  await import('./diagnostics.ts');
  const failures = await new Promise<number>((done) => void mocha.run(done));
  if (failures > 0) throw new Error(`${failures} failed`);
}
