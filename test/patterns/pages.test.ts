import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { applyEdits, disjoint, type Edit, type Finding, type Fix } from '#engine';
import { rules } from '#rules';
import { Corpus, FIXTURES } from '../support/corpus.ts';
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
      const all = functionsIn(text);
      const shown = new Set(all.map(({ code }) => shapeOf(code, all)));
      for (const { findings, name } of warned(all, found.get(file) ?? [])) {
        const ways = rewritesOf(findings).map((fixes) => {
          const before = new Set(all.map(({ code }) => code));
          const after = functionsIn(fixedText(text, file, fixes));
          return after.filter(({ code }) => !before.has(code));
        });
        const isShown = ways.some((changed) =>
          changed.every(({ code }) => shown.has(shapeOf(code, all))),
        );
        const codes = ways.map((changed) => changed.map(({ code }) => code).join('\n\n'));
        assert.ok(
          isShown || ways.length === 0,
          `none of these is shown for \`${name}\`:\n${codes.join('\n\nor\n\n')}`,
        );
      }
    });
  }

  it('every rule of a preset about waiting, blocking, order and load leads to one', () => {
    const families = ['unawaited', 'blocking', 'sequential', 'fan-out'];
    const led = new Set(readPatterns().flatMap((pattern) => pattern.rules));
    const without = rules.filter(({ id, family, preset }) => {
      return preset !== 'all' && families.includes(family) && !led.has(id);
    });
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
      const prose = text.replaceAll(/^```[\s\S]*?^```/gm, '');
      for (const [link, target = ''] of prose.matchAll(/\]\((?!https?:)([^)#]+)\)/g)) {
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

/**
 * Code without its line breaks, so that two may be compared, under better names: `userPageInTurn` counts as `userPage` where
 * there is such a function.
 */
function shapeOf(code: string, all: readonly Named[]): string {
  const better = (name: string) => {
    const shorter = all.filter((one) => name !== one.name && name.startsWith(one.name));
    return shorter.sort((a, b) => b.name.length - a.name.length)[0]?.name ?? name;
  };
  const names = new Set(all.map(({ name }) => name));
  return code
    .replace(/\w+/g, (word) => (names.has(word) ? better(word) : word))
    .replace(/\s+/g, '')
    .replace(/,([\])}])/g, '$1');
}

/** Functions that something is reported in, with what is. */
function warned(all: readonly Named[], findings: readonly Finding[]) {
  return all
    .map(({ name, code, start }) => ({
      name,
      findings: findings.filter(
        ({ range }) => start <= range.start && range.end <= start + code.length,
      ),
    }))
    .filter((one) => one.findings.length > 0);
}

/** The text after the fixes that do not touch each other. */
function fixedText(text: string, file: string, fixes: readonly Fix[]): string {
  const chosen: Edit[] = [];
  for (const { edits } of fixes) {
    const here = edits.filter((edit) => edit.file === file);
    if (disjoint(here, chosen)) chosen.push(...here);
  }
  return applyEdits(text, chosen);
}

/** The ways to mend a function: every first fix, or every fix of one kind. */
function rewritesOf(findings: readonly Finding[]): readonly (readonly Fix[])[] {
  const offered = findings.map((finding) => finding.fixes());
  const ids = new Set(offered.flat().map(({ id }) => id));
  return [...ids].map((id) =>
    offered.flatMap((fixes) => fixes.find((fix) => fix.id === id) ?? fixes.slice(0, 1)),
  );
}
