import type { Finding } from '#engine';

/** Findings by their files, both in the order that they are in. */
export function byFile(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const files = new Map<string, Finding[]>();
  for (const finding of findings) {
    const some = files.get(finding.file);
    if (some === undefined) files.set(finding.file, [finding]);
    else some.push(finding);
  }
  return files;
}
