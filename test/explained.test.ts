import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { DEFAULT_PROJECT_SETTINGS, type Finding, type Range, settled } from '#engine';
import { explanationsIn, Facts, functionsIn, waterfallOf } from '#facts';
import { Corpus, findFixtures } from './support/corpus.ts';

/** What an explanation says where a rule reports. */
const SAID: Readonly<Record<string, RegExp>> = {
  'independent-awaits': /^It belongs to \d+ awaits in series/m,
  'await-in-loop': /^No turn of the loop needs another/m,
  'unbounded-fan-out':
    /as many operations as the input says[\s\S]*They reach outside[\s\S]*Nothing holds/,
};

/** Explanations and pictures go by the same facts as rules: whatever is reported says so, and nothing else does. */
describe('what is reported is what is explained', () => {
  let corpus: Corpus;
  let facts: Facts;

  before(() => {
    corpus = new Corpus();
    facts = new Facts(corpus.program, DEFAULT_PROJECT_SETTINGS);
  });

  after(() => corpus.dispose());

  const explained = (file: string, start: number): string => {
    const root = corpus.program.source(file)?.root;
    if (root === undefined) throw new Error(`${file} is not in the program.`);
    const line: Range = {
      start: root.text.lastIndexOf('\n', start - 1) + 1,
      end: root.text.indexOf('\n', start),
    };
    const found = settled(corpus.program, () => explanationsIn(root, line, facts)) ?? [];
    const points = found.flatMap((one) => one.points);
    return points.map(({ text }) => text).join('\n');
  };

  const fixtures = findFixtures().filter(({ rule, options }) => {
    return rule.id in SAID && Object.keys(options).length === 0;
  });

  for (const { rule, file, options } of fixtures) {
    const said = SAID[rule.id] ?? /^$/;

    it(`${basename(file)} of ${rule.id}: all that is reported`, () => {
      const findings = corpus.lint(file, [rule], options);
      assert.ok(findings.length > 0 || /limiters|own|spec/.test(file));
      for (const { range, message } of findings) {
        assert.match(explained(file, range.start), said, message);
      }
    });
  }

  for (const { rule, file } of fixtures.filter((one) => one.rule.id === 'independent-awaits')) {
    it(`${basename(file)}: no series that is not reported`, () => {
      const findings = corpus.lint(file, [rule]);
      const text = corpus.program.source(file)?.text ?? '';
      for (const { index } of text.matchAll(/\bawait\b/g)) {
        const said = explained(file, index);
        if (!/awaits in series/.test(said) || /stands in a test/.test(said)) continue;
        const range = { start: index, end: text.indexOf('\n', index) };
        assert.ok(
          findings.some((one) => isAbout(one, range)),
          text.slice(index, range.end),
        );
      }
    });
  }

  it('no function takes longer overlapped than today', () => {
    let shorter = 0;
    for (const { file } of fixtures) {
      const root = corpus.program.source(file)?.root;
      if (root === undefined) continue;
      for (const { name, fn } of functionsIn(root)) {
        const drawn = settled(corpus.program, () => waterfallOf(fn, facts));
        if (drawn === undefined) continue;
        assert.ok(drawn.overlapped.length <= drawn.today.length, name);
        assert.equal(drawn.overlapped.bars.length, drawn.today.bars.length, name);
        if (drawn.overlapped.length < drawn.today.length) shorter++;
      }
    }
    assert.ok(shorter > 10, `only ${shorter} are shorter`);
  });
});

/** Whether a finding, or a place that it speaks of, begins within a range. */
function isAbout({ range, related }: Finding, { start, end }: Range): boolean {
  const starts = [range.start, ...related.map((one) => one.range.start)];
  return starts.some((one) => one >= start && one <= end);
}
