import assert from 'node:assert/strict';
import { isCallExpression, isExpressionStatement, type Node } from '#ast';
import { Compiler, PENDING, type Program } from '#program';
import { type Scratch, scratch, TSCONFIG } from '../support/scratch.ts';

const MAIN = "import { beside } from './beside.ts';\nbeside();\n";
const BESIDE = 'export function beside(): void {}\nbeside();\n';

describe('foresight', () => {
  let project: Scratch;
  let compiler: Compiler;
  let texts: Map<string, string>;

  beforeEach(() => {
    project = scratch({ 'main.ts': MAIN, 'beside.ts': BESIDE }, TSCONFIG);
    texts = new Map();
    compiler = new Compiler({ cwd: project.folder, overlay: (file) => texts.get(file) });
    compiler.update({ open: [project.path('tsconfig.json')] });
  });

  afterEach(() => {
    compiler.dispose();
    project.remove();
  });

  const program = (): Program => {
    const found = compiler.program(project.path('tsconfig.json'));
    assert.ok(found);
    return found;
  };

  const source = (name: string) => {
    const found = program().source(project.path(name));
    assert.ok(found);
    return found;
  };

  /** The callee of a file's last statement. */
  const callee = (name: string): Node => {
    const last = source(name).root.statements.at(-1);
    assert.ok(last && isExpressionStatement(last) && isCallExpression(last.expression));
    return last.expression.expression;
  };

  const edit = (name: string, text: string): void => {
    texts.set(project.path(name), text);
    compiler.update({ changed: [project.path(name)] });
  };

  /** Looks at the main file as a lint does: asks of it and of the file beside it. */
  const look = (): void => {
    program().query.expectSymbols([callee('main.ts'), callee('beside.ts')]);
    program().query.flush();
    program().keepInMind(source('main.ts'));
  };

  const foresee = (): void => {
    program().foresee(source('main.ts'));
    program().query.flush();
  };

  const isKnown = (node: Node): boolean => {
    try {
      return program().query.symbolAt(node) !== undefined;
    } catch (error) {
      assert.equal(error, PENDING);
      return false;
    }
  };

  it('asks what was asked before, wherever it stands after an edit', () => {
    look();
    edit('main.ts', `export const more = 1;\n${MAIN}`);
    foresee();
    assert.ok(isKnown(callee('main.ts')));
    assert.ok(isKnown(callee('beside.ts')));
    assert.equal(program().query.symbolAt(callee('main.ts'))?.name, 'beside');
  });

  it('asks nothing of a text that was not there before, and nothing in another file that changed', () => {
    look();
    edit('beside.ts', `export const more = 1;\n${BESIDE}`);
    edit('main.ts', `${MAIN}console.log(1);\n`);
    foresee();
    assert.ok(!isKnown(callee('main.ts')));
    assert.ok(!isKnown(callee('beside.ts')));
  });

  it('answers for the newest snapshot', () => {
    look();
    edit('main.ts', 'const other = () => {};\nother();\n');
    foresee();
    program().query.expectSymbols([callee('main.ts')]);
    program().query.flush();
    assert.equal(program().query.symbolAt(callee('main.ts'))?.name, 'other');
  });

  it('forgets what it asked in vain', () => {
    look();
    edit('main.ts', `${MAIN}\n`);
    foresee();
    assert.equal(program().query.asked.symbols.length, 0);
    assert.ok(isKnown(callee('main.ts')));
    assert.equal(program().query.asked.symbols.length, 1);
  });

  it('knows nothing once anything may have changed', () => {
    look();
    compiler.update({ everything: true });
    foresee();
    assert.ok(!isKnown(callee('main.ts')));
  });
});
