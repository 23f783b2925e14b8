/** Calls that say again what an earlier one of their file says. */
import * as ast from '#ast';
import { collect } from '../shape/syntax.ts';
import { calledName } from './blocking.ts';

type Call = ast.CallExpression | ast.NewExpression;

/** Finds calls by the name of what they call; each file is looked through once. */
export class Repeats {
  readonly #byName = new Map<ast.SourceFile, ReadonlyMap<string, readonly Call[]>>();

  /** The calls of the same name that stand before a call in its file. */
  before(call: Call): readonly Call[] {
    const name = calledName(call.expression)?.text ?? '';
    const alike = this.#callsIn(call.getSourceFile()).get(name) ?? [];
    return alike.filter((one) => one.pos < call.pos);
  }

  #callsIn(file: ast.SourceFile): ReadonlyMap<string, readonly Call[]> {
    const known = this.#byName.get(file);
    if (known !== undefined) return known;
    const found = new Map<string, Call[]>();
    for (const call of collect(file, isCall, { intoFunctions: true })) {
      const name = calledName(call.expression)?.text;
      if (name !== undefined) found.set(name, [...(found.get(name) ?? []), call]);
    }
    this.#byName.set(file, found);
    return found;
  }
}

function isCall(node: ast.Node): node is Call {
  return ast.isCallExpression(node) || ast.isNewExpression(node);
}
