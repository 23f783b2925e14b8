import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { rules } from '#rules';
import {
  applyFixes,
  Corpus,
  FIXTURES,
  type Fixture,
  findFixtures,
  fixedAmong,
  fixedName,
} from './support/corpus.ts';
import { drawMarks, type Marked, stripMarks } from './support/marks.ts';

/** `npm run accept` sets this: what is drawn is written instead of compared. */
const ACCEPT = process.env['UPDATE'] === '1';

/** `RULE=<id> npm run accept` writes the fixtures of one rule only. */
const ONE = ACCEPT ? (process.env['RULE'] ?? '') : '';

/** What linting one fixture gave: the drawing, and the file after the fixes. */
interface Drawn {
  readonly drawing: string;
  /** By name of the answer file. */
  readonly answers: ReadonlyMap<string, Answer>;
}

/** A fixture after fixes. */
interface Answer {
  readonly text: string;
  /** Findings that no applied fix removed. */
  readonly left: number;
  /** All texts by the names of the files as they are, where the fixes touch others than the fixture. */
  readonly texts?: ReadonlyMap<string, string>;
}

describe('fixtures', () => {
  const fixtures = findFixtures().filter(({ rule }) => rule.id.startsWith(ONE));
  const results = new Map<Fixture, Drawn>();
  let corpus: Corpus;

  before(() => {
    corpus = new Corpus();
    for (const fixture of fixtures) results.set(fixture, draw(corpus, fixture));
    const answers = [...results.values()].flatMap(({ answers }) => [...answers]);
    if (ACCEPT) for (const [file, { text }] of answers) write(file, text);
    const single = answers.filter(([, { texts }]) => texts === undefined);
    corpus.replace(new Map(single.map(([file, { text }]) => [file, text])));
  });

  after(() => corpus.dispose());

  it('has one for every rule', () => {
    const chosen = rules.filter(({ id }) => id.startsWith(ONE));
    const without = chosen.filter(({ id }) => !fixtures.some(({ rule }) => rule.id === id));
    assert.deepEqual(
      without.map(({ id }) => id),
      [],
    );
  });

  it('has no answer without a fixture', () => {
    const expected = new Set([...results.values()].flatMap(({ answers }) => [...answers.keys()]));
    const orphans = answerFiles(fixtures).filter((file) => !expected.has(file));
    if (ACCEPT) for (const file of orphans) rmSync(file);
    else assert.deepEqual(orphans, [], 'these answers belong to no fix any more: npm run accept');
  });

  for (const fixture of fixtures) {
    describe(nameOf(fixture.file), () => {
      it('compiles', () => assertCompiles(corpus, fixture.file));

      it('is reported as drawn', () => {
        const drawing = results.get(fixture)?.drawing ?? '';
        if (ACCEPT) writeFileSync(fixture.file, drawing);
        else assert.equal(readFileSync(fixture.file, 'utf8'), drawing);
        assert.equal(stripMarks(drawing), stripMarks(readFileSync(fixture.file, 'utf8')));
      });

      it('is fixed as answered', () => {
        for (const [file, { text }] of results.get(fixture)?.answers ?? []) {
          assert.equal(existsSync(file) ? readFileSync(file, 'utf8') : '', text, nameOf(file));
        }
      });

      it('compiles after the fix, and is not reported again', () => {
        for (const [file, { left, texts }] of results.get(fixture)?.answers ?? []) {
          if (texts === undefined) assertMended(corpus, fixture, file, left);
          else corpus.during(texts, () => assertMended(corpus, fixture, fixture.file, left));
        }
      });
    });
  }

  it('gives the same with all rules at once, no two at one place', () => {
    for (const { file } of fixtures) {
      const seen = new Map<string, string>();
      for (const { rule, range } of corpus.lint(file, rules)) {
        const place = `${range.start}-${range.end}`;
        assert.ok(
          !seen.has(place),
          `${seen.get(place)} and ${rule} both at ${nameOf(file)} ${place}`,
        );
        seen.set(place, rule);
      }
    }
  });
});

function draw(corpus: Corpus, { rule, file, options }: Fixture): Drawn {
  const text = stripMarks(readFileSync(file, 'utf8'));
  const textOf = (from: string) => corpus.program.source(from)?.text ?? '';
  const marked: Marked[] = corpus.lint(file, [rule], options).map((finding) => {
    const rewrite = finding.rewrite?.();
    const isRefused = rewrite !== undefined && 'refused' in rewrite;
    return {
      finding,
      fixes: [...finding.fixes(), ...(rewrite && !isRefused ? [rewrite] : [])],
      refusal: isRefused ? rewrite : undefined,
      usual: rule.severity,
      textAt: (from, start, end) => textOf(from).slice(start, end) || '(another program)',
    };
  });
  const answers = new Map<string, Answer>();
  const ids = new Set(marked.flatMap(({ fixes }) => fixes.slice(1).map(({ id }) => id)));
  for (const id of [undefined, ...ids]) {
    const chosen = marked.flatMap(({ fixes }) =>
      fixes.filter((f, i) => (id ? f.id === id : i === 0)),
    );
    if (chosen.length === 0) continue;
    const { texts, applied } = applyFixes(textOf, file, chosen);
    const left = marked.length - applied;
    if (texts.size === 1) {
      answers.set(fixedName(file, id), { text: texts.get(file) ?? '', left });
      continue;
    }
    for (const [name, fixed] of texts) {
      answers.set(fixedAmong(file, name, id), { text: fixed, left, texts });
    }
  }
  return { drawing: drawMarks(text, marked), answers };
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function assertMended(corpus: Corpus, fixture: Fixture, file: string, left: number): void {
  assertCompiles(corpus, file);
  const again = corpus.lint(file, [fixture.rule], fixture.options);
  const lines = again.map(({ range }) => lineAt(corpus, file, range.start));
  assert.ok(again.length <= left, `${nameOf(file)} is reported again: ${lines.join(' | ')}`);
}

function assertCompiles(corpus: Corpus, file: string): void {
  const errors = corpus.program.errors(file).map(({ start, message }) => {
    return `${lineAt(corpus, file, start)}: ${message}`;
  });
  assert.deepEqual(errors, [], nameOf(file));
}

function lineAt(corpus: Corpus, file: string, offset: number): string {
  const source = corpus.program.source(file);
  const { line } = source?.root.getLineAndCharacterOfPosition(offset) ?? { line: -1 };
  return `${line + 1}: ${source?.text.split('\n')[line]?.trim()}`;
}

function answerFiles(fixtures: readonly Fixture[]): readonly string[] {
  const folders = new Set([FIXTURES, ...fixtures.map(({ file }) => dirname(file))]);
  return [...folders].flatMap((folder) =>
    readdirSync(folder, { recursive: folder !== FIXTURES, encoding: 'utf8' })
      .filter(
        (name) =>
          /\.fixed\.|^fixed[./].*\.[jt]sx?$/.test(name) &&
          (folder !== FIXTURES || name.startsWith(ONE)),
      )
      .map((name) => join(folder, name)),
  );
}

function nameOf(file: string): string {
  return dirname(file) === FIXTURES ? basename(file) : file.slice(FIXTURES.length + 1);
}
