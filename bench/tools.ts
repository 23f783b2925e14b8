import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { oneChanged, warm } from './cached.ts';
import { type Checkout, compilerScript } from './checkout.ts';
import type { Command, Run } from './process-tree.ts';
import type { Place, Tool } from './tool.ts';

const root = join(import.meta.dirname, '..');
const peers = join(import.meta.dirname, 'peers');

/** A script below `node_modules` or `dist`, run by the same Node as the benchmark. */
function script(path: string, args: readonly string[], { folder }: Checkout): Command {
  return { program: process.execPath, args: [path, ...args], folder };
}

function peer(path: string): string {
  return join(peers, 'node_modules', path);
}

function versionOf(...path: readonly string[]): string {
  return JSON.parse(readFileSync(join(...path, 'package.json'), 'utf8')).version;
}

/** Our JSON names files relative to the working folder, which is the checkout. */
function ownPlaces({ output }: Run): Place[] {
  interface Finding {
    readonly file: string;
    readonly range: { readonly start: { readonly line: number } };
  }
  const report: { readonly findings: readonly Finding[] } = JSON.parse(output);
  return report.findings.map(({ file, range }): Place => `${file}:${range.start.line}`);
}

function asynclint(name: string, work: Tool['work'], rules: readonly string[]): Tool {
  return {
    name,
    version: versionOf(root),
    work,
    command(checkout) {
      const project = checkout.project === undefined ? [] : ['--project', checkout.project];
      const args = [...checkout.paths, ...rules, ...project, '--format', 'json'];
      return script(join(root, 'dist', 'cli.js'), args, checkout);
    },
    ...(work === 'one rule' ? { places: ownPlaces } : {}),
  };
}

const oxlint = (): Tool => ({
  name: 'oxlint',
  version: `${versionOf(peer('oxlint'))} with tsgolint ${versionOf(peer('oxlint-tsgolint'))}`,
  work: 'one rule',
  command(checkout) {
    const config = ['--config', join(peers, 'oxlintrc.json'), '--disable-nested-config'];
    const project = checkout.project === undefined ? [] : ['--tsconfig', checkout.project];
    const args = ['--type-aware', ...config, ...project, '--format', 'json', ...checkout.paths];
    const environment = { OXLINT_TSGOLINT_PATH: peer('.bin/tsgolint') };
    return { ...script(peer('oxlint/bin/oxlint'), args, checkout), environment };
  },
  places({ output }) {
    interface Diagnostic {
      readonly filename: string;
      readonly labels: readonly { readonly span: { readonly line: number } }[];
    }
    const report: { readonly diagnostics: readonly Diagnostic[] } = JSON.parse(output);
    return report.diagnostics.map(
      ({ filename, labels }): Place => `${filename}:${labels[0]?.span.line ?? 0}`,
    );
  },
});

const eslint = (): Tool => ({
  name: 'eslint',
  version: `${versionOf(peer('eslint'))} with typescript-eslint ${versionOf(peer('typescript-eslint'))}, TypeScript ${versionOf(peer('typescript'))}`,
  work: 'one rule',
  command(checkout) {
    const config = ['--config', join(peers, 'eslint.config.js'), '--no-inline-config'];
    const environment = { BENCH_PROJECT: checkout.project ?? '' };
    const args = [...config, '--format', 'json', ...checkout.paths];
    return { ...script(peer('eslint/bin/eslint.js'), args, checkout), environment };
  },
  places({ output }, { folder }) {
    interface File {
      readonly filePath: string;
      readonly messages: readonly { readonly line?: number }[];
    }
    const files: readonly File[] = JSON.parse(output);
    return files.flatMap(({ filePath, messages }) =>
      messages.map(
        ({ line = 0 }): Place => `${relative(folder, filePath).replaceAll('\\', '/')}:${line}`,
      ),
    );
  },
});

const tsc = (): Tool => ({
  name: 'tsc',
  version: versionOf(root, 'node_modules', 'typescript'),
  work: 'type check',
  command(checkout) {
    const args = ['--noEmit', '--pretty', 'false', '--project', checkout.project ?? '.'];
    return script(compilerScript, args, checkout);
  },
});

/** The recommended rules of the families unawaited and blocking. */
const families = [
  'async-executor',
  'async-predicate',
  'await-of-non-promise',
  'blocking-call',
  'blocking-chain',
  'busy-wait',
  'dropped-async-callback',
  'floating-promise',
  'late-await',
  'promise-as-condition',
  'promise-as-value',
  'returned-in-try',
  'try-around-unawaited',
  'unawaited-assertion',
  'unused-promise',
];

/** Rules of all families, one for each way of asking the compiler: what the targets were first set for. */
const eleven = [
  'async-executor',
  'await-in-loop',
  'await-of-non-promise',
  'blocking-call',
  'busy-wait',
  'dropped-async-callback',
  'floating-promise',
  'independent-awaits',
  'promise-as-condition',
  'returned-in-try',
  'unbounded-fan-out',
];

function only(rules: readonly string[]): readonly string[] {
  return rules.flatMap((rule) => ['--only', rule]);
}

/** The first run after the install: none before has left its code compiled. */
function first(tool: Tool): Tool {
  return {
    ...tool,
    name: 'asynclint-first',
    command(checkout) {
      const environment = { NODE_DISABLE_COMPILE_CACHE: '1' };
      return { ...tool.command(checkout), environment };
    },
  };
}

const one = () => asynclint('asynclint', 'one rule', only(['floating-promise']));

const all = () => asynclint('asynclint-all', 'all rules', []);

const makers: Readonly<Record<string, () => Tool>> = {
  asynclint: one,
  'asynclint-warm': () => warm(one()),
  'asynclint-changed': () => oneChanged(one()),
  oxlint,
  eslint,
  'asynclint-families': () => asynclint('asynclint-families', 'two families', only(families)),
  'asynclint-eleven': () => asynclint('asynclint-eleven', 'eleven rules', only(eleven)),
  'asynclint-all': all,
  'asynclint-first': () => first(all()),
  tsc,
};

/** The names that tools are chosen by, in the order in which they run. */
export const toolNames: readonly string[] = Object.keys(makers);

/** The named contenders; those from `peers` must be installed. */
export function createTools(names: readonly string[]): Tool[] {
  return toolNames.filter((name) => names.includes(name)).flatMap((name) => makers[name]?.() ?? []);
}
