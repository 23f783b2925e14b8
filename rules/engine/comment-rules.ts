/** What is reported of allow comments themselves, by the engine; set like any rule. */
import type { FixKind } from './finding.ts';
import { defineRule, type Preset, type Rule } from './rule.ts';

/** An allow comment hides nothing. */
export const unusedAllow = commentRule(
  'unused-allow',
  'recommended',
  ['safe'],
  'An allow comment hides nothing.',
  'Remove it: what it allowed is gone.',
);

/** An allow comment names a rule that does not exist. */
export const unknownAllow = commentRule(
  'unknown-allow',
  'recommended',
  ['suggested'],
  'An allow comment names a rule that does not exist.',
  'Name the rule as reports do; `asynclint rules` lists them all.',
);

/** An allow comment gives no reason. */
export const unexplainedAllow = commentRule(
  'unexplained-allow',
  'strict',
  [],
  'An allow comment gives no reason.',
  'Write the reason after a colon, for whoever comes next.',
);

/** All of them. */
export const commentRules: readonly Rule[] = [unexplainedAllow, unknownAllow, unusedAllow];

function commentRule(
  id: string,
  preset: Preset,
  fixes: readonly FixKind[],
  summary: string,
  advice: string,
): Rule {
  const severity = 'warning';
  return defineRule({
    id,
    family: 'comments',
    severity,
    preset,
    fixes,
    summary,
    advice,
    visit: {},
  });
}
