import assert from 'node:assert/strict';
import * as ast from '#ast';
import { type Edge, graphOf, isFunction, reached, type Step } from '#facts';
import { Compiler } from '#program';
import { scratch, TSCONFIG } from '../support/scratch.ts';

/**
 * Code, and its graph: from each step that can be come to, in the order of the code, the steps that it leads to. `?` marks a
 * question with two answers, `~` a disposal, `@` the head of a loop. Throws out of the function are drawn where the
 * drawing has any.
 */
const DRAWINGS: readonly (readonly [title: string, code: string, drawing: string])[] = [
  ['runs in order, operands first', 'f(g(), h)', 'start → g() → f(g(), h) → end'],
  ['counts what throws', 'f(); x = y.z', 'start → f() → x = y.z → end; f() →throw thrown'],
  [
    'takes one branch or the other',
    'if (a && !f()) g(); else h(); i()',
    'start → a? →yes f() → f()? →no g() → i() → end; a? →no h(); f()? →yes h() → i()',
  ],
  [
    'evaluates the right side of `||` and `??` where it is needed',
    'x = a || f(); y = b ?? g()',
    'start → a? →yes x = a || f() → b? →yes y = b ?? g() → end; a? →no f() → x = a || f(); b? →no g() → y = b ?? g()',
  ],
  [
    'assigns only where it has to',
    'x ??= f()',
    'start → x? →yes end; x? →no f() → x ??= f() → end',
  ],
  [
    'cuts an optional chain short',
    'a?.b(f())?.c(g()); h()',
    'start → a? →yes f() → a?.b(f()) → a?.b(f())? →yes g() → a?.b(f())?.c(g()) → h() → end; ' +
      'a? →no h(); a?.b(f())? →no h()',
  ],
  [
    'chooses a value',
    'x = a ? f() : g()',
    'start → a? →yes f() → x = a ? f() : g() → end; a? →no g() → x = a ? f() : g()',
  ],
  [
    'gives defaults where there is nothing',
    'const { a = f() } = x',
    'start → a = f()? →yes { a = f() } = x → end; a = f()? →no f() → { a = f() } = x',
  ],
  [
    'goes round `while`',
    'while (a) { if (b) break; if (c) continue; f(); } g()',
    'start → @ → a? →yes b? →yes g() → end; a? →no g(); b? →no c? →yes @; c? →no f() → @',
  ],
  ['never leaves `while (true)` by itself', 'while (true) f()', 'start → @ → f() → @'],
  [
    'goes through `do` once at least',
    'do { f(); } while (a); g()',
    'start → @ → f() → a? →yes @; a? →no g() → end',
  ],
  [
    'goes round `for`',
    'for (i = 0; a; f()) { if (b) continue; g(); }',
    'start → i = 0 → @ → a? →yes b? →yes f() → @; a? →no end; b? →no g() → f()',
  ],
  [
    'goes round `for…of`',
    'for (const x of f()) g(x); h()',
    'start → f() → for? →yes x → g(x) → for?; for? →no h() → end',
  ],
  [
    'jumps to labels',
    'outer: for (;;) { for (;;) { if (a) continue outer; if (b) break outer; f(); } } g()',
    'start → @ → @ → a? →yes @; a? →no b? →yes g() → end; b? →no f() → @',
  ],
  [
    'leaves a labelled block',
    'here: { if (a) break here; f(); } g()',
    'start → a? →yes g() → end; a? →no f() → g()',
  ],
  [
    'falls through the cases of a switch',
    'switch (a) { case 1: f(); case f2(): g(); break; default: h(); } i()',
    'start → 1? →yes f() → g() → i() → end; 1? →no f2() → f2()? →yes g(); f2()? →no h() → i()',
  ],
  [
    'asks the default of a switch last, wherever it stands',
    'switch (a) { default: f(); case 1: g(); } h()',
    'start → 1? →yes g() → h() → end; 1? →no f() → g()',
  ],
  [
    'passes a switch without a default',
    'switch (a) { case 1: return f(); } g()',
    'start → 1? →yes f() → return f() → end; 1? →no g() → end',
  ],
  [
    'throws to `catch`',
    'try { f(); g(); } catch { h(); } i()',
    'start → f() → g() → i() → end; f() →throw h() → i(); g() →throw h()',
  ],
  [
    'comes through `finally` whatever happens, and goes on as it was going',
    'try { if (a) return; f(); } finally { g(); } h()',
    'start → a? →yes return → g() → end; a? →no f() → g() → h() → end; f() →throw g() → thrown',
  ],
  [
    'comes through every `finally` on its way out of a loop',
    'for (;;) { try { try { break; } finally { f(); } } finally { g(); } } h()',
    'start → @ → f() → g() → h() → end; f() →throw g() → thrown',
  ],
  [
    'throws out of `catch` through `finally`',
    'try { throw a; } catch { throw b; } finally { f(); }',
    'start → throw a →throw throw b →throw f() → thrown',
  ],
  [
    'returns from `finally` after all',
    'try { throw a; } finally { return; }',
    'start → throw a →throw return → end',
  ],
  [
    'disposes at the end of the block',
    '{ using x = f(); if (a) return; g(); } h()',
    'start → f() → x = f() → a? →yes return → ~ → end; a? →no g() → ~ → h() → end; g() →throw ~ → thrown',
  ],
  [
    'disposes at each turn of a loop',
    'for (using x of a) { if (b) continue; f(); }',
    'start → for? →yes x → b? →yes ~ → for?; for? →no end; b? →no f() → ~ → for?; f() →throw ~ → thrown',
  ],
  [
    'ends a generator at `yield`',
    'try { yield a; } finally { f(); } g()',
    'start → yield a → f() → g() → end; yield a →throw f() → thrown; yield a →closed f() → end',
  ],
  [
    'does not look into functions',
    'x = () => f(); class A { a = f() } function g() { f(); }',
    'start → () => f() → x = () => f() → class A { a = f() } → end',
  ],
  ['gives up what cannot be reached', 'return; f()', 'start → return → end'],
];

const THROWN = '→throw thrown';

describe('flow', () => {
  const project = scratch(
    {
      'main.ts': DRAWINGS.map(([, code]) => `async function* drawn() { ${code} }`).join('\n'),
    },
    TSCONFIG,
  );
  const compiler = new Compiler({ cwd: project.folder });

  after(() => {
    compiler.dispose();
    project.remove();
  });

  for (const [index, [title, , drawing]] of DRAWINGS.entries()) {
    it(title, () => {
      compiler.update({ open: [project.path('tsconfig.json')] });
      const program = compiler.program(project.path('tsconfig.json'));
      const root = program?.source(project.path('main.ts'))?.root;
      const fn = root?.statements[index];
      assert.ok(fn && isFunction(fn));
      const edges = edgesOf(graphOf(fn)).filter((line) => {
        return drawing.includes(THROWN) || !line.endsWith(THROWN);
      });
      assert.deepEqual(edges, edgesIn(drawing));
    });
  }
});

/** The edges in a drawing: `a → b → c; a →no d`. */
function edgesIn(drawing: string): readonly string[] {
  const lines = drawing.split('; ').flatMap((chain) => {
    const parts = chain.split(/ (→\w*) /);
    return parts.flatMap((_, at) => (at % 2 === 1 ? parts.slice(at - 1, at + 2).join(' ') : []));
  });
  return [...new Set(lines)].sort();
}

function edgesOf({ start }: { readonly start: Step }): readonly string[] {
  const lines = [start, ...reached(start.next, () => true)].flatMap(({ next }) => next.map(textOf));
  return [...new Set(lines)].sort();
}

function textOf({ from, to, on }: Edge): string {
  return `${nameOf(from)} →${on === 'next' ? '' : on} ${nameOf(to)}`;
}

function nameOf({ kind, node }: Step): string {
  if (kind === 'join') return '@';
  if (kind === 'dispose') return '~';
  if (node === undefined) return kind;
  const text = ast.isForOfStatement(node) ? 'for' : node.getText().replace(/;$/, '');
  return kind === 'branch' ? `${text}?` : text;
}
