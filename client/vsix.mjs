// Packages the extension for one platform, the compiler's binary included: `npm run package [-- <target>]`.
import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createVSIX } from '@vscode/vsce';

const require = createRequire(import.meta.url);
const native = join('dist', 'native');
const target = process.argv[2] ?? `${process.platform}-${process.arch}`;
const { version } = JSON.parse(await readFile('package.json', 'utf8'));
const packagePath = `asynclint-${target}-${version}.vsix`;

await rm(native, { recursive: true, force: true });
try {
  await copyCompiler();
  // vsce builds first: `vscode:prepublish`.
  await createVSIX({
    target,
    packagePath,
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
} finally {
  await rm(native, { recursive: true, force: true });
}
const { size } = await stat(packagePath);
console.log(`${packagePath}: ${(size / 1e6).toFixed(1)} MB`);

/** Puts binary, library declarations, licence and notice where the language server looks first. */
async function copyCompiler() {
  const source = await compilerPackage();
  await cp(join(source, 'lib'), join(native, 'lib'), { recursive: true });
  for (const file of (await readdir(source)).filter((name) => /^(LICENSE|NOTICE)/.test(name))) {
    await cp(join(source, file), join(native, file));
  }
}

/** The folder of the platform's compiler: installed on this platform, else fetched from the registry. */
async function compilerPackage() {
  const name = `@typescript/typescript-${target}`;
  try {
    return dirname(require.resolve(`${name}/package.json`));
  } catch {
    const folder = await mkdtemp(join(tmpdir(), 'asynclint-'));
    const { dependencies } = JSON.parse(await readFile('package.json', 'utf8'));
    const spec = `${name}@${dependencies.typescript}`;
    const pack = ['pack', spec, '--silent', '--pack-destination', folder];
    const archive = execFileSync('npm', pack, { encoding: 'utf8' }).trim();
    execFileSync('tar', ['-xzf', join(folder, archive), '-C', folder]);
    return join(folder, 'package');
  }
}
