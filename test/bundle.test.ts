/** What bundling has to make of the sources. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const DIST = fileURLToPath(new URL('../dist/', import.meta.url));

describe('the bundle', () => {
  const bundles = readdirSync(DIST).filter((name) => /\.c?js$/.test(name));

  it('has numbers for the kinds of nodes, and looks none up by its name', () => {
    const named = /\.(?:CallExpression|AwaitExpression|ExpressionStatement)\b(?!=\d)/g;
    const texts = bundles.map((name) => readFileSync(DIST + name, 'utf8'));
    assert.ok(texts.some((text) => text.includes('.CallExpression=')));
    assert.deepEqual(
      texts.flatMap((text) => text.match(named) ?? []),
      [],
    );
  });

  it("holds of the compiler's client only what is used", () => {
    const texts = bundles.map((name) => readFileSync(DIST + name, 'utf8'));
    const client = texts.find((text) => text.includes('"updateSnapshot"'));
    assert.ok(client !== undefined);
    // A part of `import a = require('a')`: named 7 times; 10 times with all factories and visitors.
    assert.ok((client.match(/\bmoduleReference\b/g) ?? []).length < 9);
  });
});
