import type { Finding, Fix } from '#engine';
import type { FullView } from '../../server/formats/view.ts';
import type { Report } from '../../server/workspace/report.ts';
import { toyRules } from '../support/toy-rules.ts';

/** Folder that made-up reports are seen from. */
const CWD = '/home/shop';

/** The text of the one file of made-up reports. */
export const TEXT = [
  "import { send } from './mail';",
  '',
  'export function notify(to: string) {',
  '\tsend(to, "häagen 🎉 日本", () => log(to));',
  '  send(to);',
  '}',
  '',
].join('\n');

/** A finding at the first place of a piece of that text. */
export function findingAt(stretch: string, other: Partial<Finding> = {}): Finding {
  const start = TEXT.indexOf(stretch);
  return {
    rule: 'floating-promise',
    severity: 'error',
    certainty: 'proved',
    message: 'Nothing waits for the promise.',
    file: `${CWD}/src/notify.ts`,
    range: { start, end: start + stretch.length },
    related: [],
    fixes: () => [],
    ...other,
  };
}

/** A fix of no consequence. */
export function fixOf(kind: Fix['kind'], title = 'Add `await`'): Fix {
  return { id: 'await', title, kind, edits: [] };
}

/** A report of findings, with all else empty. */
export function reportOf(findings: readonly Finding[], other: Partial<Report> = {}): Report {
  return {
    findings,
    notes: [],
    files: [`${CWD}/src/notify.ts`],
    tsconfigs: [],
    ignored: 0,
    stats: { files: 1, projects: 1, requests: 0, phases: {}, rules: {} },
    ...other,
  };
}

/** How made-up reports are seen. */
export function viewOf(other: Partial<FullView> = {}): FullView {
  return {
    textOf: () => TEXT,
    cwd: CWD,
    colors: false,
    width: 80,
    version: '1.2.3',
    rules: toyRules,
    pageOf: (rule) => `# ${rule}\n\n## Why\n\nSee [this](../../docs/this.md).\n\n## Examples\n`,
    addressOf: (path) => `https://docs.test/${path}`,
    sourceAt: () => undefined,
    fingerprintOf: ({ range }) => `print-${range.start}`,
    pictureOf: () => undefined,
    ...other,
  };
}
