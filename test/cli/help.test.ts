import assert from 'node:assert/strict';
import { type Answer, parseArguments } from '../../server/cli/arguments/arguments.ts';

/** Columns and lines of a small screen. */
const WIDTH = 100;
const HEIGHT = 50;

describe('--help', () => {
  const helpOf = (...argv: readonly string[]): Answer => {
    const answer = parseArguments([...argv, '--help'], '1.2.3');
    assert.ok('text' in answer);
    return answer;
  };

  it('fits one screen, and gives every option one line', () => {
    const { text, exit } = helpOf();
    const lines = text.trimEnd().split('\n');
    assert.equal(exit, 0);
    assert.ok(lines.length <= HEIGHT, `${lines.length} lines`);
    assert.deepEqual(
      lines.filter((line) => line.length > WIDTH),
      [],
    );
    const wrapped = lines.filter((line) => /^ {4}/.test(line));
    assert.deepEqual(wrapped, [], 'descriptions too long for one line');
  });

  it('groups what belongs together', () => {
    const { text } = helpOf();
    const groups = text.split('\n').filter((line) => /^\w.*:$/.test(line));
    assert.deepEqual(groups, [
      'What to lint:',
      'Which rules:',
      'Fixing:',
      'Output:',
      'Speed:',
      'Commands (`asynclint <command> --help` tells more):',
    ]);
    assert.match(text, /^Fixing:\n {2}--fix {2,}apply/m);
    assert.match(text, /^ {2}--format <name> +text, json/m);
    assert.match(text, /^Exit code: 0 clean, 1 findings, 2 wrong usage or config, 3 our bug\.$/m);
  });

  it('every command has its own, as narrow', () => {
    const commands = [...helpOf().text.matchAll(/(?<=^ {2}\w+: .*)\b[a-z]+(?=[ ,\n])/gm)];
    assert.ok(commands.length >= 2);
    for (const [name] of commands) {
      const { text, exit } = helpOf(name);
      assert.equal(exit, 0, name);
      assert.match(text, new RegExp(`^Usage: asynclint ${name}\\b`));
      assert.ok(text.split('\n').every((line) => line.length <= WIDTH));
    }
  });
});
