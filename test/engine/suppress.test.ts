import assert from 'node:assert/strict';
import { applyEdits, type Finding } from '#engine';
import { Allowing } from './allowing.ts';

describe('comments that allow', () => {
  let allowing: Allowing;

  before(() => {
    allowing = new Allowing();
  });

  after(() => allowing.dispose());

  const findings: Allowing['findings'] = (...some) => allowing.findings(...some);
  const found: Allowing['found'] = (...some) => allowing.found(...some);

  /** The text after the first fix of each finding. */
  const fixed = (text: string, some: readonly Finding[]): string =>
    applyEdits(
      text,
      some.flatMap((one) => one.fixes()[0]?.edits ?? []),
    );

  it('cover their own line after code, and the next line of code when alone', () => {
    const text = [
      'debugger; // asynclint-allow stops: seen',
      '// asynclint-allow stops: two lines of reason',
      '// that go on',
      '',
      '/* and',
      '   on */',
      'debugger;',
      'debugger;',
      '/** asynclint-allow stops: in a block */ debugger;',
    ].join('\r\n');
    assert.deepEqual(found(text), ['stops 8']);
  });

  it('cover a generator method, whose line starts like a comment', () => {
    const text = [
      'export class A {',
      '  // asynclint-allow stops: a generator',
      '  *all() { debugger; }',
      '}',
    ].join('\n');
    assert.deepEqual(found(text), []);
  });

  it('cover the file, with -file', () => {
    assert.deepEqual(found('debugger;\n/* asynclint-allow-file stops: x */\ndebugger;'), []);
  });

  it('name several rules', () => {
    const text = '// asynclint-allow stops, halts: both\ndebugger;\n';
    assert.deepEqual(found(text, 'all'), []);
    assert.deepEqual(found('// asynclint-allow stops halts -- both\ndebugger;\n', 'all'), []);
    assert.deepEqual(found('// asynclint-allow halts: one\ndebugger;\n', 'all'), ['stops 2']);
  });

  it('in JSX stand in braces', () => {
    const text = [
      'declare const go: (f: () => void) => string;',
      'export const a = (',
      '  <p>',
      '    {/* asynclint-allow stops: above the child */}',
      '    {/* said twice */}',
      '    {go(() => { debugger; })}',
      '    {go(() => { debugger; })} {/* asynclint-allow stops: beside it */}',
      '    // asynclint-allow stops: this is text',
      '    {go(() => { debugger; })}',
      '  </p>',
      ');',
    ].join('\n');
    assert.deepEqual(found(text), ['stops 9']);
  });

  it('inside a string, a template or another comment are text', () => {
    for (const text of [
      'export const a = "// asynclint-allow stops: x"; debugger;',
      'export const a = `\n// asynclint-allow stops: x\n`; debugger;',
      'export const a = /[/*] asynclint-allow stops: x/; debugger;',
      '/**\n * Write // asynclint-allow stops: x\n */\ndebugger;',
      '// write: // asynclint-allow stops: x\ndebugger;',
    ]) {
      assert.deepEqual(
        findings(text).map(({ rule }) => rule),
        ['stops'],
        text,
      );
    }
  });

  it('that hide nothing are reported, with a fix that removes them', () => {
    for (const [text, after] of [
      ['const a = 1; // asynclint-allow stops: x\nexport { a };', 'const a = 1;\nexport { a };'],
      ['a;\n  // asynclint-allow stops: x\nb;', 'a;\nb;'],
      ['a;\n/* asynclint-allow stops: x */ b;', 'a;\n b;'],
      ['<p>\n  {/* asynclint-allow stops: x */}\n</p>;', '<p>\n</p>;'],
      ['// asynclint-allow-file stops: x\na;', 'a;'],
    ] as const) {
      const some = findings(text);
      assert.deepEqual(
        some.map(({ rule, severity }) => [rule, severity]),
        [['unused-allow', 'warning']],
      );
      assert.equal(fixed(text, some), after);
    }
  });

  it('that hide something lose the names that do not', () => {
    for (const [names, left] of [
      ['stops, idles', 'stops'],
      ['idles, stops', 'stops'],
      ['idles stops', 'stops'],
      ['halts,stops,idles', 'halts,stops'],
      ['halts idles stops', 'halts stops'],
    ] as const) {
      const text = `// asynclint-allow ${names}: x\ndebugger; // asynclint-allow halts, stops: y`;
      const [finding, ...others] = findings(text, 'all');
      assert.ok(finding);
      assert.deepEqual(others, []);
      assert.equal(finding.message, 'Nothing here is reported by `idles`.');
      assert.equal(fixed(text, [finding]), text.replace(names, left));
    }
  });

  it('for a rule that is off are left alone', () => {
    assert.deepEqual(found('// asynclint-allow halts: off today\nexport {};\n'), []);
  });

  it('for rules that do not exist are reported, with the name that was meant', () => {
    for (const [name, message, after] of [
      ['stopps', 'There is no rule `stopps`. Did you mean `stops`?', 'stops'],
      ['no-debugger', 'There is no rule `no-debugger`. Did you mean `stops`?', 'stops'],
      ['zzz', 'There is no rule `zzz`.', undefined],
    ] as const) {
      const text = `// asynclint-allow ${name}: x\nexport {};\n`;
      const [finding, ...others] = findings(text);
      assert.ok(finding);
      assert.deepEqual(others, []);
      assert.equal(finding.rule, 'unknown-allow');
      assert.equal(finding.message, message);
      assert.equal(text.slice(finding.range.start, finding.range.end), name);
      assert.equal(fixed(text, [finding]), text.replace(name, after ?? name));
    }
  });

  it('are pointed at where they name a rule, whatever stands around it', () => {
    for (const [text, at, name] of [
      ['// asynclint-allow stops-it, stop: x\nexport {};', 1, 'stop'],
      ['/* asynclint-allow halt(stop) */ export {};', 0, 'halt(stop)'],
      ['/* asynclint-allow\n * halt,\n * stop\n */ export {};', 1, 'stop'],
      ['a(// asynclint-allow race([once(b, c), d]), e);\n1);', 1, 'c)'],
    ] as const) {
      const finding = findings(text)[at];
      assert.equal(finding?.rule, 'unknown-allow');
      assert.equal(text.slice(finding.range.start, finding.range.end), name);
      assert.match(finding.message, new RegExp(`\`${name.replace(/[()]/g, '\\$&')}\``));
    }
  });

  it('need a reason in the strict preset alone', () => {
    const text = 'debugger; // asynclint-allow stops\n';
    assert.deepEqual(found(text), []);
    assert.deepEqual(found(text, 'strict'), ['unexplained-allow 1']);
    assert.deepEqual(found('debugger; // asynclint-allow stops: r\n', 'strict'), []);
    assert.deepEqual(found('debugger; // asynclint-allow stops:\n', 'strict'), [
      'unexplained-allow 1',
    ]);
  });

  it('may themselves be allowed', () => {
    const text =
      '// asynclint-allow-file unexplained-allow: old code\ndebugger; // asynclint-allow stops\n';
    assert.deepEqual(found(text, 'strict'), []);
  });

  it('without a rule are no comments of ours', () => {
    assert.deepEqual(found('// asynclint-allow\n// asynclint-allowed stops\ndebugger;'), [
      'stops 3',
    ]);
  });
});
