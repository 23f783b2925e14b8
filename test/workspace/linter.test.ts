import assert from 'node:assert/strict';
import { chmodSync, rmSync } from 'node:fs';
import type { Facts } from '#facts';
import { CompilerGone, type Source } from '#program';
import blockingCall from '../../rules/blocking-call.ts';
import floatingPromise from '../../rules/floating-promise.ts';
import { createLinter, type Linter } from '../../server/workspace/linter.ts';
import { openAhead } from '../../server/workspace/opening.ts';
import type { LinterOptions } from '../../server/workspace/options.ts';
import { type Scratch, scratch, TSCONFIG } from '../support/scratch.ts';
import { toyRules } from '../support/toy-rules.ts';

const SHOUT = 'declare function shout(): void;\nshout();\n';
const STILL = 'export {};\n';
const NODE =
  "declare module 'node:child_process' { export function execSync(command: string): string; }\n";

describe('linter', () => {
  let project: Scratch;
  let linter: Linter;

  beforeEach(() => {
    project = scratch({ 'a.ts': SHOUT, 'b.ts': STILL }, TSCONFIG);
  });

  afterEach(() => {
    linter.dispose();
    project.remove();
  });

  const open = (options: Partial<LinterOptions> = {}): void => {
    linter = createLinter({ cwd: project.folder, rules: toyRules, ...options });
  };

  /** Short names of the files that something is found in. */
  const found = (...names: readonly string[]): readonly string[] => {
    const paths = names.length === 0 ? [project.folder] : names.map(project.path);
    const { findings } = linter.lint(paths);
    return findings.map(({ file }) => file.slice(project.folder.length + 1));
  };

  it('lints again and again over one compiler', () => {
    open();
    assert.deepEqual(found(), ['a.ts']);
    const { pid } = linter;
    assert.deepEqual(found('b.ts'), []);
    assert.deepEqual(found('a.ts'), ['a.ts']);
    assert.equal(linter.pid, pid);
  });

  it('goes on with a compiler that was started before, or with another one when it has died', () => {
    for (const dies of [false, true]) {
      const opening = openAhead({ cwd: project.folder }, [project.folder]);
      const { pid } = opening.session;
      if (dies) process.kill(pid ?? 0, 'SIGKILL');
      open({ opening });
      assert.deepEqual(found(), ['a.ts']);
      assert.equal(linter.pid === pid, !dies);
      linter.dispose();
    }
  });

  it('starts ahead with the first config of a file that is named', () => {
    const opening = openAhead({ cwd: project.folder }, [
      project.path('b.ts'),
      project.path('a.ts'),
    ]);
    open({ opening });
    assert.deepEqual(found('b.ts', 'a.ts'), ['a.ts']);
    assert.equal(linter.pid, opening.session.pid);
  });

  it('knows a promise by what its class extends, however much is asked at once', () => {
    const task =
      'export declare class Base extends Promise<void> {}\nexport declare class Task extends Base {}\n';
    project.write('task.ts', task);
    const calls = Array.from({ length: 20 }, () => 'run();').join('\n');
    const names = Array.from({ length: 90 }, (_, index) => `call${index}.ts`);
    for (const name of names) {
      project.write(
        name,
        `import type { Task } from './task';\ndeclare function run(): Task;\n${calls}\n`,
      );
    }
    open({ rules: [floatingPromise] });
    assert.equal(found().length, 90 * 20);
  });

  it('knows tests by their folder also where a stand-in of the config lies elsewhere', () => {
    const wait =
      "import { execSync } from 'node:child_process';\nexport async function up() { execSync('make up'); }\n";
    project.write('node_modules/@types/node/index.d.ts', NODE);
    project.write('tsconfig.json', '{ "compilerOptions": { "baseUrl": "." }, "include": ["src"] }');
    project.write('src/tests/setup/containers.ts', wait);
    project.write('src/server/jobs/containers.ts', wait);
    open({ rules: [blockingCall] });
    assert.deepEqual(found(), ['src/server/jobs/containers.ts']);
  });

  it('offers no `await` outside functions where React Native bundles', () => {
    const offered = (): readonly string[] => {
      open({ rules: [floatingPromise] });
      const [finding] = linter.lint([project.path('a.ts')]).findings;
      const titles = finding ? linter.fixes(finding).map(({ title }) => title) : [];
      linter.dispose();
      return titles;
    };
    project.write('a.ts', "export {};\nPromise.reject(new Error('late'));\n");
    assert.equal(offered()[0], 'Add `await`');
    project.write('b.ts', 'declare global { const __DEV__: boolean; }\nexport {};\n');
    assert.equal(offered()[0], 'Let it run, and log when it fails');
  });

  it('one file of an open project costs few requests', () => {
    open();
    linter.lint([project.folder]);
    linter.update({ changed: [project.path('a.ts')] });
    const { stats } = linter.lint([project.path('a.ts')]);
    assert.ok(stats.requests <= 6, `${stats.requests} requests`);
  });

  it('sees changed, created and deleted files', () => {
    open();
    found();
    project.write('a.ts', STILL);
    linter.update({ changed: [project.path('a.ts')] });
    assert.deepEqual(found(), []);
    project.write('c.ts', SHOUT);
    linter.update({ created: [project.path('c.ts')] });
    assert.deepEqual(found(), ['c.ts']);
    rmSync(project.path('c.ts'));
    linter.update({ deleted: [project.path('c.ts')] });
    assert.deepEqual(found(), []);
  });

  it('sees files that went and came again, or came and went', () => {
    open();
    found();
    const file = project.path('a.ts');
    linter.update({ created: [file], deleted: [file] });
    assert.deepEqual(found(), ['a.ts']);
    linter.update({ deleted: [file] });
    linter.update({ created: [file] });
    assert.deepEqual(found(), ['a.ts']);
    project.write('b.ts', SHOUT);
    linter.update({ changed: [project.path('b.ts')], deleted: [project.path('b.ts')] });
    assert.deepEqual(found(), ['a.ts', 'b.ts']);
    rmSync(file);
    linter.update({ deleted: [file] });
    linter.update({ created: [file] });
    assert.deepEqual(found(), ['b.ts']);
  });

  it('sees unsaved text before the disk', () => {
    const texts = new Map([[project.path('b.ts'), SHOUT]]);
    open({ overlay: (file) => texts.get(file) });
    assert.deepEqual(found(), ['a.ts', 'b.ts']);
    assert.equal(linter.textOf(project.path('b.ts')), SHOUT);
    texts.delete(project.path('b.ts'));
    linter.update({ changed: [project.path('b.ts')] });
    assert.deepEqual(found(), ['a.ts']);
  });

  it('sees a config that changes, comes or goes', () => {
    open();
    assert.deepEqual(found(), ['a.ts']);
    project.write('tsconfig.json', JSON.stringify({ files: ['b.ts'] }));
    linter.update({ changed: [project.path('tsconfig.json')] });
    assert.deepEqual(found(), []);
    rmSync(project.path('tsconfig.json'));
    linter.update({ deleted: [project.path('tsconfig.json')] });
    assert.deepEqual(found(), ['a.ts']);
    project.write('asynclint.jsonc', '{ "rules": { "shouting": "off" } }');
    linter.update({ created: [project.path('asynclint.jsonc')] });
    assert.deepEqual(found(), []);
  });

  it('revives a killed compiler, and the run comes to the same', () => {
    open();
    found();
    const { pid } = linter;
    process.kill(pid ?? 0, 'SIGKILL');
    linter.update({ changed: [project.path('a.ts')] });
    assert.deepEqual(found(), ['a.ts']);
    assert.notEqual(linter.pid, pid);
  });

  it('answers questions about one file, with types, and with settings of its config', () => {
    project.write('asynclint.jsonc', '{ "settings": { "fanOut": 3 } }');
    open();
    const answer = linter.inspect(project.path('a.ts'), (facts, { root }) => {
      const call = root.statements.at(-1)?.getText();
      const [first] = root.statements;
      return [call, facts.settings.fanOut, first && facts.typeOf(first) !== undefined];
    });
    assert.deepEqual(answer, ['shout();', 3, true]);
    const { pid } = linter;
    process.kill(pid ?? 0, 'SIGKILL');
    const again = linter.inspect(project.path('a.ts'), (facts, { root }) => {
      return root.statements.map((one) => facts.typeOf(one)).length;
    });
    assert.equal(again, 2);
    assert.notEqual(linter.pid, pid);
  });

  it('gives a question up that nobody waits for any more', () => {
    open();
    let asked = 0;
    const question = (facts: Facts, { root }: Source) => {
      asked++;
      return root.statements.map((one) => facts.typeOf(one));
    };
    assert.equal(
      linter.inspect(project.path('a.ts'), question, () => true),
      undefined,
    );
    assert.equal(asked, 1);
    assert.throws(() => linter.inspect(project.path('gone.ts'), question), /no file or folder/);
  });

  it('ends a compiler that hangs, and revives it', function () {
    this.timeout(20_000);
    open({ patience: 1_000 });
    found();
    process.kill(linter.pid ?? 0, 'SIGSTOP');
    linter.update({ changed: [project.path('a.ts')] });
    assert.deepEqual(found(), ['a.ts']);
  });

  it('gives up when the compiler dies twice, says so, and is not poisoned', () => {
    const executable = project.write('dead', '#!/bin/sh\nexit 1\n');
    chmodSync(executable, 0o755);
    open({ executable });
    for (const attempt of ['first', 'second']) {
      assert.throws(
        () => found(),
        (error) => error instanceof CompilerGone && /died or hung twice/.test(error.message),
        attempt,
      );
    }
  });

  it('stops between files when nobody waits any more', () => {
    open();
    let asked = 0;
    const { findings } = linter.lint([project.folder], () => asked++ >= 0);
    assert.ok(asked > 0);
    assert.deepEqual(findings, []);
    assert.deepEqual(found(), ['a.ts']);
  });

  it('builds fixes when they are asked for, or at once', () => {
    for (const eagerFixes of [false, true]) {
      open({ eagerFixes });
      const [finding] = linter.lint([project.folder]).findings;
      assert.ok(finding);
      assert.deepEqual(
        linter.fixes(finding).map(({ id }) => id),
        ['say'],
      );
      linter.dispose();
    }
  });

  it('a rule that throws is noted with its file, and the others go on', () => {
    open();
    project.write('a.ts', `declare function explode(): void;\nexplode();\n${SHOUT}`);
    const { findings, notes } = linter.lint([project.folder]);
    assert.equal(findings.length, 1);
    assert.deepEqual(
      notes.map(({ kind, file }) => [kind, file]),
      [['internal', project.path('a.ts')]],
    );
    assert.match(notes[0]?.message ?? '', /`exploding`.*Boom/);
    assert.match(notes[0]?.stack ?? '', /toy-rules/);
  });

  it('an unused allow comment is as bad as the user says', () => {
    open({ choices: { rules: { 'unused-allow': 'information' } } });
    project.write('b.ts', '// asynclint-allow shouting: because\nexport {};\n');
    const severities = linter.lint([project.path('b.ts')]).findings.map((each) => each.severity);
    assert.deepEqual(severities, ['information']);
  });
});
