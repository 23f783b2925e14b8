/** What modules are called, by the specifiers that import them and by the files that declare them. */

/** `fs` for `node:fs`; names that exist only with the scheme keep their meaning without it. */
export function plainModule(specifier: string): string {
  return specifier.startsWith('node:') ? specifier.slice(5) : specifier;
}

/** Whether a specifier names a file of the project rather than a package. */
export function isRelative(specifier: string): boolean {
  return specifier.startsWith('.') || specifier.startsWith('/');
}

/**
 * The package or core module that a declaration file belongs to; `global` for the compiler's own libraries; the path
 * itself for files of the project.
 */
export function moduleOfPath(path: string): string {
  if (path.startsWith('bundled:') || /\/lib\.[\w.]+\.d\.ts$/.test(path)) return 'global';
  const at = path.lastIndexOf('/node_modules/');
  if (at === -1) return path;
  const rest = path.slice(at + '/node_modules/'.length);
  const core = /^@types\/node\/(?:ts[\d.]+\/)?(.+?)\.d\.[cm]?ts$/.exec(rest)?.[1];
  if (core !== undefined) {
    return core === 'globals' || core.startsWith('web-globals/') ? 'global' : core;
  }
  const parts = rest.split('/');
  if (parts[0] === '@types') return untyped(parts[1] ?? '');
  return parts[0]?.startsWith('@') ? `${parts[0]}/${parts[1]}` : (parts[0] ?? path);
}

/** `@babel/core` for `@types/babel__core`. */
function untyped(name: string): string {
  return name.includes('__') ? `@${name.replace('__', '/')}` : name;
}
