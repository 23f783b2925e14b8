/** What modules are called, by the specifiers that import them and by the files that declare them. */
import * as ast from '#ast';
import { wordsIn } from '#program';

/** `fs` for `node:fs`; names that exist only with the scheme keep their meaning without it. */
export function plainModule(specifier: string): string {
  return specifier.startsWith('node:') ? specifier.slice(5) : specifier;
}

/** Whether a file is JavaScript, by its name. */
export function isScript(file: string): boolean {
  return /\.[cm]?jsx?$/.test(file);
}

/** Whether a specifier names a file of the project rather than a package. */
export function isRelative(specifier: string): boolean {
  return specifier.startsWith('.') || specifier.startsWith('/');
}

/** Whether the user's name for a module means this one; files go by the end of their path, extension or not. */
export function isModuleNamed(wanted: string, module: string): boolean {
  if (wanted === module) return true;
  if (module.startsWith('@')) return false;
  return withoutExtension(module).endsWith(`/${withoutExtension(wanted.replace(/^\.?\//, ''))}`);
}

function withoutExtension(path: string): string {
  return path.replace(/\.[cm]?[jt]sx?$/, '');
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

const NAMED_BY_FILE = new WeakMap<ast.SourceFile, ReadonlySet<string>>();

/** The modules that a file's text names in `import`, `export … from` and `require`; comments may add some. */
export function modulesIn(file: ast.SourceFile): ReadonlySet<string> {
  let named = NAMED_BY_FILE.get(file);
  if (named === undefined) {
    named = new Set(wordsIn(file).modules.map(plainModule));
    NAMED_BY_FILE.set(file, named);
  }
  return named;
}

const CORE =
  /^(node:)?(assert|async_hooks|buffer|child_process|cluster|crypto|dns|events|fs|http|http2|https|module|net|os|path|perf_hooks|process|querystring|readline|stream|timers|tls|tty|url|util|v8|vm|worker_threads|zlib)(\/\w+)?$/;

/** Whether a specifier names a module of Node itself. */
export function isCore(specifier: string): boolean {
  return CORE.test(specifier);
}

/** The literal in `require('fs')`. */
export function moduleRequired(value: ast.Expression): ast.StringLiteral | undefined {
  if (!ast.isCallExpression(value) || !ast.isIdentifier(value.expression)) return undefined;
  const [specifier] = value.arguments;
  if (value.expression.text !== 'require' || specifier === undefined) return undefined;
  return ast.isStringLiteral(specifier) ? specifier : undefined;
}

/** How a file would import another, ended as it ends its other imports; nothing where it has none to go by. */
export function relativeSpecifier(file: ast.SourceFile, other: string): string | undefined {
  const known = file.statements
    .filter(ast.isImportDeclaration)
    .map(({ moduleSpecifier }) => moduleSpecifier.getText().slice(1, -1))
    .find((specifier) => specifier.startsWith('.') && !/\.(?:json|css|svg)$/.test(specifier));
  if (known === undefined) return undefined;
  const ending = /\.[cm]?[jt]sx?$/.exec(known)?.[0] ?? '';
  const path = relativePath(file.fileName, other).replace(/\.([cm]?)[jt]sx?$/, '');
  return `${path}${ending.replace(/x$/, '')}`;
}

/** Whether a specifier may lead to a file, perhaps by way of a module that hands on what that exports. */
export function mayMean(specifier: string, from: string, file: string): boolean {
  if (isRelative(specifier)) {
    const parts = from.split('/').slice(0, -1);
    for (const part of specifier.split('/')) {
      if (part === '..') parts.pop();
      else if (part !== '.') parts.push(part);
    }
    return file.startsWith(`${parts.slice(0, -1).join('/')}/`);
  }
  const last = withoutExtension(specifier).split('/').at(-1) ?? specifier;
  return withoutExtension(file).split('/').includes(last);
}

function relativePath(from: string, to: string): string {
  const here = from.split('/').slice(0, -1);
  const there = to.split('/');
  let shared = 0;
  while (shared < here.length && here[shared] === there[shared]) shared++;
  const up = here.slice(shared).map(() => '..');
  return [...(up.length > 0 ? up : ['.']), ...there.slice(shared)].join('/');
}
