import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { ConfigurationTarget, commands, extensions, workspace } from 'vscode';
import { findings, rewrite, show, until } from './documents.ts';

const FLOATING = 'Promise.resolve();\nexport {};\n';

describe('the server', () => {
  it('goes on after a restart', async () => {
    const document = await show('squiggle.ts');
    await rewrite(document, FLOATING);
    await findings(document, 1);
    await commands.executeCommand('asynclint.restart');
    await rewrite(document, FLOATING.repeat(2));
    await findings(document, 2);
  });

  it('goes on after a restart, also when it hung', async () => {
    const document = await show('squiggle.ts');
    await rewrite(document, FLOATING);
    await findings(document, 1);
    const [hung] = servers();
    assert.ok(hung, 'a server runs');
    process.kill(hung, 'SIGSTOP');
    await commands.executeCommand('asynclint.restart');
    await rewrite(document, FLOATING.repeat(2));
    await findings(document, 2);
    await until(() => !servers().includes(hung));
  });

  it('is that of another package as soon as a setting names one', async () => {
    const document = await show('squiggle.ts');
    const { extensionPath } = extensions.getExtension('asynclint.asynclint') ?? assert.fail();
    for (const [named, times] of [
      [extensionPath, 1],
      [undefined, 2],
    ] as const) {
      const before = servers();
      const settings = workspace.getConfiguration('asynclint');
      await settings.update('server', named, ConfigurationTarget.Global);
      await until(() => servers().length > 0 && !servers().some((one) => before.includes(one)));
      await rewrite(document, FLOATING.repeat(times));
      await findings(document, times);
    }
  });

  it('is started anew when it is killed', async () => {
    const document = await show('squiggle.ts');
    await rewrite(document, FLOATING);
    await findings(document, 1);
    const [server] = servers();
    assert.ok(server, 'a server runs');
    process.kill(server, 'SIGKILL');
    await until(() => servers().some((one) => one !== server));
    await rewrite(document, FLOATING.repeat(3));
    await findings(document, 3);
  });
});

/** Ids of the language servers that this extension host started. */
function servers(): readonly number[] {
  const args = ['-A', '-o', 'pid=,ppid=,args='];
  return execFileSync('ps', args, { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, parent, ...command]) => {
      return Number(parent) === process.pid && /dist.server\.js/.test(command.join(' '));
    })
    .map(([id]) => Number(id));
}
