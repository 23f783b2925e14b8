import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The compiler's binary for this platform is not on disk. */
export class MissingCompiler extends Error {
  override readonly name = 'MissingCompiler';
}

/**
 * Finds the native compiler: beside the bundle when it was packaged with it, else in the
 * platform package that npm installs with `typescript`.
 * @throws {MissingCompiler} with the remedy, when neither is there.
 */
export function findCompiler(): string {
  const binary = process.platform === 'win32' ? 'tsc.exe' : 'tsc';
  const here = dirname(fileURLToPath(import.meta.url));
  const packaged = join(here, 'native', 'lib', binary);
  if (existsSync(packaged)) return packaged;
  const platform = `@typescript/typescript-${process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  for (const from of [undefined, typescriptFolder(require)]) {
    const installed = resolveFrom(require, `${platform}/package.json`, from);
    if (installed === undefined) continue;
    const path = join(dirname(installed), 'lib', binary);
    if (existsSync(path)) return path;
  }
  throw new MissingCompiler(
    `The TypeScript compiler for ${process.platform}-${process.arch} is not installed (${platform}). ` +
      'Install without `--omit=optional` / `--no-optional`, and on the platform that runs it.',
  );
}

/** What tells one compiler from another: its version, or when and how it was made if it was taken out of its package. */
export function compilerVersion(executable = findCompiler()): string {
  try {
    const manifest = readFileSync(join(dirname(executable), '..', 'package.json'), 'utf8');
    return /"version":\s*"([^"]+)"/.exec(manifest)?.[1] ?? manifest;
  } catch {
    const { size, mtimeMs } = statSync(executable);
    return `${size} ${mtimeMs}`;
  }
}

function typescriptFolder(require: NodeJS.Require): string | undefined {
  const manifest = resolveFrom(require, 'typescript/package.json', undefined);
  return manifest === undefined ? undefined : dirname(manifest);
}

function resolveFrom(
  require: NodeJS.Require,
  request: string,
  from: string | undefined,
): string | undefined {
  try {
    return require.resolve(request, from === undefined ? undefined : { paths: [from] });
  } catch {
    return undefined;
  }
}
