import assert from 'node:assert/strict';
import { defineRule, settingOf } from '#engine';

const rule = defineRule({
  id: 'toy',
  family: 'fan-out',
  severity: 'warning',
  preset: 'recommended',
  summary: 'A toy.',
  advice: 'None.',
  options: { likely: { description: 'Whether.', default: false, strict: true } },
  visit: {},
});

describe('options of rules', () => {
  it('have a default of their own from the preset strict on', () => {
    const likely = (preset: 'recommended' | 'strict' | 'all') =>
      settingOf(rule, { preset }).options['likely'];
    assert.deepEqual([likely('recommended'), likely('strict'), likely('all')], [false, true, true]);
    assert.equal(settingOf(rule, {}).options['likely'], false);
  });

  it('are what the user says, whatever the preset', () => {
    const rules = { toy: ['warning', { likely: false }] as const };
    assert.equal(settingOf(rule, { preset: 'strict', rules }).options['likely'], false);
  });
});
