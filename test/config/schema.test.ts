import assert from 'node:assert/strict';
import { Ajv } from 'ajv';
import { DEFAULT_PROJECT_SETTINGS } from '#engine';
import { rules } from '#rules';
import { configSchema } from '../../server/config/schema.ts';

describe('config schema', () => {
  it('is a schema that strict validators take', () => {
    assert.doesNotThrow(() => new Ajv({ strict: true }).compile(configSchema(rules)));
  });

  it('takes the standing of every rule and setting', () => {
    const validate = new Ajv().compile(configSchema(rules));
    const standing = rules.map((rule) => {
      const options = Object.entries(rule.options).map(([name, option]) => [name, option.default]);
      return [rule.id, [rule.severity, Object.fromEntries(options)]];
    });
    const config = { rules: Object.fromEntries(standing), settings: DEFAULT_PROJECT_SETTINGS };
    assert.ok(validate(config), JSON.stringify(validate.errors));
  });
});
