import { commentRules, type Rule } from '#engine';
import { ruleList } from '#formats/rule-list.ts';
import { rules as ours } from '#rules';
import { ExitCode } from '../exit.ts';
import { isColorful, type Terminal } from '../terminal.ts';

/** Prints all rules, for people or for programs. */
export function listRules(
  given: { readonly json?: boolean; readonly color?: boolean },
  terminal: Terminal,
  rules: readonly Rule[] = ours,
): number {
  const all = [...rules, ...commentRules];
  const colors = isColorful(given.color, terminal);
  terminal.out(given.json ? json(all) : ruleList(all, { colors, width: terminal.columns }));
  return ExitCode.clean;
}

function json(rules: readonly Rule[]): string {
  const listed = rules.map((rule) => {
    const { id, family, preset, severity, fixes, summary, advice, options, replaces = [] } = rule;
    return { id, family, preset, severity, fixes, summary, advice, options, replaces };
  });
  return `${JSON.stringify({ version: 1, rules: listed }, undefined, 2)}\n`;
}
