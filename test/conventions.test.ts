import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rules } from '#rules';
import { Corpus, FIXTURES, findFixtures } from './support/corpus.ts';
import { stripMarks } from './support/marks.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Lines of the longest file that one idea needs, and of the longest function. */
const LONGEST_FILE = 300;
const LONGEST_FUNCTION = 40;
const BANNED_NAMES = /^(utils?|helpers?|common|misc|types|manager|service|base)\b/;

describe('conventions', () => {
  for (const rule of rules) {
    describe(rule.id, () => {
      it('says what it reports in one sentence', () => {
        assert.match(
          rule.summary,
          /^[A-Z`][^\n]*\.$/,
          'a full sentence, one line, with a full stop',
        );
        assert.ok(rule.summary.length <= 140, `${rule.summary.length} characters is no summary`);
        assert.match(rule.advice, /\.$/, 'advice is a sentence, too');
      });

      it('has why, at least one example reported and two that are not', () => {
        const code = readFileSync(join(ROOT, 'rules', `${rule.id}.ts`), 'utf8');
        assert.match(
          code,
          /\*\/\nexport default defineRule/,
          'the JSDoc above the rule is its why',
        );
        const sections = findFixtures()
          .filter((fixture) => fixture.rule === rule)
          .flatMap(({ file }) =>
            readFileSync(file, 'utf8')
              .split(/^\/\/ # /m)
              .slice(1),
          );
        const reported = sections.filter((text) => stripMarks(text) !== text).length;
        assert.ok(reported >= 1, 'no example is reported');
        assert.ok(sections.length - reported >= 2, 'too little shows where the rule is silent');
      });
    });
  }

  it('messages and fix titles read well, and fixes are of the kinds that rules say', () => {
    const corpus = new Corpus();
    const kinds = new Map(rules.map(({ id }) => [id, new Set<string>()]));
    try {
      for (const { rule, file, options } of findFixtures()) {
        for (const finding of corpus.lint(file, [rule], options)) {
          const { message } = finding;
          assert.ok(message.length <= 90, `${message.length} characters: ${message}`);
          assert.match(message, /^[A-Z0-9`].*\.$/s, message);
          assert.doesNotMatch(message, /unexpected|should|\bbad\b|\n/i, message);
          if (finding.rewrite) kinds.get(rule.id)?.add('suggested');
          for (const { title, id, kind } of finding.fixes()) {
            kinds.get(rule.id)?.add(kind);
            assert.ok(title.length <= 60, `${title.length} characters: ${title}`);
            assert.match(title, /^[A-Z`].*[^.]$/, `imperative, no full stop: ${title}`);
            assert.match(id, /^[a-z]+(-[a-z]+)*$/, id);
          }
        }
      }
    } finally {
      corpus.dispose();
    }
    for (const { id, fixes } of rules) {
      const offered = [...(kinds.get(id) ?? [])].sort();
      assert.deepEqual(offered, [...fixes], `${id} offers other fixes than its \`fixes\` says`);
    }
  });

  for (const file of sources()) {
    const text = readFileSync(join(ROOT, file), 'utf8');
    const name = basename(file).replace(/\..*$/, '');

    it(`${file} has a name that says what it knows, and one idea`, () => {
      assert.doesNotMatch(name, BANNED_NAMES);
      if (file === 'rules/index.ts' || file.startsWith('rules/catalog/')) return;
      const lines = text.split('\n').length;
      assert.ok(lines <= LONGEST_FILE + 1, `${lines} lines: perhaps two ideas`);
      for (const [first, length] of longFunctions(text)) {
        assert.fail(`${length} lines in one function: ${first}`);
      }
    });
  }

  for (const file of sources().filter((name) => name.startsWith('rules/'))) {
    it(`${file} keeps the types on`, () => {
      const code = readFileSync(join(ROOT, file), 'utf8').replace(
        /\/\*[\s\S]*?\*\/|\/\/.*$|^(import|export) [^;]*;/gm,
        '',
      );
      assert.doesNotMatch(
        code,
        /:\s*any\b|<any>|\bas (?!const\b|default\b)[A-Z{(]|@ts-/,
        'no any, as, @ts-',
      );
      assert.doesNotMatch(code, /[\w)\]]!(?=[.;,)\]])/, 'no `!`');
    });
  }

  it('fixtures are named after rules', () => {
    const ids = rules.map(({ id }) => id);
    const strays = readdirSync(FIXTURES)
      .filter((name) => /\.[jt]sx?$/.test(name))
      .filter((name) => !ids.includes(name.split('.')[0] ?? ''));
    assert.deepEqual(strays, []);
  });
});

function sources(): readonly string[] {
  return ['client', 'server', 'rules', 'test']
    .flatMap((folder) => {
      return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && /\.ts$/.test(entry.name))
        .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
    })
    .filter((file) => !/node_modules|bench\/\.corpora/.test(file));
}

/** Functions by their first line, found by indentation, which the formatter guarantees. */
function longFunctions(text: string): readonly (readonly [string, number])[] {
  const lines = text.split('\n');
  const found: [string, number][] = [];
  lines.forEach((line, start) => {
    const indent =
      /^( {0,2})(?:export |async |static |default )*(?:function\b|#?\w+\(.*\).*\{$)/.exec(
        line,
      )?.[1];
    if (
      indent === undefined ||
      !line.endsWith('{') ||
      /=> \{$|^\s*(if|for|while|switch)\b/.test(line)
    )
      return;
    const end = lines.findIndex((other, index) => index > start && other.startsWith(`${indent}}`));
    if (end - start > LONGEST_FUNCTION) found.push([line.trim(), end - start]);
  });
  return found;
}
