import assert from 'node:assert/strict';
import { commentRules } from '#engine';
import { rules } from '#rules';
import { toyRules } from '../support/toy-rules.ts';
import { invoke } from './console.ts';

const all = [...rules, ...commentRules];

describe('rules', () => {
  const list = (argv: readonly string[], columns = 80, some = rules) =>
    invoke(['rules', ...argv], '/', { columns, parts: { rules: some } });

  it('lists every rule once, family by family', async () => {
    const { exit, out, err } = await list([], 80, toyRules);
    assert.equal(exit, 0);
    assert.equal(err, '');
    assert.equal(
      out,
      [
        '    rule               preset       severity     fixes',
        '',
        'comments',
        '  unexplained-allow  strict       warning      none',
        '    An allow comment gives no reason.',
        '  unknown-allow      recommended  warning      suggested',
        '    An allow comment names a rule that does not exist.',
        '  unused-allow       recommended  warning      safe',
        '    An allow comment hides nothing.',
        '',
        'errors',
        '  exploding          recommended  error        suggested',
        '    It explodes.',
        '  humming            recommended  information  suggested',
        '    Somebody calls hum.',
        '  muttering          recommended  warning      suggested',
        '    Somebody calls mutter.',
        '  shouting           recommended  error        suggested',
        '    Somebody calls shout.',
        '  whispering         strict       warning      suggested',
        '    Somebody whispers.',
        '',
      ]
        .join('\n')
        .replace('    rule', '  rule'),
    );
  });

  it('fits the terminal, and uses one line a rule where it is wide', async () => {
    const narrow = (await list([], 72)).out.split('\n');
    assert.deepEqual(
      narrow.filter((line) => line.length > 72),
      [],
    );
    const wide = (await list([], 200)).out.split('\n');
    const families = new Set(all.map(({ family }) => family)).size;
    assert.equal(wide.length, 1 + 2 * families + all.length + 1);
    assert.ok(wide.some((line) => line.endsWith('or handles its rejection.')));
  });

  it('--color, --no-color', async () => {
    assert.ok((await list(['--color'])).out.includes('\u001b['));
    assert.ok(!(await list(['--no-color'])).out.includes('\u001b['));
  });

  it('--json says all that there is to know', async () => {
    const listed = JSON.parse((await list(['--json'])).out);
    assert.equal(listed.version, 1);
    assert.deepEqual(
      listed.rules.map(({ id }: { id: string }) => id),
      all.map(({ id }) => id),
    );
    const [one] = listed.rules.filter(({ id }: { id: string }) => id === 'floating-promise');
    assert.deepEqual(Object.keys(one), [
      ...[
        'id',
        'family',
        'preset',
        'severity',
        'fixes',
        'summary',
        'advice',
        'options',
        'replaces',
      ],
    ]);
    assert.equal(one.options.void.default, 'allow');
  });

  it('2: wrong usage; --help', async () => {
    for (const argv of [['floating-promise'], ['--yaml']]) {
      assert.equal((await list(argv)).exit, 2, argv.join(' '));
    }
    assert.match((await list(['--help'])).out, /^Usage: asynclint rules \[options\]\n/);
  });
});
