/**
 * How a blocking call becomes a call of its twin, which returns a promise of the same. Refused wherever arguments,
 * options or result would mean something else.
 */
import * as ast from '#ast';
import type { BlockingApi, Twin } from '#catalog';
import { edit } from '#engine/edit.ts';
import type { Edit } from '#engine/finding.ts';
import type { Program } from '#program';
import type { Calls } from '../names/calls.ts';
import { importing, type Wanted } from '../names/import-edits.ts';
import { moduleTextOf, specifierOf } from '../names/imports.ts';
import { plainModule } from '../names/modules.ts';
import type { Siblings } from '../names/siblings.ts';
import type { Promises } from '../promises/promises.ts';
import { isInOptionalChain, unwrap } from '../shape/syntax.ts';
import type { BlockingCall } from './blocking.ts';
import { promisifiedAs } from './promisified.ts';
import {
  absenceEdits,
  bytesEdit,
  isDescriptor,
  isTurnedToText,
  optionsFit,
  readsFromError,
  unsyncEdits,
} from './twin-arguments.ts';

/** A call made into one that returns a promise. */
export interface Rewrite {
  /** What is called then: `fs.promises.readFile`. */
  readonly called: string;
  /** They touch the callee, the arguments and the imports; what comes after the call may be put there first. */
  readonly edits: readonly Edit[];
  /** What of the promise's value is the result, where it is not all of it: `stdout`. */
  readonly member?: 'stdout';
  /** What makes a promise of the call's value, where that is none. */
  readonly through?: 'Array.fromAsync';
}

/** What has to be asked. */
export interface Sources {
  readonly program: Program;
  readonly calls: Calls;
  readonly promises: Promises;
  readonly siblings: Siblings;
}

type Call = ast.CallExpression;

/** The call of the twin; nothing when there is no twin, or when it would not do the same. */
export function twinCall(blocking: BlockingCall, sources: Sources): Rewrite | undefined {
  const { call, api } = blocking;
  const { twin } = api;
  // `fs?.readFileSync(…)`: a promise or nothing at all is another thing to wait for.
  if (twin === undefined || !ast.isCallExpression(call) || isInOptionalChain(call))
    return undefined;
  if (readsFromError(call, api.thrown)) return undefined;
  if (twin.way === 'promises' && twin.absent) {
    const rewrite = orNothing(call, api, twin.name, sources);
    if (rewrite !== undefined) return rewrite;
  }
  if (!optionsFit(call, api.lacks, sources)) return undefined;
  switch (twin.way) {
    case 'promises':
      return isDescriptor(call, sources) ? undefined : ofPromises(call, api, twin.name, sources);
    case 'collect':
      return collected(call, api, twin.name, sources);
    case 'disposable':
      return kept(call, api, twin.name, sources);
    case 'option':
      return unsynced(call, twin.name);
    case 'value':
      return ofValue(call, twin.name, sources);
    case 'access':
      return existence(call, api, sources);
    case 'sibling':
      return beside(call, blocking, twin.name, sources);
    case 'promisify':
      return promisified(call, twin, sources);
    case 'output':
      return output(call, twin.name, sources);
    case 'factory':
      return ofOtherFactory(call, twin.name, sources);
  }
}

/** `fs.readFileSync` → `fs.promises.readFile`; `readFileSync` → `readFile`, imported from `fs/promises`. */
function ofPromises(
  call: Call,
  api: BlockingApi,
  name: string,
  sources: Sources,
): Rewrite | undefined {
  const { calls, program } = sources;
  const made = promisifiedAs(api.module, name, call, calls);
  if (made !== undefined) {
    return { called: made, edits: [edit.replace(unwrap(call.expression), made)] };
  }
  const owner = ownerOf(call.expression, api.name.split('.').length);
  if (owner !== undefined && !isModule(owner, api.module, calls)) {
    // An object that stands for `fs` was put there by somebody, who may want it used.
    const type = program.query.typeAt(owner);
    if (type === undefined || !program.query.property(type, 'promises')) return undefined;
  }
  if (owner !== undefined) return member(call, owner, `promises.${name}`);
  return byImport(call, { module: 'fs/promises', name, alias: `${name}Async` }, sources);
}

/** `existsSync(p)` → `access(p).then(() => true, () => false)`. */
function existence(call: Call, api: BlockingApi, sources: Sources): Rewrite | undefined {
  const rewrite = ofPromises(call, api, 'access', sources);
  if (rewrite === undefined || call.arguments.length !== 1) return undefined;
  const answered = edit.after(call, '.then(() => true, () => false)');
  return { ...rewrite, edits: [...rewrite.edits, answered] };
}

/** `statSync(p, { throwIfNoEntry: false })` → `stat(p)`, which gives nothing where it rejects for want of an entry. */
function orNothing(
  call: Call,
  api: BlockingApi,
  name: string,
  sources: Sources,
): Rewrite | undefined {
  const edits = absenceEdits(call);
  const rewrite = edits && ofPromises(call, api, name, sources);
  return rewrite && { ...rewrite, edits: [...rewrite.edits, ...edits] };
}

/** `fs.globSync(p)` → `Array.fromAsync(fs.promises.glob(p))`, where there is such a function. */
function collected(
  call: Call,
  api: BlockingApi,
  name: string,
  sources: Sources,
): Rewrite | undefined {
  const { query } = sources.program;
  const array = query.global('Array');
  const type = array && query.typeOf(array);
  if (type === undefined || !query.property(type, 'fromAsync')) return undefined;
  const rewrite = ofPromises(call, api, name, sources);
  return rewrite && { ...rewrite, through: 'Array.fromAsync' };
}

/** `using folder = mkdtempDisposableSync(p)` → `await using folder = …`; elsewhere nobody disposes of it as it must be. */
function kept(call: Call, api: BlockingApi, name: string, sources: Sources): Rewrite | undefined {
  const list = ast.isVariableDeclaration(call.parent) ? call.parent.parent : undefined;
  const kind = list && list.flags & ast.NodeFlags.BlockScoped;
  if (list === undefined || kind !== ast.NodeFlags.Using) return undefined;
  const rewrite = ofPromises(call, api, name, sources);
  return rewrite && { ...rewrite, edits: [...rewrite.edits, edit.before(list, 'await ')] };
}

/** `tar.x({ file, sync: true })` → `tar.x({ file })`. */
function unsynced(call: Call, option: string): Rewrite | undefined {
  const edits = unsyncEdits(call, option);
  return edits && { called: call.expression.getText(), edits };
}

/** `Atomics.wait(…)` → `Atomics.waitAsync(…).value`. */
function ofValue(call: Call, name: string, sources: Sources): Rewrite | undefined {
  if (sources.siblings.declaration(call.expression, name) === undefined) return undefined;
  const rewrite = renamed(call, name, sources);
  return rewrite && { ...rewrite, edits: [...rewrite.edits, edit.after(call, '.value')] };
}

/** `fse.readJsonSync` → `fse.readJson`; `which.sync` → `which`. */
function beside(
  call: Call,
  { api, known }: BlockingCall,
  name: string,
  sources: Sources,
): Rewrite | undefined {
  const { siblings } = sources;
  const isPromise = siblings.returnsPromise(call.expression, name);
  if (isPromise !== 'yes' && !(isPromise === 'unknown' && api.module === 'global'))
    return undefined;
  if (known === 'sibling' && !siblings.givesTheSame(call.expression, name)) return undefined;
  return renamed(call, name, sources);
}

/** Calls what stands beside the callee: in its object, its module or its file. */
function renamed(call: Call, name: string, sources: Sources): Rewrite | undefined {
  const { calls } = sources;
  const callee = unwrap(call.expression);
  const owner = ownerOf(callee, 1);
  if (owner !== undefined) return member(call, owner, name);
  if (name === '' || !ast.isIdentifier(callee)) return undefined;
  const module = moduleTextOf(specifierOf(callee, calls)?.parent)?.text;
  if (module !== undefined) {
    return byImport(call, { module: plainModule(module), name, alias: `${name}Async` }, sources);
  }
  const isLocal = calls.scopes.lookup(name, call)?.scope === calls.scopes.of(callee)?.scope;
  return isLocal ? { called: name, edits: [edit.replace(callee, name)] } : undefined;
}

/** `crypto.scryptSync` → `promisify(crypto.scrypt)`. */
function promisified(
  call: Call,
  twin: Extract<Twin, { way: 'promisify' }>,
  sources: Sources,
): Rewrite | undefined {
  // Of several overloads `promisify` keeps one; plain JavaScript does not mind.
  const isTyped = /\.[cm]?tsx?$/.test(call.getSourceFile().fileName);
  const most = isTyped ? (twin.arguments ?? call.arguments.length) : call.arguments.length;
  return call.arguments.length > most ? undefined : throughPromisify(call, twin.name, sources);
}

/** `execSync(c)` → `promisify(exec)(c)`, whose value holds the output, as text unless it is told otherwise. */
function output(call: Call, name: string, sources: Sources): Rewrite | undefined {
  const rewrite = throughPromisify(call, name, sources);
  if (rewrite === undefined) return undefined;
  if (ast.isExpressionStatement(call.parent)) return rewrite;
  const bytes = isTurnedToText(call) ? [] : bytesEdit(call);
  return bytes && { ...rewrite, edits: [...rewrite.edits, ...bytes], member: 'stdout' };
}

/** `cosmiconfigSync(x).search()` → `cosmiconfig(x).search()`. */
function ofOtherFactory(call: Call, name: string, sources: Sources): Rewrite | undefined {
  const callee = unwrap(call.expression);
  if (!ast.isPropertyAccessExpression(callee)) return undefined;
  const factory = unwrap(callee.expression);
  if (!ast.isCallExpression(factory) || isInOptionalChain(factory)) return undefined;
  return renamed(factory, name, sources);
}

/** The promisified function: a constant that the file has already, or `promisify(…)` on the spot. */
function throughPromisify(call: Call, name: string, sources: Sources): Rewrite | undefined {
  const { calls } = sources;
  const callee = unwrap(call.expression);
  const { module, name: own } = calls.of(call) ?? {};
  if (module === undefined) return undefined;
  const made = promisifiedAs(module, name, call, calls);
  if (made !== undefined) return { called: made, edits: [edit.replace(callee, made)] };
  const promisify = importing(
    { module: 'util', name: 'promisify', alias: 'toPromise' },
    call,
    calls,
  );
  const owner = ownerOf(callee, 1);
  if (promisify === undefined || (owner && !isModule(owner, module, calls))) return undefined;
  const isOwn = owner !== undefined || own === name;
  const twin = isOwn
    ? { local: owner ? `${owner.getText()}.${name}` : callee.getText(), edits: [] }
    : importing(
        { module, name, alias: `${name}Callback` },
        call,
        calls,
        specifierOf(callee, calls),
      );
  if (twin === undefined) return undefined;
  const called = `${promisify.local}(${twin.local})`;
  return { called, edits: [...promisify.edits, ...twin.edits, edit.replace(callee, called)] };
}

/** The expression before the last names of a callee; nothing when it has no more names than these. */
function ownerOf(callee: ast.Expression, names: number): ast.Expression | undefined {
  let at = unwrap(callee);
  for (let left = names; left > 0; left--) {
    if (!ast.isPropertyAccessExpression(at) && !ast.isElementAccessExpression(at)) return undefined;
    at = left === 1 ? at.expression : unwrap(at.expression);
  }
  return at;
}

/** Puts other names behind the owner of a callee. */
function member(call: Call, owner: ast.Expression, path: string): Rewrite {
  const callee = unwrap(call.expression);
  const name = path === '' ? '' : `.${path}`;
  const called = ast.isIdentifier(owner) ? `${owner.text}${name}` : path;
  return { called, edits: [edit.range(callee, owner.end, callee.end, name)] };
}

/** Puts an imported name in place of a callee. */
function byImport(call: Call, wanted: Wanted, { calls }: Sources): Rewrite | undefined {
  const found = importing(wanted, call, calls, specifierOf(unwrap(call.expression), calls));
  if (found === undefined) return undefined;
  const { local } = found;
  return { called: local, edits: [...found.edits, edit.replace(unwrap(call.expression), local)] };
}

/** Whether an expression is the module itself. */
function isModule(owner: ast.Expression, module: string, calls: Calls): boolean {
  const origin = calls.origin(owner);
  return origin?.module === module && origin.name === 'default';
}
