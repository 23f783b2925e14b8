import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Answer, parseArguments } from '../../server/cli/arguments/arguments.ts';
import { refusedServer } from '../../server/cli/arguments/language-server.ts';
import { named } from '../../server/cli/paths.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const OWN = 'every-option.test.ts';

/** What the other tests of the command line say. */
const TESTS = readdirSync(HERE)
  .filter((name) => name !== OWN)
  .map((name) => readFileSync(`${HERE}${name}`, 'utf8'))
  .join('\n');

/** Arguments without which a command does nothing. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  completion: ['bash'],
  explain: ['a.ts:1'],
  merge: ['a.json'],
  waterfall: ['a.ts:f'],
};

function answer(command: string, argv: readonly string[]): Answer {
  const told =
    command === 'lsp'
      ? refusedServer(argv, false)
      : parseArguments(
          [...(command === '' ? [] : [command]), ...(NEEDED[command] ?? []), ...argv],
          '1.2.3',
        );
  assert.ok(told !== undefined && 'text' in told, `${command} ${argv.join(' ')} was taken`);
  return told;
}

function helpOf(command: string): string {
  return answer(command, ['--help']).text;
}

const COMMANDS = [...helpOf('').matchAll(/(?<=^ {2}\w+: .*)\b[a-z]+(?=[ ,\n])/gm)].map(String);

/** What follows a mistake: whoever is told that, knows where to look. */
const KNOWN_WAY_OUT = /Did you mean|Allowed choices|See `asynclint( [a-z]+)? --help`|; try|Write /;

describe('every option', () => {
  it('is known here with all commands', () => {
    assert.ok(COMMANDS.length >= 10, COMMANDS.join());
  });

  for (const command of COMMANDS) {
    it(`${command}: is suggested when it is mistyped`, async () => {
      const meant = { message: new RegExp(`Did you mean \`asynclint ${command}\`\\?$`) };
      await assert.rejects(named([`${command}x`], HERE), meant);
    });
  }

  for (const command of ['', ...COMMANDS]) {
    const options = [...helpOf(command).matchAll(/^ {2}(--[\w-]+)( <[^>]+>)?/gm)];
    for (const [, option = '', value] of options) {
      const name = `${command} ${option}`.trim();
      it(`${name}: some test uses it`, () => {
        assert.match(TESTS, new RegExp(`['\` ]${option}['\`= ]`));
      });

      it(`${name}: wrong use is refused, with the way out`, () => {
        // The one wants a value, the other takes none.
        const { text, exit } = answer(command, [value === undefined ? `${option}=yes` : option]);
        assert.equal(exit, 2);
        assert.match(text, value === undefined ? /unknown option/ : /argument missing/);
        assert.match(text, KNOWN_WAY_OUT);
      });
    }

    it(`${command}: an option that does not exist`, () => {
      const { text, exit } = answer(command, ['--surprise']);
      assert.equal(exit, 2);
      assert.match(text, /^error: unknown option '--surprise'\n/);
      assert.match(text, KNOWN_WAY_OUT);
    });
  }
});
