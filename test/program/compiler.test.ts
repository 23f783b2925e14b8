import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { Compiler, CompilerGone, PENDING } from '#program';
import { type Scratch, scratch, TSCONFIG } from '../support/scratch.ts';

describe('compiler', () => {
  let project: Scratch;
  let compiler: Compiler;

  beforeEach(() => {
    project = scratch({ 'a.ts': 'export const a = Promise.resolve(1);\n' }, TSCONFIG);
  });

  afterEach(() => {
    compiler.dispose();
    project.remove();
  });

  function open(settings: Partial<ConstructorParameters<typeof Compiler>[0]> = {}): void {
    compiler = new Compiler({ cwd: project.folder, ...settings });
    compiler.update({ open: [project.path('tsconfig.json')] });
  }

  const program = () => {
    const found = compiler.program(project.path('tsconfig.json'));
    assert.ok(found);
    return found;
  };

  it('names the own files of a project, and their text', () => {
    open();
    assert.deepEqual(program().files(), [project.path('a.ts')]);
    assert.match(program().source(project.path('a.ts'))?.text ?? '', /Promise\.resolve/);
  });

  it('opens a project while the caller does something else', () => {
    compiler = new Compiler({ cwd: project.folder });
    assert.equal(compiler.begin({ open: [project.path('tsconfig.json')] }), true);
    assert.equal(compiler.program(project.path('tsconfig.json')), undefined);
    compiler.finish();
    assert.deepEqual(program().files(), [project.path('a.ts')]);
    const file = project.write('b.ts', 'export {};\n');
    compiler.update({ created: [file] });
    assert.deepEqual(program().files(), [project.path('a.ts'), file]);
  });

  it('begins nothing where it would ask for texts meanwhile', () => {
    compiler = new Compiler({ cwd: project.folder, overlay: () => undefined });
    assert.equal(compiler.begin({ open: [project.path('tsconfig.json')] }), false);
  });

  it('answers about nodes with the next batch, then from memory', () => {
    open();
    const statement = program().source(project.path('a.ts'))?.root.statements[0];
    assert.ok(statement);
    const ask = () => program().query.symbolAt(statement);
    assert.throws(ask, (error) => error === PENDING);
    assert.equal(program().query.waiting, 1);
    program().query.flush();
    const before = compiler.requests;
    assert.doesNotThrow(ask);
    assert.equal(compiler.requests, before);
  });

  it('sees text that is not saved, and changes to it', () => {
    let unsaved = 'export const b = 1;\n';
    const file = project.path('a.ts');
    open({ overlay: (name) => (name === file ? unsaved : undefined) });
    assert.equal(program().source(file)?.text, unsaved);
    unsaved = 'export const c = 2;\n';
    compiler.update({ changed: [file] });
    assert.equal(program().source(file)?.text, unsaved);
  });

  it('sees text with half a character in it, all else in its place', () => {
    const file = project.path('a.ts');
    open({ overlay: (name) => (name === file ? "export const b = '\ud83d';\n" : undefined) });
    assert.equal(program().source(file)?.text, "export const b = '\ufffd';\n");
  });

  it('sees text behind a byte order mark where it stands', () => {
    const file = project.path('a.ts');
    open({ overlay: (name) => (name === file ? '\ufeffexport const b = 1;' : undefined) });
    const [statement] = program().source(file)?.root.statements ?? [];
    assert.equal(statement?.getText(), 'export const b = 1;');
    assert.equal(statement.getStart(), 1);
  });

  it('tells what other texts would come to, and stays with those that are', () => {
    const other = project.write('b/b.ts', 'export const b = 1;\n');
    const config = project.write('b/tsconfig.json', TSCONFIG);
    const file = project.path('a.ts');
    const texts = new Map<string, string>();
    compiler = new Compiler({ cwd: project.folder, overlay: (name) => texts.get(name) });
    compiler.update({ open: [project.path('tsconfig.json'), config] });
    const second = () => {
      const found = compiler.program(config);
      assert.ok(found);
      return found;
    };
    const wrong = (name: string) => `\n\nexport const ${name}: string = 1;\n`;
    const codes = (of: ReturnType<typeof program>, name: string, tried: string) =>
      of
        .errorsWith(new Map([[name, tried]]), [name])
        ?.get(name)
        ?.map(({ code }) => code);
    const before = [program().source(file)?.text, second().source(other)?.text];
    assert.ok(program().canTry);
    assert.deepEqual(codes(program(), file, wrong('a')), [2322]);
    assert.deepEqual(codes(second(), other, wrong('b')), [2322]);
    assert.deepEqual(codes(program(), file, 'export const a = 2;\n'), []);
    assert.deepEqual([program().source(file)?.text, second().source(other)?.text], before);
    assert.deepEqual(program().errors(file), []);
    // The text that was tried last becomes the real one: the tree must be the new one, too.
    texts.set(other, wrong('b'));
    compiler.update({ changed: [other] });
    assert.equal(second().source(other)?.text, wrong('b'));
    assert.equal(program().source(file)?.text, before[0]);
  });

  it('tries nothing out without an overlay', () => {
    open();
    assert.equal(program().canTry, false);
    assert.equal(program().errorsWith(new Map(), []), undefined);
  });

  it('is asked for many large trees ahead, and neither side waits for the other for good', function () {
    this.timeout(60_000);
    const lines = Array.from(
      { length: 300 },
      (_, line) => `export const a${line} = [1].map((n) => n);`,
    );
    const text = lines.join('\n');
    for (let index = 0; index < 500; index++) project.write(`many/${index}.ts`, text);
    open({ patience: 20_000 });
    const files = program().files();
    assert.ok(files.length > 500);
    program().expectSources(files);
    for (const file of files) assert.equal(program().source(file)?.file, file);
  });

  it('keeps an answer that comes while nothing waits for it', async () => {
    open({ patience: 2000 });
    const file = project.path('a.ts');
    program().expectSources([file]);
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.match(program().source(file)?.text ?? '', /Promise\.resolve/);
  });

  it('sees files that come and go', () => {
    open();
    const created = project.write('b.ts', 'export {};\n');
    compiler.update({ created: [created] });
    assert.ok(program().files().includes(created));
  });

  it('that was killed is gone, and says so', () => {
    open();
    process.kill(compiler.pid ?? 0, 'SIGKILL');
    assert.throws(() => compiler.update({ everything: true }), CompilerGone);
    assert.throws(() => compiler.update({ everything: true }), CompilerGone);
  });

  it('that is gone never speaks through the pipes that the next one has by now', async () => {
    open();
    const gone = compiler;
    const pid = gone.pid ?? 0;
    process.kill(pid, 'SIGKILL');
    // Once the event loop knows of its end, the numbers of its pipes are given out again.
    while (isThere(pid)) await setImmediate();
    open();
    assert.throws(() => gone.update({ everything: true }), CompilerGone);
    const source = program().source(project.path('a.ts'));
    gone.dispose();
    assert.match(source?.text ?? '', /Promise\.resolve/);
    compiler.update({ everything: true });
    assert.deepEqual(program().files(), [project.path('a.ts')]);
  });

  it('that is disposed of ends, and is gone', async () => {
    open();
    const { pid } = compiler;
    assert.ok(pid);
    compiler.dispose();
    assert.throws(() => compiler.update({ everything: true }), CompilerGone);
    while (isThere(pid)) await setImmediate();
  });

  const ways = {
    'in one run': {},
    'asked in turn': { ahead: false },
    lasting: { garbageTarget: 200 },
  };
  for (const [way, settings] of Object.entries(ways)) {
    it(`that hangs is given up when its time is up, ${way}`, function () {
      this.timeout(30_000);
      open({ patience: 3_000, ...settings });
      process.kill(compiler.pid ?? 0, 'SIGSTOP');
      assert.throws(() => compiler.update({ everything: true }), CompilerGone);
    });
  }
});

/** Whether a process is there, or nobody has heard of its end yet. */
function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
