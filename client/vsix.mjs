// Packages the extension for one platform, the compiler's binary included: `npm run package [-- --target linux-arm64]`.
// `--target universal` leaves the binary out: for platforms without a package, see docs/editors.md.
import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { createVSIX } from '@vscode/vsce';

/** The compiler's platform by VS Code's target; its Linux binaries are static, so that Alpine takes them as well. */
const COMPILERS = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'linux-armhf': 'linux-arm',
  'alpine-x64': 'linux-x64',
  'alpine-arm64': 'linux-arm64',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
  'win32-x64': 'win32-x64',
  'win32-arm64': 'win32-arm64',
};
const UNIVERSAL = 'universal';

const require = createRequire(import.meta.url);
const native = join('dist', 'native');
const { values } = parseArgs({
  options: {
    target: { type: 'string', default: `${process.platform}-${process.arch}` },
    out: { type: 'string' },
  },
});
const { target } = values;
if (target !== UNIVERSAL && COMPILERS[target] === undefined) {
  console.error(`--target is one of ${[...Object.keys(COMPILERS), UNIVERSAL].join(', ')}.`);
  process.exit(2);
}
const { version, dependencies } = JSON.parse(await readFile('package.json', 'utf8'));
const packagePath = values.out ?? `asynclint-${target}-${version}.vsix`;

await rm(native, { recursive: true, force: true });
try {
  if (target !== UNIVERSAL) await copyCompiler(COMPILERS[target]);
  // vsce builds first: `vscode:prepublish`.
  await createVSIX({
    ...(target !== UNIVERSAL && { target }),
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
async function copyCompiler(platform) {
  const source = await compilerPackage(`@typescript/typescript-${platform}`);
  await cp(join(source, 'lib'), join(native, 'lib'), { recursive: true });
  for (const file of (await readdir(source)).filter((name) => /^(LICENSE|NOTICE)/.test(name))) {
    await cp(join(source, file), join(native, file));
  }
}

/** The folder of the platform's compiler: installed on this platform, else fetched from the registry. */
async function compilerPackage(name) {
  try {
    return dirname(require.resolve(`${name}/package.json`));
  } catch {
    const folder = await mkdtemp(join(tmpdir(), 'asynclint-'));
    const spec = `${name}@${dependencies.typescript}`;
    const pack = ['pack', spec, '--silent', '--pack-destination', folder];
    const archive = execFileSync('npm', pack, { encoding: 'utf8' }).trim();
    execFileSync('tar', ['-xzf', join(folder, archive), '-C', folder]);
    return join(folder, 'package');
  }
}
