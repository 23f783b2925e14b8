import assert from 'node:assert/strict';
import { applyEdits } from '#engine';
import { inStyle } from '#facts';
import { type Asked, askAbout } from '../support/facts.ts';

/** What is written in the place of `here()`, in a file that has some other lines. */
const FILES = {
  'without.ts': 'const a = 1\nhere()\n;[a].forEach(String)\n',
  'sloppy.ts': 'const a = 1\nlet b = 2\nhere();(a + b)\n',
  'open.ts': 'export function f(a: unknown) {\n  here()\n  a = 1\n  a = 2\n}\n',
  'next.ts': 'const a = 1\nconst b = 2\nhere()[a].toString()\n',
  'mixed.ts': 'const a = 1;\nhere()\nexport const b = a;\n',
};

describe('semicolons', () => {
  let asked: Asked;
  before(() => (asked = askAbout(FILES)));
  after(() => asked.dispose());

  const written = (name: keyof typeof FILES, text: string): string =>
    asked.ask(name, (facts, { file, text: whole }) => {
      const start = whole.indexOf('here()');
      const edits = [{ file, start, end: start + 'here()'.length, text }];
      return applyEdits(whole, inStyle({ edits }, facts.program).edits);
    });

  it('are left out in files that do without', () => {
    assert.equal(
      written('without.ts', 'f();\ng();'),
      FILES['without.ts'].replace('here()', 'f()\ng()'),
    );
    assert.match(written('open.ts', 'if (a) {\n    f();\n  }'), /\{\n {4}f\(\)\n {2}\}\n/);
  });

  it('come first in a line that would go on with the one before', () => {
    assert.match(
      written('without.ts', 'f();\n[a, b] = g();'),
      /\nf\(\)\n;\[a, b\] = g\(\)\n;\[a\]/,
    );
    assert.match(
      written('without.ts', 'f(() => {\n(await g()).h();\n});'),
      /\{\n\(await g\(\)\)\.h\(\)\n\}\)\n/,
    );
  });

  it('stay where something follows, in comments and templates, and where most statements have one', () => {
    assert.match(written('sloppy.ts', 'f();'), /^f\(\);;\(a/m);
    assert.match(written('next.ts', 'f();\n'), /f\(\);\n\[a\]/);
    assert.match(written('without.ts', 'f(`a;\n`);'), /f\(`a;\n`\)\n/);
    assert.match(written('without.ts', '// f();\ng();'), /\/\/ f\(\);\ng\(\)\n/);
    assert.match(
      written('without.ts', '/* f();\n*/ g(); // it\'s;\nh(";");'),
      /f\(\);\n.* g\(\); \/\/ it's;\nh\(";"\)\n/,
    );
    assert.match(written('mixed.ts', 'f();\ng();'), /f\(\);\ng\(\);/);
  });
});
