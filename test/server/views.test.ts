import assert from 'node:assert/strict';
import type { CodeLens, Hover, Position } from 'vscode-languageserver/node';
import { EXPLAIN, type ExplanationPage, WATERFALL, type WaterfallView } from '#protocol';
import { ASKING, Editor, rangeOf } from './editor.ts';

const LOADS = `async function load(path: string): Promise<string> {
  return (await fetch(path)).text();
}
export async function both() {
  const a = await load('a');
  const b = await load('b');
  return a + b;
}
export function sync() {
  return 1;
}
`;
const FLOATING = 'declare function send(): Promise<void>;\nsend();\n';

describe('views over stdio', () => {
  let editor: Editor;
  afterEach(() => editor.stop());

  const opened = async (text: string, options: object = {}): Promise<void> => {
    editor = await Editor.start(ASKING, { 'main.ts': text }, options);
    await editor.open('main.ts', text);
  };

  const ask = <T>(method: string, place: object): Promise<T> =>
    editor.connection.sendRequest<T>(method, {
      textDocument: { uri: editor.uriOf('main.ts') },
      ...place,
    });

  const positionOf = (text: string, part: string): Position => rangeOf(text, part).start;

  it('hover over a finding tells of its rule, in short and with a link', async () => {
    await opened(FLOATING);
    const position = positionOf(FLOATING, 'send();');
    const hover = await ask<Hover>('textDocument/hover', { position });
    const { value } = Object(hover.contents);
    assert.match(value, /^\*\*floating-promise\*\* · A promise is started/);
    assert.match(value, /\]\(file:.*floating-promise\.md\)$/);
    assert.ok(value.length < 1000, value);
    assert.deepEqual(hover.range?.start, position);
  });

  it('hover over what is not reported tells nothing', async () => {
    await opened(FLOATING);
    const position = positionOf(FLOATING, 'declare');
    assert.equal(await ask('textDocument/hover', { position }), null);
  });

  it('lenses are off unless they are wanted', async () => {
    await opened(LOADS);
    assert.deepEqual(await ask('textDocument/codeLens', {}), []);
  });

  it('lenses tell what stands in series above each function that could wait less', async () => {
    await opened(LOADS, { codeLens: true });
    const lenses = await ask<CodeLens[]>('textDocument/codeLens', {});
    assert.deepEqual(
      lenses.map(({ range, command }) => [range.start.line, command?.title]),
      [[3, '2 awaits in series, longest chain 1 · show waterfall']],
    );
    assert.equal(lenses[0]?.command?.command, 'asynclint.showWaterfall');
  });

  it('a waterfall is drawn of the function round a place', async () => {
    await opened(LOADS);
    const view = await ask<WaterfallView>(WATERFALL, { position: positionOf(LOADS, 'return a') });
    assert.equal(view.name, 'both');
    assert.equal(view.place, 'main.ts:4');
    assert.equal(view.unit, 'steps');
    assert.equal(view.today.length, 2);
    assert.equal(view.overlapped.length, 1);
    assert.deepEqual(view.today.bars[1]?.range, rangeOf(LOADS, "await load('b')"));
    assert.match(view.svg, /^<svg /);
    assert.match(view.html, /^<!doctype html>/);
    assert.match(view.summary.join(' '), /2 steps today and 1 step/);
  });

  it('a waterfall is drawn of a function by its name', async () => {
    await opened(LOADS);
    const view = await ask<WaterfallView>(WATERFALL, { function: 'load' });
    assert.equal(view.place, 'main.ts:1');
  });

  it('a waterfall is drawn of a callback that has no name', async () => {
    const text =
      "declare function on(run: () => Promise<void>): void;\non(async () => {\n  await fetch('a');\n});\n";
    await opened(text);
    const view = await ask<WaterfallView>(WATERFALL, { position: positionOf(text, 'fetch') });
    assert.equal(view.name, 'callback of on');
  });

  it('there is no waterfall of what waits for nothing', async () => {
    await opened(LOADS);
    const position = positionOf(LOADS, 'return 1');
    assert.equal(await ask(WATERFALL, { position }), null);
    assert.equal(await ask(WATERFALL, { function: 'nobody' }), null);
  });

  it('what waits is explained, reported or not', async () => {
    await opened(LOADS);
    const position = positionOf(LOADS, "await load('b')");
    const { markdown } = await ask<ExplanationPage>(EXPLAIN, { position });
    assert.match(markdown, /`await load\('b'\)`\n\n- /);
    assert.equal(await ask(EXPLAIN, { position: positionOf(LOADS, 'return 1') }), null);
  });
});
