import type {
  Invocation,
  Location,
  Log,
  PhysicalLocation,
  Region,
  ReportingDescriptor,
  Result,
  Fix as SarifFix,
} from 'sarif';
import type { Edit, Finding, Fix, Range, Rule } from '#engine';
import type { Note, Report, Suppressed } from '../workspace/report.ts';
import { linesIn, relativeName } from './place.ts';
import { ruleSummary } from './rule-page.ts';
import type { Format, FullView } from './view.ts';

/** SARIF 2.1.0, for code scanning and all else that reads it. */
export const sarif: Format = (report, view) => {
  const rules = descriptors(report, view);
  const indices = new Map(rules.map(({ id }, index) => [id, index]));
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'asynclint', semanticVersion: view.version, rules } },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: {
          [ROOT]: { description: { text: 'The folder that names are relative to.' } },
        },
        invocations: [invocation(report, view)],
        results: resultsOf(report, view).map((result) => ({
          ruleIndex: indices.get(result.ruleId ?? '') ?? -1,
          ...result,
        })),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
};

const ROOT = '%SRCROOT%';

const LEVELS = { error: 'error', warning: 'warning', information: 'note' } as const;
/** GitHub's own words, by which it sorts what is no security problem. */
const PROBLEMS = { error: 'error', warning: 'warning', information: 'recommendation' } as const;

/** Every rule that there is, and whatever else something was reported by. */
function descriptors(report: Report, view: FullView): ReportingDescriptor[] {
  const known = new Set(view.rules.map(({ id }) => id));
  const { findings, suppressed = [] } = report;
  const found = [...findings, ...suppressed.map(({ finding }) => finding)];
  const others = new Set(found.map(({ rule }) => rule).filter((id) => !known.has(id)));
  return [
    ...view.rules.map((rule) => descriptor(rule, view)),
    ...[...others].map((id) => ({ id })),
  ];
}

function descriptor(rule: Rule, view: FullView): ReportingDescriptor {
  const { id, summary, advice, severity, family, preset } = rule;
  const path = `rules/docs/${id}.md`;
  const page = view.pageOf(id);
  return {
    id,
    name: id.replace(/(?:^|-)(\w)/g, (_, first: string) => first.toUpperCase()),
    shortDescription: { text: summary },
    fullDescription: { text: `${summary} ${advice}` },
    helpUri: view.addressOf(path),
    help: {
      text: advice,
      ...(page && { markdown: ruleSummary(page, (to) => view.addressOf(resolved(path, to))) }),
    },
    defaultConfiguration: { enabled: preset === 'recommended', level: LEVELS[severity] },
    properties: {
      tags: ['async', family],
      precision: 'very-high',
      'problem.severity': PROBLEMS[severity],
    },
  };
}

/** Where a link of a page leads: both are paths with forward slashes. */
function resolved(page: string, link: string): string {
  return new URL(link, `https://page/${page}`).href.replace('https://page/', '');
}

/** Where one result says whether it is suppressed, all must. */
function resultsOf({ findings, suppressed }: Report, view: FullView): Result[] {
  const placed = placesIn(view);
  const shown = findings.map((finding) => resultOf(finding, view, placed));
  if (suppressed === undefined) return shown;
  return [
    ...shown.map((result) => ({ ...result, suppressions: [] })),
    ...suppressed.map((one) => suppressedResult(one, view, placed)),
  ];
}

/** Nobody is to change it, so it comes without fixes. */
function suppressedResult(
  { finding, by, reason }: Suppressed,
  view: FullView,
  placed: Placed,
): Result {
  const kind = by === 'comment' ? 'inSource' : 'external';
  return {
    ...resultOf({ ...finding, fixes: () => [] }, view, placed, view.fingerprintOf(finding)),
    suppressions: [{ kind, status: 'accepted', ...(reason && { justification: reason }) }],
  };
}

type Placed = (file: string, range: Range) => PhysicalLocation;

function resultOf(
  finding: Finding,
  view: FullView,
  placed: Placed,
  fingerprint = view.fingerprintOf(finding),
): Result {
  const { rule, severity, certainty, message, file, range, related } = finding;
  const fixes = finding.fixes().map((fix) => fixOf(fix, placed));
  return {
    ruleId: rule,
    level: LEVELS[severity],
    kind: 'fail',
    message: { text: message, markdown: message },
    locations: [{ physicalLocation: placed(file, range) }],
    ...(related.length > 0 && {
      relatedLocations: related.map(
        (each, id): Location => ({
          id,
          message: { text: each.message },
          physicalLocation: placed(each.file, each.range),
        }),
      ),
    }),
    // The first is what GitHub goes by; without it, it would count lines with a hash of its own.
    partialFingerprints: { primaryLocationLineHash: fingerprint, 'asynclint/v1': fingerprint },
    ...(fixes.length > 0 && { fixes }),
    properties: { certainty },
  };
}

function fixOf({ title, edits }: Fix, placed: Placed): SarifFix {
  const files = [...new Set(edits.map(({ file }) => file))];
  return {
    description: { text: title },
    artifactChanges: files.map((name) => ({
      artifactLocation: placed(name, { start: 0, end: 0 }).artifactLocation ?? {},
      replacements: edits
        .filter(({ file }) => file === name)
        .map((edit) => replacement(edit, placed)),
    })),
  };
}

function replacement({ file, text, ...range }: Edit, placed: Placed) {
  return { deletedRegion: placed(file, range).region ?? {}, insertedContent: { text } };
}

function placesIn(view: FullView): Placed {
  const linesOf = linesIn(view.textOf);
  return (file, range) => {
    const start = linesOf(file).at(range.start);
    const end = linesOf(file).at(range.end);
    const region: Region = {
      startLine: start.line,
      startColumn: start.column,
      endLine: end.line,
      endColumn: end.column,
    };
    return { artifactLocation: artifact(file, view), region };
  };
}

function artifact(file: string, view: FullView): { uri: string; uriBaseId?: string } {
  const name = relativeName(view.cwd, file);
  const isOutside = name.startsWith('../') || name === file;
  const path = (isOutside ? file : name).split('/').map(encodeURIComponent).join('/');
  if (!isOutside) return { uri: path, uriBaseId: ROOT };
  return { uri: `file://${path.startsWith('/') ? '' : '/'}${path.replace(/^([a-z])%3A/i, '$1:')}` };
}

const NOTE_LEVELS = { internal: 'error', warning: 'warning', information: 'note' } as const;

function invocation({ notes }: Report, view: FullView): Invocation {
  return {
    executionSuccessful: notes.every(({ kind }) => kind !== 'internal'),
    toolExecutionNotifications: notes.map(({ message, kind, file }: Note) => ({
      level: NOTE_LEVELS[kind],
      message: { text: message },
      ...(file && {
        locations: [{ physicalLocation: { artifactLocation: artifact(file, view) } }],
      }),
    })),
  };
}
