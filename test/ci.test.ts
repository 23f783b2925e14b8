/** The files that CI services read, and the page that tells how: what they run is there, and does what they say. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { rules } from '#rules';
import { parseArguments } from '../server/cli/arguments/arguments.ts';
import { FORMAT_NAMES } from '../server/cli/output/formats.ts';
import { invoke } from './cli/console.ts';
import { scratch, TSCONFIG } from './support/scratch.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8');
/** As GitHub calls it. */
const BASH = ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c'];
const PAGE = read('docs/ci.md');

/** Fails when the command line does not know an option, or what it is given. */
function checkCommand(line: string): void {
  const [, words = ''] = /\basynclint(?:\s+(.*))?$/.exec(line) ?? [];
  const given = parseArguments(words.split(/\s+/).filter(Boolean), '1.2.3');
  assert.ok(!('exit' in given), `${line}\n${'text' in given ? given.text : ''}`);
}

function blocksOf(language: string): readonly string[] {
  const blocks = PAGE.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'));
  return [...blocks].map(([, block = '']) => block);
}

describe('docs/ci.md', () => {
  it('its YAML is YAML', () => {
    const blocks = blocksOf('yaml');
    assert.ok(blocks.length >= 5);
    for (const block of blocks) assert.equal(typeof parse(block), 'object', block);
  });

  it('its commands and options are there', () => {
    const commands = [...blocksOf('yaml'), ...blocksOf('sh')]
      .flatMap((block) => block.split('\n'))
      .filter((line) => /\bnpx asynclint\b/.test(line));
    assert.ok(commands.length >= 5);
    for (const command of commands) checkCommand(command);
    const help = parseArguments(['--help'], '');
    for (const [option] of PAGE.matchAll(/(?<=`)--[a-z-]+(?=[ `])/g)) {
      assert.ok('text' in help && help.text.includes(option), option);
    }
  });

  it('tells of every format, and of none that is not', () => {
    const told = [...PAGE.matchAll(/^\| `([a-z]+)` \|/gm)].map(([, name]) => name);
    assert.deepEqual(told.sort(), [...FORMAT_NAMES].sort());
  });

  it('gives the action what it takes, and names files that the package ships', () => {
    const [step] = blocksOf('yaml').flatMap((block) => {
      const steps: unknown = parse(block);
      return Array.isArray(steps) ? steps.filter(({ uses = '' }) => /asynclint@/.test(uses)) : [];
    });
    const { inputs } = parse(read('action.yml'));
    for (const name of Object.keys(step.with)) assert.ok(name in inputs, name);
    checkCommand(`asynclint ${step.with.options}`);
    assert.match(PAGE, /node_modules\/asynclint\/problem-matcher\.json/);
    assert.match(read('.npmignore'), /^!problem-matcher\.json$/m);
  });
});

describe('action.yml', () => {
  const action = parse(read('action.yml'));
  const [step] = action.runs.steps;

  /** What the action's script runs, for some inputs, in a folder where asynclint is installed or not. */
  function commandOf(inputs: Readonly<Record<string, string>>, isInstalled = true): string {
    const folder = scratch({ npx: '#!/bin/sh\nprintf "%s|" "$@"\n' });
    chmodSync(folder.path('npx'), 0o755);
    if (isInstalled) folder.write('node_modules/.bin/asynclint', '');
    const environment = Object.fromEntries(
      Object.entries<string>(step.env).map(([name, expression]) => {
        const input = /^\$\{\{ inputs\.([a-z-]+) \}\}$/.exec(expression)?.[1] ?? '';
        return [name, inputs[input] ?? action.inputs[input].default];
      }),
    );
    const { stdout, stderr, status } = spawnSync('bash', [...BASH, step.run], {
      cwd: folder.folder,
      encoding: 'utf8',
      env: {
        PATH: `${folder.folder}${delimiter}${process.env['PATH']}`,
        GITHUB_STEP_SUMMARY: '/summary file',
        ...environment,
      },
    });
    folder.remove();
    assert.deepEqual([stderr, status], ['', 0]);
    return stdout;
  }

  it('annotates and sums up, with the asynclint of the project', () => {
    assert.equal(
      commandOf({}),
      '--yes|asynclint|--format|github|--output|markdown=/summary file|--|.|',
    );
  });

  it('runs the version that is asked for where none is installed', () => {
    assert.match(commandOf({ version: '1.2.3' }, false), /^--yes\|asynclint@1\.2\.3\|/);
    assert.match(commandOf({}, false), /^--yes\|asynclint@latest\|/);
  });

  it('takes paths, options and a SARIF file', () => {
    const inputs = {
      paths: 'src\ntest',
      options: '--preset strict',
      sarif: 'a b.sarif',
      summary: 'false',
    };
    assert.equal(
      commandOf(inputs),
      '--yes|asynclint|--format|github|--output|sarif=a b.sarif|--preset|strict|--|src|test|',
    );
  });

  it('runs nothing that is written in an input', () => {
    const printed = commandOf({ options: '$(touch owned) `id` ; echo owned', paths: '$HOME *' });
    assert.ok(printed.includes('|$(touch|owned)|`id`|;|echo|owned|--|$HOME|*|'), printed);
    assert.doesNotMatch(step.run, /\$\{\{/);
  });

  it('uses options that are there', () => {
    const words = commandOf({ sarif: 'a.sarif' }).split('|').slice(2, -1);
    assert.ok(!('exit' in parseArguments(words, '1.2.3')), words.join(' '));
    for (const name of step.run.matchAll(/ASYNCLINT_\w+/g)) assert.ok(name[0] in step.env, name[0]);
  });
});

describe('.pre-commit-hooks.yaml', () => {
  const [hook] = parse(read('.pre-commit-hooks.yaml'));

  it('runs a command that is there, over files that can be linted', () => {
    checkCommand(hook.entry);
    const files = new RegExp(hook.files);
    for (const name of ['a.ts', 'a.tsx', 'a.mts', 'a.cts', 'a.js', 'a.jsx', 'a.mjs', 'a.cjs']) {
      assert.match(name, files);
    }
    for (const name of ['a.json', 'a.md', 'ats']) assert.doesNotMatch(name, files);
  });

  it('has the id that the page names, and options that are there', () => {
    const [{ hooks }] = blocksOf('yaml').flatMap((block) => parse(block).repos ?? []);
    assert.equal(hooks[0].id, hook.id);
    checkCommand(`asynclint ${hooks[0].args.join(' ')}`);
  });
});

describe('problem-matcher.json', () => {
  it('reads what is printed: place, severity, rule and message', async () => {
    const [{ pattern }] = JSON.parse(read('problem-matcher.json')).problemMatcher;
    const [head, body] = pattern;
    const project = scratch(
      { 'a b/c.ts': 'async function f() {}\nexport function g() {\n  f();\n}\n' },
      TSCONFIG,
    );
    const { out } = await invoke([], project.folder, { parts: { rules } });
    project.remove();
    const lines = out.split('\n');
    const at = lines.findIndex((line) => new RegExp(head.regexp).test(line));
    const found = new RegExp(head.regexp).exec(lines[at] ?? '');
    assert.equal(found?.[head.file], 'a b/c.ts');
    assert.equal(found?.[head.line], '3');
    assert.equal(found?.[head.column], '3');
    assert.equal(found?.[head.severity], 'error');
    assert.equal(found?.[head.code], 'floating-promise');
    const message = new RegExp(body.regexp).exec(lines[at + 1] ?? '');
    assert.match(message?.[body.message] ?? '', /^Nothing waits for/);
  });
});
