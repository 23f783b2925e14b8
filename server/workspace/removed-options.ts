import { resolve } from 'node:path';
import { slashed } from './files.ts';
import type { TsConfig } from './tsconfig.ts';

/** An option that TypeScript 7 took away, wholly or for some values. */
interface Removed {
  readonly option: string;
  /** Values that are refused; every value when left out. */
  readonly refused?: RegExp;
  /** What holds in its place; `undefined`: nothing does. */
  readonly instead?: string | boolean;
}

/** Found by experiment with 7.0.2: each makes its `tsc` fail with TS5102, TS5108, TS5023 or TS6046. */
const REMOVED: readonly Removed[] = [
  { option: 'moduleResolution', refused: /^(node|node10|classic)$/i, instead: 'bundler' },
  { option: 'module', refused: /^(amd|umd|system|none)$/i, instead: 'esnext' },
  { option: 'target', refused: /^es[35]$/i, instead: 'esnext' },
  { option: 'baseUrl' },
  { option: 'esModuleInterop', refused: /^false$/, instead: true },
  { option: 'allowSyntheticDefaultImports', refused: /^false$/, instead: true },
  { option: 'alwaysStrict', refused: /^false$/, instead: true },
  { option: 'downlevelIteration' },
  { option: 'outFile' },
  { option: 'out' },
  { option: 'charset' },
  { option: 'importsNotUsedAsValues' },
  { option: 'keyofStringsOnly' },
  { option: 'noImplicitUseStrict' },
  { option: 'noStrictGenericChecks' },
  { option: 'prepend' },
  { option: 'preserveValueImports' },
  { option: 'suppressExcessPropertyErrors' },
  { option: 'suppressImplicitAnyIndexErrors' },
];

/** What is put in the place of a config's removed options. */
export interface Replacement {
  /** `null` takes an option away that a config inherits. */
  readonly options: Readonly<Record<string, unknown>>;
  /** For people: `` `moduleResolution` is `bundler` ``, … */
  readonly told: readonly string[];
  /** Names of what was removed. */
  readonly overridden: readonly string[];
}

/** What has to be replaced in a config for TypeScript 7 to take it; nothing when it takes it as it is. */
export function replaceRemoved(config: TsConfig): Replacement | undefined {
  const options: Record<string, unknown> = {};
  const told: string[] = [];
  const overridden: string[] = [];
  for (const { option, refused, instead } of REMOVED) {
    const value = config.options[option];
    if (value === undefined || value === null) continue;
    if (refused !== undefined && !refused.test(String(value))) continue;
    options[option] = instead ?? null;
    overridden.push(option);
    told.push(option === 'baseUrl' ? '`baseUrl` as `paths`' : tell(option, instead));
  }
  if (told.length === 0) return undefined;
  if (options['baseUrl'] === null) options['paths'] = absolutePaths(config);
  if (options['moduleResolution'] !== undefined) Object.assign(options, resolutionOf(config));
  return { options, told, overridden };
}

function tell(option: string, instead: string | boolean | undefined): string {
  return instead === undefined ? `no \`${option}\`` : `\`${option}: ${instead}\``;
}

/** What resolved without `exports` shall go on doing so; and the node modes choose their resolution themselves. */
function resolutionOf({ options }: TsConfig): Readonly<Record<string, unknown>> {
  if (/^node/i.test(String(options['module'] ?? ''))) return { moduleResolution: null };
  return { resolvePackageJsonExports: options['resolvePackageJsonExports'] ?? false };
}

/** `paths` with absolute targets, and `baseUrl` as the last way to resolve any name. */
function absolutePaths(config: TsConfig): Readonly<Record<string, readonly string[]>> {
  const base = resolve(config.folder, String(config.options['baseUrl']));
  const paths: Record<string, readonly string[]> = {};
  for (const [pattern, targets] of Object.entries({ ...Object(config.options['paths']) })) {
    if (!Array.isArray(targets)) continue;
    paths[pattern] = targets.map((target) => slashed(resolve(base, String(target))));
  }
  return { ...paths, '*': [...(paths['*'] ?? []), slashed(resolve(base, '*'))] };
}
