import assert from 'node:assert/strict';
import { Lines, relativeName } from '../../server/formats/place.ts';

describe('places', () => {
  it('lines and columns count from 1, whichever way lines end', () => {
    const lines = new Lines('a\nbc\r\nd\re');
    const places = [0, 1, 2, 3, 4, 6, 8, 9].map((offset) => {
      const { line, column } = lines.at(offset);
      return `${line}:${column}`;
    });
    assert.deepEqual(places, ['1:1', '1:2', '2:1', '2:2', '2:3', '3:1', '4:1', '4:2']);
    assert.deepEqual(
      [1, 2, 3, 4].map((line) => lines.line(line)),
      ['a', 'bc', 'd', 'e'],
    );
  });

  it('an empty text has one place', () => {
    assert.deepEqual(new Lines('').at(0), { line: 1, column: 1 });
    assert.equal(new Lines('').line(1), '');
  });

  for (const [folder, file, name] of [
    ['/a/b', '/a/b/c/d.ts', 'c/d.ts'],
    ['/a/b', '/a/e.ts', '../e.ts'],
    ['/a/b', '/a/bc/d.ts', '../bc/d.ts'],
    ['/', '/a.ts', 'a.ts'],
    ['C:\\a', 'C:/a/b.ts', 'b.ts'],
    ['C:\\a', 'D:/b.ts', 'D:/b.ts'],
  ] as const) {
    it(`${file} seen from ${folder} is ${name}`, () => {
      assert.equal(relativeName(folder, file), name);
    });
  }
});
