import type { Finding } from '#engine';

/** Findings that a team lives with: fingerprints by file, its name relative to the baseline, and by rule. */
export interface Baseline {
  readonly version: 1;
  readonly files: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** What tells a finding from others, wherever it moves to in its file. */
export interface Named {
  readonly finding: Finding;
  readonly file: string;
  readonly fingerprint: string;
}

/** What a baseline makes of a report. */
export interface Compared {
  /** Findings that nobody has accepted. */
  readonly fresh: readonly Finding[];
  /** The baseline without what is no longer found. */
  readonly left: Baseline;
  readonly accepted: number;
  readonly gone: number;
}

/** A baseline that accepts findings. */
export function accepting(findings: readonly Named[]): Baseline {
  return accepted(
    findings.map(({ finding, file, fingerprint }) => ({ file, rule: finding.rule, fingerprint })),
  );
}

/** All that one of two baselines accepts. */
export function joinedBaselines(a: Baseline, b: Baseline): Baseline {
  return accepted([...entriesOf(a), ...entriesOf(b)]);
}

/** How many findings a baseline accepts. */
export function sizeOf(baseline: Baseline): number {
  return entriesOf(baseline).length;
}

/**
 * Takes accepted findings out of a report. Each fingerprint stands for one finding: one more of the same kind is a new one.
 * @param isOver whether what is not found of a rule in a file is not there; false where nobody looked.
 */
export function compareWith(
  baseline: Baseline,
  findings: readonly Named[],
  isOver: (file: string, rule: string) => boolean,
): Compared {
  const found = new Set(findings.map(keyOf));
  const left: Record<string, Record<string, readonly string[]>> = {};
  let gone = 0;
  const known = new Set<string>();
  for (const [file, rules] of Object.entries(baseline.files)) {
    for (const [rule, fingerprints] of Object.entries(rules)) {
      const kept = fingerprints.filter((fingerprint) => {
        const key = `${file}\0${rule}\0${fingerprint}`;
        known.add(key);
        return found.has(key) || !isOver(file, rule);
      });
      gone += fingerprints.length - kept.length;
      if (kept.length > 0) left[file] = { ...left[file], [rule]: kept };
    }
  }
  const fresh = findings.filter((one) => !known.has(keyOf(one)));
  return {
    fresh: fresh.map(({ finding }) => finding),
    left: { version: 1, files: left },
    accepted: findings.length - fresh.length,
    gone,
  };
}

/** Reads a baseline; nothing when it is none of a version that we know. */
export function parseBaseline(text: string): Baseline | undefined {
  try {
    const content: unknown = JSON.parse(text);
    return isBaseline(content) ? content : undefined;
  } catch {
    return undefined;
  }
}

/** A baseline as it is written: a line a fingerprint, so that two branches seldom change the same one. */
export function baselineText(baseline: Baseline): string {
  return `${JSON.stringify(baseline, undefined, 2)}\n`;
}

function isBaseline(content: unknown): content is Baseline {
  if (!isRecord(content) || content['version'] !== 1 || !isRecord(content['files'])) return false;
  return Object.values(content['files']).every(
    (rules) =>
      isRecord(rules) &&
      Object.values(rules).every(
        (some) => Array.isArray(some) && some.every((one) => typeof one === 'string'),
      ),
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One accepted finding. */
interface Entry {
  readonly file: string;
  readonly rule: string;
  readonly fingerprint: string;
}

function entriesOf({ files }: Baseline): readonly Entry[] {
  return Object.entries(files).flatMap(([file, rules]) =>
    Object.entries(rules).flatMap(([rule, fingerprints]) =>
      fingerprints.map((fingerprint) => ({ file, rule, fingerprint })),
    ),
  );
}

/** In an order that changes little between versions, each entry once. */
function accepted(entries: readonly Entry[]): Baseline {
  const files: Record<string, Record<string, string[]>> = {};
  const once = new Map(entries.map((entry) => [keyed(entry), entry]));
  const sorted = [...once].sort(([a], [b]) => compare(a, b));
  for (const [, { file, rule, fingerprint }] of sorted) {
    files[file] ??= {};
    files[file][rule] ??= [];
    files[file][rule]?.push(fingerprint);
  }
  return { version: 1, files };
}

function keyed({ file, rule, fingerprint }: Entry): string {
  return `${file}\0${rule}\0${fingerprint}`;
}

function keyOf({ finding, file, fingerprint }: Named): string {
  return keyed({ file, rule: finding.rule, fingerprint });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
