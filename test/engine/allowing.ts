/** Rules that report what no code needs, and what is left of their findings in a file with comments. */
import assert from 'node:assert/strict';
import {
  DEFAULT_PROJECT_SETTINGS,
  defineRule,
  type Finding,
  lint,
  type Preset,
  settingOf,
} from '#engine';
import { Compiler } from '#program';
import { type Scratch, scratch } from '../support/scratch.ts';

const visit = (message: string) => ({
  DebuggerStatement: (...[node, { report }]: Parameters<Report>) => report(node, { message }),
});

type Report = Parameters<typeof defineRule>[0]['visit']['DebuggerStatement'] & object;

const stops = defineRule({
  id: 'stops',
  family: 'unawaited',
  severity: 'error',
  preset: 'recommended',
  summary: 'Reports `debugger`.',
  advice: 'Remove it.',
  replaces: ['no-debugger', '@typescript-eslint/no-stop', 'n/no-halt', 'biome/noDebugger'],
  visit: visit('Stops here.'),
});

const halts = defineRule({
  ...stops,
  id: 'halts',
  preset: 'all',
  replaces: ['no-halting'],
  visit: visit('Halts here.'),
});

const idles = defineRule({
  ...stops,
  id: 'idles',
  preset: 'all',
  replaces: [],
  visit: { SwitchStatement: (node, { report }) => report(node, { message: 'Idles.' }) },
});

const TSCONFIG = JSON.stringify({
  compilerOptions: { module: 'esnext', jsx: 'preserve', noEmit: true, types: [] },
});

/** Lints one file after the other. */
export class Allowing {
  readonly #project: Scratch = scratch({ 'a.tsx': '' }, TSCONFIG);
  readonly #compiler = new Compiler({ cwd: this.#project.folder });

  /** All that is found in a text. */
  findings(
    text: string,
    preset: Preset = 'recommended',
    foreignComments = true,
  ): readonly Finding[] {
    const file = this.#project.write('a.tsx', text);
    const config = this.#project.path('tsconfig.json');
    this.#compiler.update({ open: [config], changed: [file] });
    const program = this.#compiler.program(config);
    assert.ok(program);
    return lint(program, [file], {
      rules: [stops, halts, idles],
      setting: (rule) => settingOf(rule, { preset }),
      project: DEFAULT_PROJECT_SETTINGS,
      foreignComments,
      nearestName: (name, known) => known.find((one) => one.startsWith(name.slice(0, 3))),
    }).findings;
  }

  /** `rule line` of all that is found. */
  found(text: string, preset?: Preset, foreignComments?: boolean): readonly string[] {
    return this.findings(text, preset, foreignComments).map(
      ({ rule, range }) => `${rule} ${text.slice(0, range.start).split('\n').length}`,
    );
  }

  dispose(): void {
    this.#compiler.dispose();
    this.#project.remove();
  }
}
