import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Finding, Fix } from '#engine';
import { rules } from '#rules';
import { applyFixes, Corpus, FIXTURES } from '../support/corpus.ts';
import { generatedFiles, readPatterns } from '../support/generated.ts';
import { drawMarks, type Marked, stripMarks } from '../support/marks.ts';

/** `npm run accept` sets this: what is drawn is written instead of compared. */
const ACCEPT = process.env['UPDATE'] === '1';

const FOLDER = join(FIXTURES, 'patterns');

describe('pattern pages', () => {
  const names = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => name.endsWith('.ts')).map((name) => join(FOLDER, name));
  const found = new Map<string, readonly Finding[]>();
  let corpus: Corpus;

  before(() => {
    corpus = new Corpus(join(FOLDER, 'tsconfig.json'));
    for (const file of files) found.set(file, corpus.lint(file, rules));
  });

  after(() => corpus.dispose());

  for (const file of files) {
    const name = file.slice(FOLDER.length + 1);

    it(`${name} compiles`, () => {
      const errors = corpus.program.errors(file).map(({ message }) => message);
      assert.deepEqual(errors, []);
    });

    it(`${name} is reported as drawn, by all rules together`, () => {
      const text = readFileSync(file, 'utf8');
      const drawing = drawMarks(stripMarks(text), (found.get(file) ?? []).map(marked(corpus)));
      if (ACCEPT) writeFileSync(file, drawing);
      else assert.equal(text, drawing);
    });

    it(`${name} shows what the fixes make of the code that it warns of`, () => {
      const text = stripMarks(readFileSync(file, 'utf8'));
      const { warned, fine } = judged(text, found.get(file) ?? []);
      for (const { code, name, findings } of warned) {
        const rewritten = rewritesOf(findings).map((fixes) => {
          const fixed = applyFixes(text, file, fixes).text;
          return functionsIn(fixed).find((one) => one.name === name)?.code ?? code;
        });
        if (rewritten.length === 0) continue;
        const better = fine.find((one) => name.startsWith(one.name));
        const isShown = rewritten.some((one) => {
          return better && shapeOf(one.replaceAll(name, better.name)) === shapeOf(better.code);
        });
        assert.ok(isShown, `\`${better?.name}\` is none of these:\n${rewritten.join('\n\n')}`);
      }
    });
  }

  it('every rule about waiting, blocking, order and load leads to one', () => {
    const families = ['unawaited', 'blocking', 'sequential', 'fan-out'];
    const led = new Set(readPatterns().flatMap((pattern) => pattern.rules));
    const without = rules.filter(({ id, family }) => families.includes(family) && !led.has(id));
    assert.deepEqual(
      without.map(({ id }) => id),
      [],
      'name it in the line `Rules:` of a page in fixtures/patterns',
    );
  });

  it('lead to each other, to rules and to files that exist', async () => {
    const pages = [...(await generatedFiles())].filter(([name]) => name.endsWith('.md'));
    const known = new Set(pages.map(([name]) => name));
    const root = join(FIXTURES, '..');
    for (const [page, text] of pages) {
      for (const [link, target = ''] of text.matchAll(/\]\((?!https?:)([^)#]+)\)/g)) {
        const name = join(dirname(page), target);
        assert.ok(known.has(name) || existsSync(join(root, name)), `${page}: ${link}`);
      }
    }
  });
});

function marked(corpus: Corpus): (finding: Finding) => Marked {
  const usual = new Map<string, string>(rules.map(({ id, severity }) => [id, severity]));
  return (finding) => ({
    finding,
    fixes: finding.fixes(),
    usual: usual.get(finding.rule) ?? '',
    textAt: (from, start, end) =>
      corpus.program.source(from)?.text.slice(start, end) ?? '(another program)',
  });
}

interface Named {
  readonly name: string;
  readonly code: string;
  readonly start: number;
}

/** The functions at the top level of a page. */
function functionsIn(text: string): readonly Named[] {
  return [...text.matchAll(/^(?:export )?(?:async )?function\*? (\w+)[\s\S]*?^\}$/gm)].map(
    ({ 0: code, 1: name = '', index: start }) => ({ name, code, start }),
  );
}

/** Code without its line breaks, so that two may be compared. */
function shapeOf(code: string): string {
  return code.replace(/\s+/g, '').replaceAll(/,([\])}])/g, '$1');
}

/** Functions that something is reported in, with what is; and the others, longest names first. */
function judged(text: string, findings: readonly Finding[]) {
  const all = functionsIn(text).map((one) => ({
    ...one,
    findings: findings.filter(
      ({ range }) => one.start <= range.start && range.end <= one.start + one.code.length,
    ),
  }));
  return {
    warned: all.filter((one) => one.findings.length > 0),
    fine: all
      .filter((one) => one.findings.length === 0)
      .sort((a, b) => b.name.length - a.name.length),
  };
}

/** The ways to mend a function: every first fix, or every fix of one kind. */
function rewritesOf(findings: readonly Finding[]): readonly (readonly Fix[])[] {
  const offered = findings.map((finding) => finding.fixes());
  const ids = new Set(offered.flat().map(({ id }) => id));
  return [...ids].map((id) =>
    offered.flatMap((fixes) => fixes.find((fix) => fix.id === id) ?? fixes.slice(0, 1)),
  );
}
