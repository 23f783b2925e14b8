import { type ProjectSettings, type Rule, type RuleSetting, settingOf } from '#engine';
import type { Config } from '../config/config.ts';

/** How one file is linted: what presets, config files and the command line come to. */
export interface Effective {
  readonly file: string;
  /** The tsconfig of the project that it is linted with; none when no project holds it. */
  readonly tsconfig: string | undefined;
  /** Config files that were read, those that they extend first. */
  readonly configs: readonly string[];
  readonly ignored: boolean;
  readonly rules: Readonly<Record<string, RuleSetting>>;
  readonly settings: ProjectSettings;
}

/** Puts together how a file is linted. */
export function effectiveOf(
  file: string,
  tsconfig: string | undefined,
  config: Config,
  rules: readonly Rule[],
): Effective {
  const choices = config.choicesOf(file);
  const settings = rules.map((rule) => [rule.id, settingOf(rule, choices)] as const);
  return {
    file,
    tsconfig,
    configs: config.files,
    ignored: config.ignores(file),
    rules: Object.fromEntries(settings.sort(([a], [b]) => (a < b ? -1 : 1))),
    settings: config.project,
  };
}
