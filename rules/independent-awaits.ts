import * as ast from '#ast';
import { defineRule, type Fix, fittingMessage } from '#engine';
import {
  type AwaitStatement,
  awaitsBeside,
  describeEffects,
  type Facts,
  type Series,
  statementsFrom,
  unwrap,
  type ValueAwaits,
} from '#facts';

/**
 * Each `await` holds everything below it back until its promise is settled. Where what is below needs nothing of it, the
 * waiting times add up for no reason: started together, both are done when the slower one is. Reported is only what is
 * proved: no value flows between them, they touch nothing in common that either changes, and what would start earlier
 * only reads.
 */
export default defineRule({
  id: 'independent-awaits',
  family: 'sequential',
  severity: 'warning',
  preset: 'recommended',
  summary: 'Awaits run one after the other although none needs what another gives.',
  advice: 'Start them together: `const [a, b] = await Promise.all([f(), g()])`.',
  options: {
    likely: {
      description:
        'Whether calls that nobody knows count as what their names say (`loadUser` reads), reported as likely.',
      default: false,
    },
    tests: {
      description: 'Whether the bodies of tests are looked into as well.',
      default: false,
    },
  },

  visit: {
    AwaitExpression(node, { facts, options, report }) {
      const statements = statementsFrom(node);
      const value = awaitsBeside(node);
      const parts = value?.awaits[0]?.await === node ? value : undefined;
      if (statements.length < 2 && parts === undefined) return;
      if (!options.tests && facts.isInTest(node)) return;
      const proved = seriesIn(statements, parts, facts.proved);
      const likely = options.likely ? seriesIn(statements, parts, facts.likely) : [];

      for (const series of proved) report(placeOf(series), reportOf(series, facts));
      for (const series of likely.filter((one) => !proved.some((other) => overlap(one, other)))) {
        const certainty = { certainty: 'likely', severity: 'information' } as const;
        report(placeOf(series), { ...reportOf(series, facts, true), ...certainty });
      }
    },
  },
});

/** The series among the statements of a block, and the one that the parts of a value make. */
function seriesIn(
  statements: readonly ast.Statement[],
  parts: ValueAwaits | undefined,
  independence: Facts['proved'],
): readonly Series[] {
  const value = parts && independence.inValue(parts);
  return [...independence.in(statements), ...(value ? [value] : [])];
}

function overlap(a: Series, b: Series): boolean {
  return a.awaits.some((one) => b.awaits.some((other) => other.statement === one.statement));
}

/** `await` and whom it calls, on one line. */
function placeOf({ awaits: [first] }: Series): { from: ast.Node; to: ast.Node } {
  if (first === undefined) throw new TypeError('A series has awaits.');
  let to: ast.Expression = first.call.expression;
  while (to.getText().includes('\n') && isChained(to)) to = to.expression;
  return { from: first.await, to };
}

function isChained(
  node: ast.Expression,
): node is ast.PropertyAccessExpression | ast.CallExpression {
  return ast.isPropertyAccessExpression(node) || ast.isCallExpression(node);
}

function reportOf(series: Series, facts: Facts, likely = false) {
  const [, ...others] = series.awaits.flatMap((one) => one.calls.map((call) => ({ one, call })));
  return {
    message: messageFor(series),
    related: others.map(({ one, call }) => {
      const does = describeEffects(facts.effectsOf(call, { likely }));
      return { node: call, message: reasonFor(one, series, does) };
    }),
    fixes: () => [together(series, facts), settled(series, facts)],
  };
}

function messageFor({ awaits, waves }: Series): string {
  const chain = `longest chain ${waves.length}.`;
  const names = namesOf(awaits).slice(0, 2).join(', ');
  const more = awaits.length > 2 ? ', …' : '';
  return fittingMessage(
    `${awaits.length} awaits in series could overlap (${names}${more}): ${chain}`,
    `${awaits.length} awaits in series could overlap: ${chain}`,
  );
}

function reasonFor(one: AwaitStatement, { awaits, waves }: Series, does: string): string {
  const wave = waves.find((some) => some.includes(one)) ?? [];
  const beside = wave.find((other) => other !== one);
  if (beside === undefined) return `Needs what comes before; it ${does}.`;
  return `Could run beside ${namesOf(awaits)[awaits.indexOf(beside)]}: it ${does}.`;
}

/** What awaits are told apart by: whom they call; where they call the same, what they give, if all of it has a name. */
function namesOf(awaits: readonly AwaitStatement[]): readonly string[] {
  const called = awaits.map(calleeOf);
  if (new Set(called).size === called.length) return called;
  const given = awaits.map(resultOf);
  return given.every((name) => name !== undefined) ? given : called;
}

/** `users` of `const users = await …`, `first` of `const [first] = await …`. */
function resultOf({ target }: AwaitStatement): string | undefined {
  if (target.kind === 'part') return target.key && `\`${target.key}\``;
  if (target.kind !== 'declaration') return undefined;
  let { name } = target.declaration;
  while (!ast.isIdentifier(name)) {
    const [first] = name.elements;
    if (first?.name === undefined) return undefined;
    name = first.name;
  }
  return `\`${name.text}\``;
}

function calleeOf({ call }: AwaitStatement): string {
  const callee = unwrap(call.expression);
  if (ast.isIdentifier(callee)) return `\`${callee.text}\``;
  if (!ast.isPropertyAccessExpression(callee)) return 'a call';
  const isStatic = callee.expression.getText() === 'Promise';
  return `\`${isStatic ? callee.getText() : callee.name.text}\``;
}

/** The same with `Promise.allSettled`, and the failures told in the order of the code. */
function settled(series: Series, { seriesFixes }: Facts): Fix | undefined {
  const edits = seriesFixes.settled(series);
  return (
    edits && {
      id: 'all-settled',
      title: 'Start them together and wait for all, also after a failure',
      kind: 'suggested',
      edits,
    }
  );
}

/** Makes `const a = await f(); const b = await g();` into `const [a, b] = await Promise.all([f(), g()]);`. */
function together(series: Series, { seriesFixes }: Facts): Fix | undefined {
  const edits = seriesFixes.gathered(series);
  return (
    edits && {
      id: 'promise-all',
      title: 'Start them together with `Promise.all`',
      kind: 'suggested',
      edits,
    }
  );
}
