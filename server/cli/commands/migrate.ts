import { existsSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { configText } from '#adoption/config-text.ts';
import { type Mapping, mapped } from '#adoption/mapping.ts';
import { REPORTS_MORE } from '#adoption/partial.ts';
import { joined, type PeerConfig } from '#adoption/peer-config.ts';
import { readPeer } from '#adoption/read-peer.ts';
import { type Surroundings, surroundingsOf } from '#adoption/surroundings.ts';
import { relativeName } from '#formats/place.ts';
import { rules as ours } from '#rules';
import { slashed } from '#workspace/files.ts';
import type { LinterOptions } from '#workspace/options.ts';
import { Parser } from '#workspace/parser.ts';
import { UsageMistake } from '#workspace/project.ts';
import { ExitCode } from '../exit.ts';
import type { Terminal } from '../terminal.ts';

/** What the command line says. */
export interface Migration {
  readonly paths: readonly string[];
  readonly comments?: boolean;
  readonly runConfig?: boolean;
  readonly force?: boolean;
  readonly dryRun?: boolean;
}

/**
 * Carries over what another linter is told: its config, or its comments.
 * @throws {UsageMistake} when there is nothing to carry over, or something in its place.
 */
export async function migrate(
  given: Migration,
  terminal: Terminal,
  parts: Partial<LinterOptions>,
): Promise<number> {
  if (given.comments) {
    refuse(given.runConfig, '`--comments` reads no config, so it goes without `--run-config`.');
    refuse(given.force, '`--comments` writes no config, so it goes without `--force`.');
    const { migrateComments } = await import('./migrate-comments.ts');
    return migrateComments(given, terminal, parts);
  }
  const found = await surroundingsOf(slashed(terminal.cwd));
  const configs = configsOf(given, found);
  if (found.config !== undefined && !given.force && !given.dryRun) {
    const name = relativeName(found.folder, found.config);
    throw new UsageMistake(
      `There is a config already: \`${name}\`. \`--force\` writes a new one, \`--dry-run\` prints it.`,
    );
  }
  const peers = await read(configs, given, terminal);
  const mapping = mapped(peers, parts.rules ?? ours, 'recommended');
  const schema = `./${relativeName(found.folder, found.schema)}`.replace('./../', '../');
  const text = configText({ schema, preset: 'recommended', ...mapping });
  const file = join(found.folder, 'asynclint.jsonc');
  if (given.dryRun) terminal.out(text);
  else {
    const { writeFile } = await import('atomically');
    await writeFile(file, text);
  }
  const names = configs.map((one) => relativeName(found.folder, one));
  const lines = told(mapping, peers.unread, names, given);
  // With a dry run the config alone is the output.
  (given.dryRun ? terminal.err : terminal.out)(`${lines.join('\n')}\n`);
  return ExitCode.clean;
}

function refuse(flag: boolean | undefined, message: string): void {
  if (flag) throw new UsageMistake(message);
}

/** The configs to read: those that are named, else the one that each linter would take. */
function configsOf({ paths }: Migration, { folder, others }: Surroundings): readonly string[] {
  if (paths.length > 0) {
    return paths.map((path) => {
      const file = slashed(resolve(folder, path));
      if (!existsSync(file)) throw new UsageMistake(`There is no file \`${path}\`.`);
      if (statSync(file).isDirectory())
        throw new UsageMistake(`\`${path}\` is a folder; name a config.`);
      return file;
    });
  }
  const linterOf = (file: string) => /eslint|oxlint|biome/.exec(basename(file))?.[0];
  const first = others.filter(
    (file, index) => others.findIndex((other) => linterOf(other) === linterOf(file)) === index,
  );
  if (first.length > 0) return first;
  const known = 'eslint.config.*, .eslintrc*, .oxlintrc.json, biome.json(c)';
  throw new UsageMistake(
    `There is no config to carry over here (${known}). Name one that lies elsewhere.`,
  );
}

async function read(configs: readonly string[], { runConfig }: Migration, { cwd }: Terminal) {
  const parser = new Parser(cwd);
  try {
    const peers: PeerConfig[] = [];
    for (const file of configs) {
      const config = await readPeer(file, {
        run: runConfig ?? false,
        parse: (name, use) => {
          const parsed = parser.parse(name, (source) => ({ value: use(source) }));
          if (parsed === undefined) throw new UsageMistake(`\`${basename(name)}\` cannot be read.`);
          return parsed.value;
        },
      });
      peers.push(config);
    }
    return joined(peers);
  } finally {
    parser.dispose();
  }
}

/** What was carried over, what was not, and what to do next. */
function told(
  mapping: Mapping,
  unread: readonly string[],
  names: readonly string[],
  { dryRun, runConfig }: Migration,
): readonly string[] {
  const { rules, overrides, replaced, partly, unmatched, lost } = mapping;
  const from = names.join(', ');
  const count = rules.length + overrides.reduce((sum, one) => sum + one.rules.length, 0);
  const said = `${count} ${count === 1 ? 'setting' : 'settings'} from ${from}; what they do not say, the preset does.`;
  return [
    `${dryRun ? 'Would write' : 'Wrote'} asynclint.jsonc: ${said}`,
    ...section(`These rules can be off now in ${from}:`, replaced),
    ...section(
      'These report more than asynclint does in their place, so they are worth keeping:',
      partly.map((name) => `${name}: ${REPORTS_MORE[name]}`),
    ),
    ...section('These are about async code and have no equivalent here:', unmatched),
    ...section('These options have no counterpart:', lost),
    ...section('This could not be read:', unread),
    ...(unread.length > 0 && !runConfig && names.some((name) => name.startsWith('eslint.config'))
      ? ['', '`--run-config` runs the config instead of reading it, and takes what it exports.']
      : []),
    '',
    'Disable comments of these rules hold here too; `asynclint migrate --comments` rewrites them.',
  ];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
}
