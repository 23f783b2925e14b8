/**
 * Functions that use what their callback returns as a truth value, or to put things in order, and never wait for it.
 */

/** What becomes of a truth value that always holds, by the array method whose callback gives it. */
export const PREDICATES: ReadonlyMap<string, string> = new Map([
  ['filter', 'keeps every item'],
  ['some', 'answers yes for any item'],
  ['every', 'always answers yes'],
  ['find', 'finds the first item'],
  ['findIndex', 'finds the first item'],
  ['findLast', 'finds the last item'],
  ['findLastIndex', 'finds the last item'],
]);

/** Array methods whose callback compares two items. */
export const COMPARATORS: ReadonlySet<string> = new Set(['sort', 'toSorted']);

/** Libraries with functions of the same names that take the list first. */
export const LIST_LIBRARIES: ReadonlySet<string> = new Set(['lodash', 'lodash-es', 'underscore']);
