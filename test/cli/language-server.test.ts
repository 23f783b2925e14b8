import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { refusedServer } from '../../server/cli/arguments/language-server.ts';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

const SEE = 'See `asynclint lsp --help`.\n';

describe('asynclint lsp', () => {
  it('takes one way to talk, or none', () => {
    for (const argv of [
      [],
      ['--stdio'],
      ['--socket=6009'],
      ['--socket', '6009'],
      ['--pipe=/run/editor'],
      ['--stdio', '--clientProcessId=12'],
    ]) {
      assert.equal(refusedServer(argv, false), undefined, argv.join(' '));
    }
    assert.equal(refusedServer(['--node-ipc'], true), undefined);
  });

  for (const [line, told] of [
    ['--sdtio', "error: unknown option '--sdtio'\n(Did you mean --stdio?)\n"],
    [
      '--stdio --node-ipc',
      `error: option '--stdio' cannot be used with option '--node-ipc'\n${SEE}`,
    ],
    ['--node-ipc', 'error: `--node-ipc` needs a parent that opened a channel; try `--stdio`.\n'],
    [
      '--socket x',
      "error: option '--socket <port>' argument 'x' is invalid. Write a whole number.\n",
    ],
    ['--socket', `error: option '--socket <port>' argument missing\n${SEE}`],
    ['src', `error: too many arguments. Expected 0 arguments but got 1.\n${SEE}`],
  ] as const) {
    it(`2: ${line}`, () => {
      const argv = [CLI, 'lsp', ...line.split(' ')];
      const { status, stdout, stderr } = spawnSync(process.execPath, argv, { encoding: 'utf8' });
      assert.equal(stderr, told);
      assert.equal(stdout, '');
      assert.equal(status, 2);
    });
  }

  it('--help is its own', () => {
    const argv = [CLI, 'lsp', '--help'];
    const { status, stdout } = spawnSync(process.execPath, argv, { encoding: 'utf8' });
    assert.equal(status, 0);
    assert.match(stdout, /^Usage: asynclint lsp \[options\]\n[\s\S]*--stdio +talk over/);
  });

  it('answers, and ends when nobody writes to it any more', async () => {
    const child = spawn(process.execPath, [CLI, 'lsp', '--stdio'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const params = { processId: null, rootUri: null, capabilities: {} };
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params });
    child.stdin.write(`Content-Length: ${body.length}\r\n\r\n${body}`);
    const [answer] = await once(child.stdout, 'data');
    assert.match(String(answer), /^Content-Length: \d+\r\n/);
    child.stdin.end();
    const ended = await Promise.race([once(child, 'exit'), setTimeout(10_000, undefined)]);
    child.kill('SIGKILL');
    assert.ok(ended !== undefined, 'it went on for ten seconds');
  });
});
