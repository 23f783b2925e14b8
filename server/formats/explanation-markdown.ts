import type { Finding } from '#engine';
import type { Explanation } from '#facts';

/** What is said of one line, for an editor. */
export function explanationMarkdown(
  explanations: readonly Explanation[],
  findings: readonly Pick<Finding, 'rule' | 'message'>[],
): string {
  const reported = findings.map(({ rule, message }) => `**${rule}**: ${message}`);
  const blocks = explanations.map(({ code, points }) => {
    const told = points.map(({ text }) => `- ${text}`);
    return [codeSpan(code), '', ...told].join('\n');
  });
  return `${[...(reported.length > 0 ? reported : ['Nothing is reported here.']), ...blocks].join('\n\n')}\n`;
}

/** Code on one line, whatever quotes stand in it. */
function codeSpan(code: string): string {
  const longest = Math.max(0, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const gap = longest > 0 ? ' ' : '';
  return `${fence}${gap}${code}${gap}${fence}`;
}
