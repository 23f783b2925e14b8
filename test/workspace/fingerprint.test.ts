import assert from 'node:assert/strict';
import type { Finding } from '#engine';
import { digest, fingerprintsOf } from '../../server/workspace/fingerprint.ts';
import { findingAt } from '../formats/report.ts';

const SOURCE = `import { send } from './mail';

export class Mailer {
  async notify(to: string) {
    if (to !== '') {
      send(to);
      send(to);
    }
  }

  async remind(
    to: string,
    text: string,
  ) {
    send(to);
  }
}

app.get('/users', (request) => {
  send(to);
});
app.get('/orders', (request) => {
  send(to);
});
`;

/** Fingerprints of every call of \`send\`, from the top. */
function fingerprints(text: string, rule = 'floating-promise'): readonly string[] {
  const findings = findingsIn(text, rule);
  const known = fingerprintsOf(findings, () => text);
  return findings.map((finding) => known.get(finding) ?? '');
}

function findingsIn(text: string, rule: string): readonly Finding[] {
  return [...text.matchAll(/send\(to\)/g)].map(({ index, 0: code }) => {
    return { ...findingAt('send'), rule, range: { start: index, end: index + code.length } };
  });
}

describe('fingerprints', () => {
  const before = fingerprints(SOURCE);

  it('tell every finding from every other', () => {
    assert.equal(new Set(before).size, 5);
    assert.ok(before.every((one) => /^[0-9a-f]{32}$/.test(one)));
    assert.notDeepEqual(fingerprints(SOURCE, 'unused-promise'), before);
  });

  it('stay when lines come and go above, and when what is indented otherwise is the same', () => {
    const kept = [
      `// one\n\nconst two = send.name;\n${SOURCE}`,
      SOURCE.replace('if (to', 'log(to);\n    // as it was\n    if (to'),
      SOURCE.replace('      send', '// at the margin\n      send'),
      SOURCE.replace("if (to !== '')", "while (to !== '.')"),
      SOURCE.replaceAll('  ', '\t'),
      SOURCE.replaceAll('\n', '\r\n'),
      SOURCE.replace('(to: string)', '(to: string, cc: string)'),
    ];
    for (const text of kept) assert.deepEqual(fingerprints(text), before, text);
  });

  it('stay for all others when one is mended, or one more is written', () => {
    const mended = SOURCE.replace('\n    send(to);', '\n    await send(them);');
    assert.deepEqual(fingerprints(mended), before.toSpliced(2, 1));
    const more = SOURCE.replace("app.get('/o", "function more() {\n  send(to);\n}\napp.get('/o");
    assert.deepEqual(fingerprints(more).toSpliced(4, 1), before);
    assert.ok(!before.includes(fingerprints(more)[4] ?? ''));
  });

  it('change with the code, its line, and what it is in', () => {
    const changed = [
      SOURCE.replace('      send(to);', '      void send(to);'),
      SOURCE.replace('notify', 'alert'),
      SOURCE.replace('class Mailer', 'class Post'),
    ];
    for (const text of changed) assert.notEqual(fingerprints(text)[0], before[0], text);
  });

  it('do not know the file, but count in each by itself', () => {
    const [finding] = findingsIn(SOURCE, 'floating-promise');
    assert.ok(finding);
    const moved = { ...finding, file: '/elsewhere.ts' };
    const known = fingerprintsOf([finding, moved], () => SOURCE);
    assert.equal(known.get(finding), known.get(moved));
  });

  it('are of a place’s neighbourhood where a machine wrote the line', () => {
    const wide = `${'x();'.repeat(500)}send(to);${'y();'.repeat(500)}`;
    assert.deepEqual(fingerprints(`z();${wide}z();`), fingerprints(wide));
  });

  it('never mix up where one part ends and the next begins', () => {
    assert.notEqual(digest(['a', 'bc']), digest(['ab', 'c']));
  });
});
