import assert from 'node:assert/strict';
import { applyEdits, disjoint, type Edit } from '#engine';

const edit = (start: number, end: number, text: string): Edit => ({
  file: 'a.ts',
  start,
  end,
  text,
});

describe('edits', () => {
  it('apply from the start, whatever their order', () => {
    assert.equal(applyEdits('one two', [edit(4, 7, '2'), edit(0, 3, '1')]), '1 2');
  });

  it('at one place keep their order', () => {
    assert.equal(applyEdits('x', [edit(0, 0, 'a'), edit(0, 0, 'b')]), 'abx');
  });

  it('that overlap are refused', () => {
    assert.throws(
      () => applyEdits('abcdef', [edit(0, 3, ''), edit(2, 4, '')]),
      /overlap at offset 2/,
    );
  });

  it('are disjoint in different files, and not when they touch', () => {
    assert.ok(disjoint([edit(0, 3, '')], [{ ...edit(0, 3, ''), file: 'b.ts' }]));
    assert.ok(disjoint([edit(0, 3, '')], [edit(4, 5, '')]));
    assert.ok(!disjoint([edit(0, 3, '')], [edit(3, 5, '')]));
  });
});
