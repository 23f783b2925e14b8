import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as ast from '#ast';
import { Compiler, type Source } from '#program';

const FIXTURES = fileURLToPath(new URL('../../fixtures', import.meta.url));

/** The client's own, slow way to a child: the one that ours stands in for. */
interface Client extends ast.Node {
  getNamedChild(name: string): unknown;
}

describe('nodes', () => {
  let compiler: Compiler;
  let sources: readonly Source[];

  before(() => {
    compiler = new Compiler({ cwd: FIXTURES });
    const config = join(FIXTURES, 'tsconfig.json');
    compiler.update({ open: [config] });
    const program = compiler.program(config);
    assert(program);
    const files = readdirSync(FIXTURES).filter((name) => /(?<!\.fixed)\.tsx?$/.test(name));
    sources = files.flatMap((name) => program.source(join(FIXTURES, name)) ?? []);
    assert(sources.length > 30, 'too few files to tell anything');
  });

  after(() => compiler.dispose());

  it('have the children by name that the client finds', () => {
    let seen = 0;
    for (const node of sources.flatMap(({ root }) => nodesIn(root))) {
      assert(isClient(node));
      for (const name of namesOf(node)) {
        const own: unknown = Reflect.get(node, name);
        assert.equal(own, node.getNamedChild(name), `${ast.SyntaxKind[node.kind]}.${name}`);
        if (own !== undefined) seen++;
      }
    }
    assert(seen > 10_000, `only ${seen} children`);
  });

  it('hold in lists what the walk through their children meets', () => {
    for (const node of sources.flatMap(({ root }) => nodesIn(root))) {
      const met: ast.Node[] = [];
      node.forEachChild((child) => void met.push(child));
      const listed: ast.Node[] = [];
      node.forEachChild(
        (child) => void listed.push(child),
        (list) => void listed.push(...list),
      );
      assert.deepEqual(
        listed.map(({ pos, kind }) => [pos, kind]),
        met.map(({ pos, kind }) => [pos, kind]),
      );
      assert(met.every(({ parent }) => parent === node));
    }
  });

  it('are named as the text has it, in other scripts too', () => {
    for (const { root, text } of sources) {
      const names = nodesIn(root).filter(ast.isIdentifier);
      for (const name of names) {
        assert.equal(name.text, text.slice(name.getStart(), name.end));
      }
    }
    assert(
      sources.some(({ text }) => /[^\0-\x7f]/.test(text)) &&
        sources.some(({ text }) => !/[^\0-\x7f]/.test(text)),
      'both ways of decoding have to be tried',
    );
  });
});

function nodesIn(root: ast.Node): readonly ast.Node[] {
  const nodes: ast.Node[] = [];
  const visit = (node: ast.Node): undefined => {
    nodes.push(node);
    node.forEachChild(visit);
    return undefined;
  };
  visit(root);
  return nodes;
}

/** The properties of a node that are children: those whose getters its class has. */
function namesOf(node: ast.Node): readonly string[] {
  const nodes: object = Object.getPrototypeOf(Object.getPrototypeOf(node));
  return Object.entries(Object.getOwnPropertyDescriptors(nodes)).flatMap(
    ([name, { get, configurable }]) =>
      get !== undefined && configurable && CHILDREN.has(name) ? [name] : [],
  );
}

const CHILDREN = new Set(
  'arguments body declarationList elements expression initializer left modifiers name operatorToken parameters right statements type'.split(
    ' ',
  ),
);

function isClient(node: ast.Node): node is Client {
  return 'getNamedChild' in node;
}
