/** Rules that are simple enough to foresee: they report calls of functions by their bare name. */
import { isIdentifier } from '#ast';
import { defineRule, edit, type Fix, type Rule, type Severity } from '#engine';

/** Reports `shout()` as an error; saying it instead is safe. */
export const shouting = toy('shouting', 'shout', 'error', 'safe');

/** Reports `mutter()` as a warning; saying it instead is a suggestion. */
export const muttering = toy('muttering', 'mutter', 'warning', 'suggested');

/** Reports `hum()` for information; there is no fix. */
export const humming = toy('humming', 'hum', 'information');

/** Throws when it meets `explode()`. */
export const exploding: Rule = defineRule({
  id: 'exploding',
  family: 'errors',
  severity: 'error',
  preset: 'recommended',
  summary: 'It explodes.',
  advice: 'Keep away.',
  visit: {
    CallExpression({ expression }) {
      if (isIdentifier(expression) && expression.text === 'explode') throw new Error('Boom.');
    },
  },
});

/** Reports `whisper()`, in the strict preset alone; as loud as its option says. */
export const whispering: Rule = defineRule({
  id: 'whispering',
  family: 'errors',
  severity: 'warning',
  preset: 'strict',
  summary: 'Somebody whispers.',
  advice: 'Speak up.',
  options: {
    volume: { description: 'How loud.', default: 'low', values: ['low', 'high'] },
    rooms: { description: 'Where.', default: ['hall'] },
  },
  visit: {
    CallExpression({ expression }, { options, report }) {
      if (!isIdentifier(expression) || expression.text !== 'whisper') return;
      report(expression, { message: `Somebody whispers at ${options.volume} volume.` });
    },
  },
});

/** All of them. */
export const toyRules: readonly Rule[] = [exploding, humming, muttering, shouting, whispering];

function toy(id: string, name: string, severity: Severity, kind?: Fix['kind']): Rule {
  return defineRule({
    id,
    family: 'errors',
    severity,
    preset: 'recommended',
    summary: `Somebody calls ${name}.`,
    advice: 'Say it.',
    visit: {
      CallExpression({ expression }, { report }) {
        if (!isIdentifier(expression) || expression.text !== name) return;
        const title = `Say it, do not ${name}`;
        report(expression, {
          message: `Somebody calls \`${name}\`.`,
          fixes: () =>
            kind === undefined
              ? []
              : [{ id: 'say', title, kind, edits: [edit.replace(expression, 'say')] }],
        });
      },
    },
  });
}
