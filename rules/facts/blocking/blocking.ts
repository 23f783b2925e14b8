/** Which calls keep the event loop standing, by the catalogue, the user's own entries, and functions named `xSync`. */
import * as ast from '#ast';
import {
  BLOCKING,
  BLOCKING_NAMES,
  type BlockingApi,
  findBlocking,
  namedApi,
  QUICK_SYNC,
} from '#catalog';
import type { ProjectSettings } from '#engine/settings.ts';
import type { Declaration } from '#program';
import type { Callee, Calls } from '../names/calls.ts';
import {
  isCore,
  isModuleNamed,
  isRelative,
  moduleOfPath,
  modulesIn,
  plainModule,
} from '../names/modules.ts';
import type { Siblings } from '../names/siblings.ts';
import { isFunctionExpression, unwrap } from '../shape/syntax.ts';

/** A call that blocks. */
export interface BlockingCall {
  readonly call: ast.CallExpression | ast.NewExpression;
  /** The name that says so, in the code. */
  readonly name: ast.Node;
  readonly api: BlockingApi;
  /** `sibling`: known only by its name and by the promise that what stands beside it returns. */
  readonly known: 'catalogue' | 'settings' | 'sibling';
}

/** Modules that the catalogue speaks of, with those types that are known by their members: `Statement.run`. */
const MODULES = new Set(BLOCKING.map(({ module }) => module));
const MEMBERS = new Map<string, Set<string>>();
for (const { module, name } of BLOCKING) {
  if (!/^[A-Z]\w*\.\w+$/.test(name) || module === 'global') continue;
  const last = lastOf(name);
  MEMBERS.set(last, (MEMBERS.get(last) ?? new Set()).add(module));
}

const NONE: ReadonlySet<string> = new Set();

/** `import a, { b as c } from 'm'`, `const d`, `let { e: f }`: what is imported or declared, by the text alone. */
const DECLARED =
  /\bimport\b([^;'"]*)\bfrom\s*['"]([^'"\n]+)['"]|\b(?:const|let|var)\s+(\{[^}=]*|[\w$]+)/g;

/** Words that may name something of the catalogue; a few too many do no harm. */
function localsIn(text: string): ReadonlySet<string> {
  const found = [...text.matchAll(DECLARED)].flatMap(([, imported, module, declared]) => {
    const isListed =
      module !== undefined && (MODULES.has(plainModule(module)) || isRelative(module));
    return (isListed ? imported : declared)?.match(/[\w$]+/g) ?? [];
  });
  return new Set(found);
}

/** Finds blocking calls. */
export class Blocking {
  readonly #calls: Calls;
  readonly #siblings: Siblings;
  readonly #own: readonly BlockingApi[];
  readonly #modules = new Map<ast.SourceFile, ReadonlySet<string>>();
  readonly #locals = new Map<ast.SourceFile, ReadonlySet<string>>();

  constructor(calls: Calls, siblings: Siblings, settings: ProjectSettings) {
    this.#calls = calls;
    this.#siblings = siblings;
    this.#own = settings.blocking.map(apiOfUser);
  }

  /** The call as one that blocks; nothing when it does not, or when nobody knows. */
  of(call: ast.CallExpression | ast.NewExpression): BlockingCall | undefined {
    const name = calledName(call.expression);
    if (name === undefined || !this.isCandidate(call)) return undefined;
    const found = this.#listed(call, name.text);
    if (found !== undefined) return happens(call, found.api) ? { call, name, ...found } : undefined;
    return this.#besidePromise(call, name);
  }

  /** Whether a call could block, by its name and by the modules that its file speaks of: cheap. */
  isCandidate(call: ast.CallExpression | ast.NewExpression): boolean {
    const name = calledName(call.expression)?.text;
    if (name === undefined) return false;
    if (this.mayName(name)) return true;
    return ast.isIdentifier(unwrap(call.expression)) && this.#localsOf(call).has(name);
  }

  /** Whether something that blocks may have this name where it is declared. */
  mayName(name: string): boolean {
    return name.endsWith('Sync') || BLOCKING_NAMES.has(name) || this.#isOwn(name);
  }

  /** Whether a call may block, by all that its own file tells: `require` left out, nothing asked of the compiler. */
  mayBlock(call: ast.CallExpression | ast.NewExpression): boolean {
    const name = calledName(call.expression)?.text;
    if (name === undefined || name === 'require' || !this.isCandidate(call)) return false;
    if (name.endsWith('Sync')) return true;
    const origin = this.#calls.origin(call.expression);
    if (origin !== undefined && this.#find(origin) !== undefined) return true;
    return this.#isWorthAsking(call, name, origin);
  }

  /** Whether there is a module of the catalogue among those that a file names. */
  speaksOfAny(modules: readonly string[]): boolean {
    return modules.some((module) => MODULES.has(plainModule(module)));
  }

  #listed(
    call: ast.CallExpression | ast.NewExpression,
    name: string,
  ): Pick<BlockingCall, 'api' | 'known'> | undefined {
    const origin = this.#calls.origin(call.expression);
    const byOrigin = origin && this.#find(origin);
    if (byOrigin !== undefined || !this.#isWorthAsking(call, name, origin)) return byOrigin;
    const resolved = this.#calls.resolved(call.expression);
    return resolved && this.#find(resolved);
  }

  /** Types are asked only of names that mean something by themselves, or in files that speak of the right module. */
  #isWorthAsking(call: ast.Node, name: string, origin: Callee | undefined): boolean {
    const isKnown =
      origin !== undefined && origin.module !== 'global' && MODULES.has(origin.module);
    if (isKnown) return false;
    if (name.endsWith('Sync') || this.#isOwn(name)) return true;
    if (name === 'open') return origin === undefined && isThirdFalse(call);
    const modules = MEMBERS.get(name);
    if (modules === undefined) return false;
    const here = this.#modulesOf(call);
    return [...modules].some((module) => here.has(module));
  }

  #find({ module, name }: Callee): Pick<BlockingCall, 'api' | 'known'> | undefined {
    const plain =
      module === 'global' ? name.replace(/^(window|self|globalThis|global)\./, '') : name;
    const own = this.#own.find((api) => isSame(api, module, plain));
    if (own !== undefined) return { api: own, known: 'settings' };
    const api =
      findBlocking(module, plain) ?? findBlocking(module, withoutNamespace(module, plain));
    return api && { api, known: 'catalogue' };
  }

  #isOwn(name: string): boolean {
    return this.#own.some((api) => lastOf(api.name) === name);
  }

  /** Names that may stand for something of the catalogue: imports of its modules, and every variable of such a file. */
  #localsOf(node: ast.Node): ReadonlySet<string> {
    const file = node.getSourceFile();
    let locals = this.#locals.get(file);
    if (locals === undefined) {
      locals = this.#modulesOf(node).size === 0 ? NONE : localsIn(file.text);
      this.#locals.set(file, locals);
    }
    return locals;
  }

  #modulesOf(node: ast.Node): ReadonlySet<string> {
    const file = node.getSourceFile();
    let modules = this.#modules.get(file);
    if (modules === undefined) {
      modules = new Set([...modulesIn(file)].filter((module) => MODULES.has(module)));
      this.#modules.set(file, modules);
    }
    return modules;
  }

  /**
   * A function of the project is no reason to worry before something in it is called `…Sync`, too; and its twin is
   * none if it only calls the function.
   */
  #isWorthIt(call: ast.CallExpression, name: string, twin: string): boolean {
    const own = this.#calls.declaration(call);
    if (own === undefined || !isSource(own.path)) return true;
    if (!/Sync\b/.test(bodyOf(own))) return false;
    const other = this.#siblings.declaration(call.expression, twin);
    return other === undefined || !isSource(other.path) || !bodyOf(other).includes(name);
  }

  /** `loadSync` beside a `load` that returns a promise and does not itself call `loadSync`. */
  #besidePromise(
    call: ast.CallExpression | ast.NewExpression,
    name: ast.Identifier | ast.StringLiteral | ast.MemberName,
  ): BlockingCall | undefined {
    const twin = /^(\w+)Sync$/.exec(name.text)?.[1];
    if (twin === undefined || !ast.isCallExpression(call)) return undefined;
    const callee = this.#calls.of(call);
    if (callee === undefined || QUICK_SYNC.has(callee.module)) return undefined;
    if (this.#siblings.returnsPromise(call.expression, twin) !== 'yes') return undefined;
    if (!this.#isWorthIt(call, name.text, twin)) return undefined;
    const api = namedApi(callee.module, callee.name, { twin });
    return { call, name, api, known: 'sibling' };
  }
}

/** Whether this call of the API is one that blocks. */
function happens(call: ast.CallExpression | ast.NewExpression, { when }: BlockingApi): boolean {
  const given = call.arguments ?? [];
  if (when === undefined) return true;
  if (when === 'third-is-false') return isThirdFalse(call);
  if (when === 'sync-option') return given.some((one) => /\bsync: true\b/.test(one.getText()));
  const last = given.at(-1);
  if (last === undefined) return true;
  if (given.some((one) => ast.isSpreadElement(one) || /\basync: true\b/.test(one.getText()))) {
    return false;
  }
  return !isFunctionExpression(unwrap(last)) && !isCallbackName(last);
}

function isThirdFalse(call: ast.Node): boolean {
  return ast.isCallExpression(call) && call.arguments[2]?.kind === ast.SyntaxKind.FalseKeyword;
}

/** A variable that is handed on as a callback is called like one. */
function isCallbackName(node: ast.Expression): boolean {
  return /^(cb|callback|done|next|resolve|\w+(Callback|Cb))$/.test(unwrap(node).getText());
}

/** Whether a file is the project's own, with bodies to look at. */
function isSource(path: string): boolean {
  return moduleOfPath(path) === path && !/\.d\.[cm]?ts$/.test(path);
}

function bodyOf(declaration: Declaration): string {
  return (
    declaration
      .node()
      ?.getText()
      .replace(/^[^{=]*/, '') ?? ''
  );
}

/** The name that something is called by, receivers left out. */
export function calledName(
  callee: ast.Expression,
): ast.Identifier | ast.StringLiteral | ast.MemberName | undefined {
  const at = unwrap(callee);
  if (ast.isIdentifier(at)) return at;
  if (ast.isPropertyAccessExpression(at)) return at.name;
  if (!ast.isElementAccessExpression(at)) return undefined;
  const key = unwrap(at.argumentExpression);
  return ast.isStringLiteral(key) ? key : undefined;
}

/** How a message speaks of a call: the called name; with its owner where it says little by itself: `which.sync`. */
export function spokenCall(call: ast.CallExpression | ast.NewExpression, name: ast.Node): string {
  const last = name.getText().replace(/['"]/g, '');
  const whole = /\w+\.\w+$/.exec(call.expression.getText())?.[0];
  return last.endsWith('Sync') ? last : (whole ?? last);
}

/** `src/files.ts#loadAll` or `some-package#run`: nothing is known but that it blocks; `#loadAll>load` names a twin. */
function apiOfUser(entry: string): BlockingApi {
  const hash = entry.lastIndexOf('#');
  const module = hash === -1 ? 'global' : entry.slice(0, hash).replace(/^node:/, '');
  const [name = '', twin] = entry.slice(hash + 1).split('>');
  return namedApi(module, name, { until: 'it returns', ...(twin && { twin }) });
}

function isSame(api: BlockingApi, module: string, name: string): boolean {
  return api.name === name && isModuleNamed(api.module, module);
}

/** `export = which` is declared as a namespace of the same name: `which.sync` is `sync`. Node's modules have real ones. */
function withoutNamespace(module: string, name: string): string {
  const isOfPackage = module !== 'global' && !isCore(module);
  return isOfPackage && /^\w+\.\w+$/.test(name) ? lastOf(name) : name;
}

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
