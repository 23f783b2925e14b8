/**
 * The life of a promise: from where it begins and is stored in a variable, or added to a collection, to the first place on
 * every path that handles it or lets others see to it; and what happens on the way. Known by the tree alone, so that
 * whether it is a promise at all is still to be asked.
 *
 * Whatever leads out of sight ends the story: arguments, fields, objects, functions made here. Two names for one promise
 * are one. Where a variable is used by functions that are declared, not made, nothing is told.
 */
import * as ast from '#ast';
import { occurrences } from '../names/occurrences.ts';
import type { Binding, Scopes } from '../names/scopes.ts';
import { isNewPromise } from '../shape/statics.ts';
import {
  enclosingFunction,
  type FunctionNode,
  isLogical,
  unwrap,
  wrapped,
} from '../shape/syntax.ts';
import { isForNothing, leadingOut, reached } from './dataflow.ts';
import { isCollector } from './first-look.ts';
import type { Edge, Graph, Step } from './graph.ts';
import { type Use, useOf } from './promise-uses.ts';
import { graphOf } from './statements.ts';

/** What happens while nothing would hear the promise reject: code waits for something else, or throws. */
export interface Gap {
  readonly kind: 'wait' | 'throw';
  readonly node: ast.Node;
}

/** What becomes of one promise. */
export interface Life {
  /** The call that begins it. */
  readonly start: ast.Expression;
  /** What stores it: the declaration, an assignment, the call that adds it. */
  readonly at: ast.Node;
  /** Where it is stored: the variable as it is declared. */
  readonly name: ast.Identifier;
  /** Whether the variable holds many promises. */
  readonly isCollected: boolean;
  /** What may come first to handle it, or to take it away; none when it is lost on every path. */
  readonly ends: readonly Use[];
  /** In the order of the code. */
  readonly gaps: readonly Gap[];
  /** Members that are read of it as if it were something else. */
  readonly reads: readonly ast.Node[];
}

/** A variable, and how it is used. */
interface Holder {
  readonly name: ast.Identifier;
  readonly declaration: ast.VariableDeclaration;
  readonly initializer: ast.Expression | undefined;
  readonly root: FunctionNode | ast.SourceFile;
  readonly isCollected: boolean;
  readonly uses: readonly Use[];
}

/** Tells lives, function by function. */
export class PromiseLives {
  readonly #scopes: Scopes;
  readonly #graphs = new Map<ast.Node, Graph>();
  readonly #lives = new Map<ast.VariableDeclaration, readonly Life[]>();

  constructor(scopes: Scopes) {
    this.#scopes = scopes;
  }

  /** The lives of all that a variable of a function may hold; none when more happens to it than can be seen. */
  of(declaration: ast.VariableDeclaration): readonly Life[] {
    let lives = this.#lives.get(declaration);
    if (lives === undefined) {
      lives = this.#tell(declaration);
      this.#lives.set(declaration, lives);
    }
    return lives;
  }

  #tell(declaration: ast.VariableDeclaration): readonly Life[] {
    const holder = this.#holderOf(declaration);
    if (holder === undefined) return [];
    const starts = startsOf(holder);
    if (starts.length === 0) return [];
    const path = this.#pathOf(holder);
    return path === undefined ? [] : starts.map((start) => lifeOf(start, holder, path));
  }

  #holderOf(declaration: ast.VariableDeclaration): Holder | undefined {
    const { name, initializer } = declaration;
    const binding = bindingOf(declaration, this.#scopes);
    if (binding === undefined || !ast.isIdentifier(name)) return undefined;
    const root = rootOf(declaration);
    const isCollected = isCollector(declaration);
    const uses = this.#usesOf(binding, root, new Set())?.map((use) => asOf(use, isCollected));
    return uses && { name, declaration, initializer, root, isCollected, uses };
  }

  /** All uses of a variable and of those that hold the same; nothing when one of these is out of sight. */
  #usesOf(binding: Binding, root: ast.Node, seen: Set<Binding>): readonly Use[] | undefined {
    seen.add(binding);
    const uses: Use[] = [];
    for (const name of occurrences(binding, this.#scopes)) {
      const use = useOf(name, root);
      uses.push(use);
      if (use.kind !== 'alias') continue;
      const other = this.#aliasOf(use);
      if (other === undefined) return undefined;
      if (seen.has(other)) continue;
      const more = this.#usesOf(other, root, seen);
      if (more === undefined) return undefined;
      uses.push(...more.filter(({ kind }) => kind !== 'written'));
    }
    return uses;
  }

  /** The other variable, if it belongs to the same function. */
  #aliasOf({ at, name }: Use): Binding | undefined {
    const to = ast.isVariableDeclaration(at) ? at.name : ast.isBinaryExpression(at) && at.left;
    const binding = to && ast.isIdentifier(to) ? this.#scopes.of(to) : undefined;
    if (binding === undefined || !ast.isVariableDeclaration(binding.declaration)) return undefined;
    if (isExported(binding.declaration)) return undefined;
    return rootOf(binding.declaration) === rootOf(name) ? binding : undefined;
  }

  #pathOf({ declaration, root, uses }: Holder): Path | undefined {
    let graph = this.#graphs.get(root);
    if (graph === undefined) {
      graph = graphOf(root);
      this.#graphs.set(root, graph);
    }
    if (graph.at(declaration).length === 0) return undefined;
    const ends = new Map<Step, Use>();
    for (const use of uses.filter(isEnd)) {
      const steps = stepsOf(use.at, graph, root);
      if (steps.length === 0) return undefined;
      for (const step of steps) ends.set(step, use);
    }
    const isAlone = !uses.some(({ kind }) => kind === 'alias');
    const writes = isAlone ? uses.filter(({ kind }) => kind === 'written') : [];
    const overwrites = [declaration, ...writes.map(({ at }) => at)].flatMap((one) => {
      return graph.at(one).filter((step) => step.kind === 'evaluate');
    });
    return { graph, ends, overwrites: new Set(overwrites) };
  }
}

/** What a life is measured by. */
interface Path {
  readonly graph: Graph;
  /** Steps at which a life ends well. */
  readonly ends: ReadonlyMap<Step, Use>;
  /** Steps at which the variable gets another value. */
  readonly overwrites: ReadonlySet<Step>;
}

interface Start {
  readonly value: ast.Expression;
  /** What stores it. */
  readonly at: ast.Node;
}

function lifeOf({ value, at }: Start, { name, isCollected, uses }: Holder, path: Path): Life {
  const { graph, ends, overwrites } = path;
  const names = new Set<ast.Node>([name, ...uses.map((use) => use.name)]);
  const walked = (edge: Edge) =>
    !isForNothing(edge, names) && !ends.has(edge.from) && !overwrites.has(edge.from);
  const begin = graph.at(at).flatMap(({ next }) => next.filter(({ on }) => on === 'next'));
  const begun = new Set(begin);
  const held = reached(begin, (edge) => begun.has(edge) || walked(edge));
  const isPlain = (edge: Edge) => walked(edge) && isExpected(edge);
  const lost = leadingOut(graph, isPlain, overwrites);
  const losesBy = ({ on, to }: Edge) => on === 'throw' && (to === graph.thrown || lost.has(to));
  const inHand = reached(begin, (edge) => begun.has(edge) || isPlain(edge));
  const gaps = [...inHand].flatMap((step): Gap[] => {
    const { node, next } = step;
    if (node === undefined || ends.has(step)) return [];
    if (suspends(step)) return [{ kind: 'wait', node }];
    return ast.isThrowStatement(node) && next.some(losesBy) ? [{ kind: 'throw', node }] : [];
  });
  return {
    start: value,
    at,
    name,
    isCollected,
    ends: [...new Set([...held].flatMap((step) => ends.get(step) ?? []))],
    gaps: [...new Map(gaps.map((gap) => [gap.node, gap])).values()].sort(byPlace),
    reads: uses.flatMap((use) => (use.kind === 'read' ? [use.at] : [])),
  };
}

/** Anything may throw; gaps are told of ways on which nothing does but `throw`. */
function isExpected({ from, on }: Edge): boolean {
  return on !== 'throw' || (from.node !== undefined && ast.isThrowStatement(from.node));
}

function byPlace(one: Gap, other: Gap): number {
  return one.node.pos - other.node.pos;
}

/** Whether a step lets other code run before it goes on. */
function suspends({ node, kind }: Step): boolean {
  if (node === undefined) return false;
  if (ast.isForOfStatement(node)) return node.awaitModifier !== undefined;
  if (kind === 'dispose') {
    return (node.flags & ast.NodeFlags.AwaitUsing) === ast.NodeFlags.AwaitUsing;
  }
  return ast.isAwaitExpression(node) || ast.isYieldExpression(node);
}

/** Adding to a collection is one thing, a member of a promise another. */
function asOf(use: Use, isCollected: boolean): Use {
  if (isCollected) return use.kind === 'read' ? { ...use, kind: 'given' } : use;
  return use.kind === 'filled' ? { ...use, kind: 'read' } : use;
}

function isEnd({ kind }: Use): boolean {
  return (
    kind !== 'alias' &&
    kind !== 'written' &&
    kind !== 'filled' &&
    kind !== 'idle' &&
    kind !== 'read'
  );
}

/** The promises that a variable may be given, and where. */
function startsOf({ declaration, initializer, isCollected, uses }: Holder): readonly Start[] {
  const given = uses.flatMap(({ kind, at, value }) => {
    const isStart = isCollected ? kind === 'filled' : kind === 'written' && isStatement(at);
    return isStart && value !== undefined ? [{ value, at }] : [];
  });
  const first = initializer === undefined ? [] : contentsOf(unwrap(initializer), isCollected);
  return [...first.map((value) => ({ value, at: declaration })), ...given].flatMap(
    ({ value, at }) => startsIn(value).map((start) => ({ value: start, at })),
  );
}

/** Whether the value of an assignment goes nowhere but into the variable. */
function isStatement(assignment: ast.Node): boolean {
  return ast.isExpressionStatement(wrapped(assignment).parent);
}

function contentsOf(value: ast.Expression, isCollected: boolean): readonly ast.Expression[] {
  if (!isCollected) return [value];
  return ast.isArrayLiteralExpression(value) ? value.elements : [];
}

/** The calls of which one gives an expression its value. */
function startsIn(value: ast.Expression): readonly ast.Expression[] {
  const at = unwrap(value);
  if (ast.isCallExpression(at)) return [at];
  if (ast.isNewExpression(at)) return isNewPromise(at) ? [at] : [];
  if (ast.isConditionalExpression(at)) return [...startsIn(at.whenTrue), ...startsIn(at.whenFalse)];
  return isLogical(at) ? [...startsIn(at.left), ...startsIn(at.right)] : [];
}

function bindingOf(declaration: ast.VariableDeclaration, scopes: Scopes): Binding | undefined {
  const { name } = declaration;
  if (!ast.isIdentifier(name) || isExported(declaration)) return undefined;
  const binding = scopes.of(name);
  if (binding !== undefined && ast.isSourceFile(binding.scope) && !isModule(binding.scope)) {
    return undefined;
  }
  return binding?.declaration === declaration && binding.kind !== 'using' ? binding : undefined;
}

/** What a script declares at its top level is known to all others. */
function isModule({ externalModuleIndicator, text }: ast.SourceFile): boolean {
  return externalModuleIndicator !== undefined || /\brequire\(|\bexports\b/.test(text);
}

function isExported(declaration: ast.Node): boolean {
  const statement = declaration.parent.parent;
  return ast.isVariableStatement(statement) && (statement.modifiers?.length ?? 0) > 0;
}

function rootOf(node: ast.Node): FunctionNode | ast.SourceFile {
  return enclosingFunction(node) ?? node.getSourceFile();
}

/** The steps of the nearest node round a use that is a step at all. */
function stepsOf(node: ast.Node, graph: Graph, root: ast.Node): readonly Step[] {
  for (let at = node; at !== undefined && at !== root; at = at.parent) {
    const steps = graph.at(at);
    if (steps.length > 0) return steps;
  }
  return [];
}
