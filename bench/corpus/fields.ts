/** A property of an entity and how it travels between input, memory and table. */
export interface Field {
  readonly name: string;
  readonly type: string;
  readonly optional?: true;
  /** The schema expression that reads it from input. */
  readonly schema: string;
  /** The type of its column. */
  readonly cell: string;
  /** The expression that makes a cell of a value, and the way back. */
  readonly toCell: (value: string) => string;
  readonly fromCell: (cell: string) => string;
  /** What templates may do with it: add it up, compare it in time, search it. */
  readonly role: 'amount' | 'figure' | 'date' | 'text' | 'choice' | 'flag' | 'words';
}

const same = (value: string) => value;

function textField(name: string, max: number): Field {
  const schema = `text({ min: 1, max: ${max} })`;
  return {
    name,
    type: 'string',
    schema,
    cell: 'string',
    toCell: same,
    fromCell: same,
    role: 'text',
  };
}

function noteField(name: string, max: number): Field {
  const schema = `optional(text({ max: ${max} }))`;
  const cell = 'string | undefined';
  return {
    name,
    type: cell,
    optional: true,
    schema,
    cell,
    toCell: same,
    fromCell: same,
    role: 'words',
  };
}

function figureField(name: string, min: number, max: number, whole: boolean): Field {
  const schema = `numeric({ min: ${min}, max: ${max}, whole: ${whole} })`;
  return {
    name,
    type: 'number',
    schema,
    cell: 'number',
    toCell: same,
    fromCell: same,
    role: 'figure',
  };
}

function amountField(name: string, currency: string): Field {
  return {
    name,
    type: 'Money',
    schema: `converted(numeric({ min: 0 }), (units) => money(units, '${currency}'))`,
    cell: 'number',
    toCell: (value) => `${value}.amount`,
    fromCell: (cell) => `{ amount: ${cell}, currency: '${currency}' }`,
    role: 'amount',
  };
}

function dateField(name: string): Field {
  return {
    name,
    type: 'Date',
    schema: 'moment',
    cell: 'Date',
    toCell: same,
    fromCell: same,
    role: 'date',
  };
}

function flagField(name: string): Field {
  return {
    name,
    type: 'boolean',
    schema: 'flag',
    cell: 'boolean',
    toCell: same,
    fromCell: same,
    role: 'flag',
  };
}

function choiceField(name: string, ...words: readonly string[]): Field {
  const type = words.map((word) => `'${word}'`).join(' | ');
  const schema = `oneOf(${words.map((word) => `'${word}'`).join(', ')})`;
  return { name, type, schema, cell: type, toCell: same, fromCell: same, role: 'choice' };
}

function wordsField(name: string): Field {
  const type = 'readonly string[]';
  const schema = 'list(text({ max: 40 }))';
  return { name, type, schema, cell: type, toCell: same, fromCell: same, role: 'words' };
}

/** What every entity has, so that there is always something to search and to print. */
export const titleField: Field = textField('title', 120);

/** What an entity may have besides. */
export const fieldPool: readonly Field[] = [
  textField('reference', 40),
  textField('owner', 80),
  textField('region', 20),
  textField('locale', 10),
  noteField('note', 2_000),
  noteField('externalKey', 64),
  noteField('reason', 400),
  figureField('quantity', 0, 100_000, true),
  figureField('position', 0, 10_000, true),
  figureField('weight', 0, 5_000, false),
  figureField('score', 0, 1, false),
  figureField('durationMinutes', 0, 10_000, true),
  amountField('price', 'EUR'),
  amountField('fee', 'EUR'),
  amountField('limit', 'CHF'),
  amountField('deposit', 'USD'),
  dateField('startsAt'),
  dateField('endsAt'),
  dateField('dueAt'),
  dateField('reviewedAt'),
  flagField('urgent'),
  flagField('visible'),
  flagField('locked'),
  choiceField('priority', 'low', 'normal', 'high'),
  choiceField('origin', 'web', 'phone', 'partner', 'import'),
  choiceField('tier', 'basic', 'plus', 'premium'),
  choiceField('rhythm', 'once', 'daily', 'weekly', 'monthly'),
  wordsField('labels'),
  wordsField('watchers'),
];
