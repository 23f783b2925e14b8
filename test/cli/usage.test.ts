import assert from 'node:assert/strict';
import { isIdentifier } from '#ast';
import { defineRule } from '#engine';
import { parseArguments } from '../../server/cli/arguments/arguments.ts';
import { type Scratch, scratch, TSCONFIG } from '../support/scratch.ts';
import { invoke } from './console.ts';

/** Where the rest is said. */
const SEE = 'See `asynclint --help`.\n';

describe('wrong usage', () => {
  let project: Scratch;

  before(() => {
    project = scratch({ 'a.ts': 'declare function shout(): void;\nshout();\n' }, TSCONFIG);
  });

  after(() => project.remove());

  const mistake = async (...argv: readonly string[]): Promise<string> => {
    const { exit, out, err } = await invoke(argv, project.folder);
    assert.equal(exit, 2, argv.join(' '));
    assert.equal(out, '', 'what is no report does not belong on stdout');
    return err;
  };

  const help = parseArguments(['--help'], '1.2.3');
  assert.ok('text' in help);
  const wanting = [...help.text.matchAll(/^ {2}(--[a-z-]+) <.*?> /gm)].map(([, name = '']) => name);

  it('the help names options that want a value', () => {
    assert.ok(wanting.includes('--format') && wanting.length > 8, wanting.join());
  });

  for (const option of wanting) {
    it(`${option} without its value`, async () => {
      const err = await mistake(option);
      assert.match(err, new RegExp(`^error: option '${option} <.*>' argument missing\n${SEE}$`));
    });
  }

  it('options that do not exist, with the one that was probably meant', async () => {
    assert.equal(
      await mistake('--fixx'),
      "error: unknown option '--fixx'\n(Did you mean --fix?)\n",
    );
    assert.match(await mistake('--max-warning', '1'), /\(Did you mean --max-warnings\?\)/);
    assert.equal(await mistake('-x'), `error: unknown option '-x'\n${SEE}`);
  });

  it('values that are not among those allowed', async () => {
    for (const [argv, allowed] of [
      [['--preset', 'lax'], 'recommended, strict, all'],
      [['--min-certainty', 'sure'], 'proved, likely'],
      [['--format', 'xml'], 'text, json'],
    ] as const) {
      const err = await mistake(...argv);
      assert.match(
        err,
        new RegExp(`^error: option '${argv[0]} <.*>' argument '${argv[1]}' is inv`),
      );
      assert.ok(err.includes(`Allowed choices are ${allowed}`), err);
    }
    for (const count of ['few', '-1', '1.5', '']) {
      assert.match(
        await mistake('--max-warnings', count),
        /is invalid\. Write a whole number\.\n$/,
      );
    }
  });

  it('options that contradict each other', async () => {
    for (const [argv, told] of [
      [['--diff', '--format', 'json'], '`--diff` prints a patch'],
      [['--dry-run'], '`--dry-run` goes with `--fix`, `--fix-suggested` or `--fix-only`.\n'],
      [
        ['--only', 'humming', '--fix-only', 'shouting'],
        '`--fix-only shouting` fixes nothing: `--only` leaves that rule out.\n',
      ],
      [['--stdin', '--stdin-filename', 'a.ts', 'a.ts'], '`--stdin` lints one text'],
      [['--print-config', 'a.ts', '--diff'], '`--print-config <file>` lints nothing'],
    ] as const) {
      assert.ok((await mistake(...argv)).startsWith(told), told);
    }
  });

  it('rules that do not exist, wherever a rule is named', async () => {
    const told = 'There is no rule `shuoting`. Did you mean `shouting`?\n';
    assert.equal(await mistake('--only', 'shuoting'), told);
    assert.equal(await mistake('--rule', 'shuoting=off'), told);
    assert.equal(await mistake('--fix-only', 'shuoting'), told);
  });
});

describe('--min-certainty', () => {
  let project: Scratch;

  before(() => {
    project = scratch({ 'a.ts': 'declare function shout(): void;\nshout();\n' }, TSCONFIG);
  });

  after(() => project.remove());

  for (const certainty of ['proved', 'likely'] as const) {
    it(`what is ${certainty} counts as it says`, async () => {
      const guessing = defineRule({
        id: 'guessing',
        family: 'errors',
        severity: 'error',
        preset: 'recommended',
        summary: 'It is called.',
        advice: 'Call it off.',
        visit: {
          CallExpression({ expression }, { report }) {
            if (!isIdentifier(expression)) return;
            report(expression, { message: 'It is called.', certainty });
          },
        },
      });
      const exitWith = async (least: string): Promise<number> => {
        const argv = ['--min-certainty', least];
        return (await invoke(argv, project.folder, { parts: { rules: [guessing] } })).exit;
      };
      assert.equal(await exitWith('likely'), 1);
      assert.equal(await exitWith('proved'), certainty === 'proved' ? 1 : 0);
    });
  }
});
