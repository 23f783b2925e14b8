/** Which calls compute for as long as their input is large. */
import * as ast from '#ast';
import { COMPUTING, COMPUTING_NAMES, type ComputingApi, findComputing } from '#catalog';
import type { Calls } from '../names/calls.ts';
import { modulesIn } from '../names/modules.ts';
import type { Origins } from '../names/origins.ts';
import { unwrap } from '../shape/syntax.ts';
import { isSmall } from './costs.ts';

/** A call that computes. */
export interface ComputingCall {
  readonly call: ast.CallExpression | ast.NewExpression;
  /** The name that says so, in the code. */
  readonly name: ast.Node;
  readonly api: ComputingApi;
}

const MODULES = new Set(COMPUTING.map(({ module }) => module));

/** Members of types, by the last part of their name: `XMLParser.parse`. */
const MEMBERS = new Set(
  COMPUTING.filter(({ name }) => /^[A-Z]\w*\.\w+$/.test(name)).map(({ name }) => lastOf(name)),
);

/** Finds calls that compute. */
export class Computing {
  readonly #calls: Calls;
  readonly #origins: Origins;
  readonly #speaking = new Map<ast.SourceFile, boolean>();

  constructor(calls: Calls, origins: Origins) {
    this.#calls = calls;
    this.#origins = origins;
  }

  /** The call as one that computes; nothing when it does not, when it has little to do, or when nobody knows. */
  of(call: ast.CallExpression | ast.NewExpression): ComputingCall | undefined {
    const callee = unwrap(call.expression);
    const name = ast.isPropertyAccessExpression(callee) ? callee.name : callee;
    if (!this.isCandidate(call) || happensElsewhere(call)) return undefined;
    const api = this.#apiOf(callee);
    if (api === undefined || isSmall(call.arguments?.[0], this.#origins)) return undefined;
    return { call, name, api };
  }

  #apiOf(callee: ast.Expression): ComputingApi | undefined {
    const origin = this.#calls.origin(callee);
    const byOrigin = origin && findComputing(origin.module, origin.name);
    if (byOrigin !== undefined) return byOrigin;
    if (!ast.isPropertyAccessExpression(callee) || !MEMBERS.has(callee.name.text)) return undefined;
    const resolved = this.#calls.resolved(callee);
    return resolved && findComputing(resolved.module, resolved.name);
  }

  /** Whether a call could compute, by its name and by the modules that its file speaks of: cheap. */
  isCandidate(call: ast.CallExpression | ast.NewExpression): boolean {
    const callee = unwrap(call.expression);
    if (ast.isPropertyAccessExpression(callee) && callee.name.text === 'toDataURL') return true;
    if (!this.#speaks(call.getSourceFile())) return false;
    if (ast.isIdentifier(callee)) return true;
    return ast.isPropertyAccessExpression(callee) && COMPUTING_NAMES.has(callee.name.text);
  }

  #speaks(file: ast.SourceFile): boolean {
    let speaks = this.#speaking.get(file);
    if (speaks === undefined) {
      speaks = [...modulesIn(file)].some((module) => MODULES.has(module));
      this.#speaking.set(file, speaks);
    }
    return speaks;
  }
}

/** `Papa.parse(text, { worker: true })`, `Papa.parse(file, { step })` and their like work in pieces. */
function happensElsewhere(call: ast.CallExpression | ast.NewExpression): boolean {
  const options = call.arguments?.[1]?.getText() ?? '';
  return /\b(worker|download|async): true\b|\b(step|chunk)\b/.test(options);
}

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
