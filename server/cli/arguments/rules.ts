import { type Command, Option } from 'commander';
import type { Certainty, Preset, RuleChoice } from '#engine';
import { collect, setRule } from './values.ts';

/** Options that say which rules run, and how much they count. */
export interface Rules {
  readonly preset: Preset | undefined;
  /** Severities by rule. */
  readonly rule: Readonly<Record<string, RuleChoice>>;
  /** Rules to run; empty for all that are on. */
  readonly only: readonly string[];
  readonly config: string | undefined;
  /** The file of which to print how it is linted, in place of linting it. */
  readonly printConfig: string | undefined;
  readonly minCertainty: Certainty;
}

/** What holds when nothing is said. */
export const RULES: Rules = {
  preset: undefined,
  rule: {},
  only: [],
  config: undefined,
  printConfig: undefined,
  minCertainty: 'likely',
};

const CERTAINTIES: readonly Certainty[] = ['proved', 'likely'];

/** Adds the group; a line an option, none so long that it wraps. */
export function addRules(command: Command): Command {
  return command
    .optionsGroup('Which rules:')
    .addOption(new Option('--preset <name>').choices(['recommended', 'strict', 'all']))
    .option('--rule <id=severity>', 'error, warning, information or off; repeatable', setRule)
    .option('--only <id>', 'run this rule, in whichever preset it is; repeatable', collect)
    .option('--config <file>', 'read this asynclint.jsonc and no other')
    .option('--print-config <file>', 'print how this file is linted, as JSON, and lint nothing')
    .addOption(
      new Option('--min-certainty <how>', 'leave out what is less certain').choices(CERTAINTIES),
    );
}
