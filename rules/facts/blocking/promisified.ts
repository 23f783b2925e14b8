/** Functions with a callback that a file has made into functions with a promise already. */
import * as ast from '#ast';
import type { Callee, Calls } from '../names/calls.ts';

/** `compress` for `const compress = promisify(gzip)` at the top level. */
export function promisifiedAs(
  module: string,
  name: string,
  at: ast.Node,
  calls: Calls,
): string | undefined {
  for (const statement of at.getSourceFile().statements) {
    if (!ast.isVariableStatement(statement)) continue;
    for (const declaration of statement.declarationList.declarations) {
      if (!ast.isIdentifier(declaration.name)) continue;
      const source = declaration.initializer && promisifiedIn(declaration.initializer, calls);
      if (source?.module !== module || source.name !== name) continue;
      const { text } = declaration.name;
      if (calls.scopes.lookup(text, at)?.declaration === declaration) return text;
    }
  }
  return undefined;
}

function promisifiedIn(value: ast.Expression, calls: Calls): Callee | undefined {
  if (!ast.isCallExpression(value) || value.typeArguments !== undefined) return undefined;
  const [argument] = value.arguments;
  const callee = calls.imported(value.expression);
  if (argument === undefined || callee?.name !== 'promisify') return undefined;
  return calls.imported(argument);
}
