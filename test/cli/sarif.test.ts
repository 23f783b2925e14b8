import assert from 'node:assert/strict';
import { cpSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Log } from 'sarif';
import { rules } from '#rules';
import { sarifMistakes } from '../support/sarif-schema.ts';
import { type Scratch, scratch } from '../support/scratch.ts';
import { invoke } from './console.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const EXAMPLE = join(ROOT, 'fixtures/workspaces/backend');

describe('SARIF of the bundled example', () => {
  let project: Scratch;
  let log: Log;

  const lint = async (): Promise<Log> => {
    const { out } = await invoke(['--format', 'sarif'], project.folder, { parts: { rules } });
    return JSON.parse(out);
  };

  before(async () => {
    project = scratch({});
    cpSync(EXAMPLE, project.folder, { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), project.path('node_modules'));
    log = await lint();
  });

  after(() => project.remove());

  it('passes the official schema, with findings, fixes and help', () => {
    assert.deepEqual(sarifMistakes(log), []);
    const [run] = log.runs;
    assert.ok((run?.results?.length ?? 0) > 10);
    assert.ok(run?.results?.some(({ fixes }) => fixes !== undefined));
    assert.ok(run?.results?.some(({ relatedLocations }) => relatedLocations !== undefined));
    assert.ok(run?.tool.driver.rules?.every(({ help }) => help?.markdown?.includes('## Why')));
  });

  it('every fingerprint is its own, and is kept when lines are written above', async () => {
    const before = fingerprints(log);
    assert.equal(new Set(before).size, before.length);
    for (const name of readdirSync(project.path('src'))) {
      const file = join('src', name);
      const text = readFileSync(project.path(file), 'utf8');
      project.write(file, `// New.\nconst added = 1;\n\n${text}\nvoid added;\n`);
    }
    const moved = await lint();
    assert.notDeepEqual(lines(moved), lines(log));
    assert.deepEqual(fingerprints(moved), before);
  });
});

function fingerprints({ runs }: Log): readonly string[] {
  return (runs[0]?.results ?? []).map(({ ruleId, locations, partialFingerprints }) => {
    const uri = locations?.[0]?.physicalLocation?.artifactLocation?.uri;
    return `${uri} ${ruleId} ${partialFingerprints?.['asynclint/v1']}`;
  });
}

function lines({ runs }: Log): readonly (number | undefined)[] {
  return (runs[0]?.results ?? []).map((result) => {
    return result.locations?.[0]?.physicalLocation?.region?.startLine;
  });
}
