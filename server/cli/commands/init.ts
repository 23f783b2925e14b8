import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { applyEdits as applyJsonEdits, modify, parse } from 'jsonc-parser';
import { commandLine, pipelineFor } from '#adoption/ci.ts';
import { configText } from '#adoption/config-text.ts';
import { type Surroundings, surroundingsOf } from '#adoption/surroundings.ts';
import type { Preset } from '#engine';
import { relativeName } from '#formats/place.ts';
import { slashed } from '#workspace/files.ts';
import { UsageMistake } from '#workspace/project.ts';
import { ExitCode } from '../exit.ts';
import type { Terminal } from '../terminal.ts';

/** What the command line says. */
interface Given {
  readonly preset?: Preset;
  readonly force?: boolean;
  readonly dryRun?: boolean;
}

/** A file to be written, and what is to be said of it. */
interface Draft {
  readonly file: string;
  readonly text: string;
  readonly told: string;
}

const SCRIPT = 'lint:async';

/**
 * Sets asynclint up in the current folder, and tells what it wrote and what is left to do.
 * @throws {UsageMistake} when there is a config already.
 */
export async function init(given: Given, terminal: Terminal): Promise<number> {
  const found = await surroundingsOf(slashed(terminal.cwd));
  refuseToOverwrite(found, given);
  const script = scriptDraft(found);
  const drafts = [configDraft(found, given), ...('file' in script ? [script] : [])];
  if (given.dryRun) {
    for (const { file, text } of drafts) terminal.out(`${nameOf(file, found)}:\n${text}\n`);
    return ExitCode.clean;
  }
  const { writeFile } = await import('atomically');
  for (const { file, text } of drafts) await writeFile(file, text);
  const told = drafts.map((draft) => `Wrote ${nameOf(draft.file, found)}: ${draft.told}`);
  const left = 'file' in script ? [] : [script.told];
  terminal.out(`${[...told, ...left, ...findings(found), '', ...nextSteps(found)].join('\n')}\n`);
  return ExitCode.clean;
}

function refuseToOverwrite(found: Surroundings, { force, dryRun }: Given): void {
  if (found.config === undefined || force || dryRun) return;
  const name = nameOf(found.config, found);
  const where =
    name === 'package.json' ? 'under the key `asynclint` of `package.json`' : `\`${name}\``;
  throw new UsageMistake(`There is a config already: ${where}. \`--force\` writes a new one.`);
}

function configDraft(found: Surroundings, given: Given): Draft {
  const { folder, configAbove } = found;
  const base = configAbove && pathFrom(folder, configAbove);
  const preset = given.preset ?? (base === undefined ? 'recommended' : undefined);
  const text = configText({
    schema: pathFrom(folder, found.schema),
    ...(base !== undefined && { base }),
    preset,
    rules: [],
    overrides: [],
    ignore: [],
  });
  const built = base === undefined ? '' : `builds on ${base}`;
  const told = [built, preset === undefined ? '' : `preset ${preset}`].filter(Boolean).join(', ');
  return { file: `${folder}/asynclint.jsonc`, text, told: `${told}.` };
}

/** `package.json` with a script, or why it has none. */
function scriptDraft({ manifest }: Surroundings): Draft | { readonly told: string } {
  if (manifest === undefined)
    return { told: 'There is no package.json here, so no script was added.' };
  const text = readFileSync(manifest, 'utf8');
  const content: unknown = parse(text);
  const { scripts } = { ...Object(content) };
  const [name] = Object.entries({ ...Object(scripts) }).find(([, line]) => runsUs(line)) ?? [];
  if (name !== undefined)
    return { told: `The script \`${name}\` of package.json runs asynclint already.` };
  if (Object.hasOwn(Object(scripts), SCRIPT)) {
    return { told: `package.json has a script \`${SCRIPT}\` already: it was left as it is.` };
  }
  const formattingOptions = {
    insertSpaces: !/^\t/m.test(text),
    tabSize: /^( +)"/m.exec(text)?.[1]?.length ?? 2,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
  const edits = modify(text, ['scripts', SCRIPT], 'asynclint', { formattingOptions });
  return {
    file: manifest,
    text: applyJsonEdits(text, edits),
    told: `script \`${SCRIPT}\` runs asynclint.`,
  };
}

function runsUs(line: unknown): boolean {
  return typeof line === 'string' && /(^|[\s&|;])asynclint(\s|$)/.test(line);
}

function findings(found: Surroundings): readonly string[] {
  const { folder, tsconfig, workspace, others } = found;
  const names = others.map((file) => nameOf(file, found));
  const types =
    tsconfig === undefined
      ? 'There is no tsconfig.json: all TypeScript and JavaScript here is linted, with standard options.'
      : `Files are linted as ${nameOf(tsconfig, found)} has them.`;
  const isRoot = workspace !== undefined && dirname(workspace) === folder;
  return [
    types,
    ...(isRoot
      ? [
          `${nameOf(workspace, found)} makes this a workspace: the config governs all its packages; one that differs`,
          'has an asynclint.jsonc of its own, which `asynclint init` there lets build on this one.',
        ]
      : []),
    ...(names.length > 0
      ? [`${names.join(', ')}: \`asynclint migrate --force\` carries its async rules over.`]
      : []),
  ];
}

function nextSteps({ folder, manager, isInstalled }: Surroundings): readonly string[] {
  const install = commandLine(manager, 'add', ['-D', 'asynclint']);
  return [
    ...(isInstalled ? [] : ['Install it:', '', `  ${install}`, '']),
    'Run it:',
    '',
    `  ${commandLine(manager, 'execute-local', ['asynclint'])}`,
    '',
    pipelineFor(folder, manager),
  ];
}

function nameOf(file: string, { folder }: Surroundings): string {
  return relativeName(folder, file);
}

/** A path as configs want it: with a dot in front. */
function pathFrom(folder: string, file: string): string {
  const name = relativeName(folder, file);
  return name.startsWith('.') ? name : `./${name}`;
}
