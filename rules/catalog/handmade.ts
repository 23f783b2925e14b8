/**
 * What people set up by hand, one at a time, so that there are few of it however long a program is in use; what use leaves
 * behind is not here. Matched against words of names: `TeamDomain`, `listEnvironments`, `db.select('providers')`.
 */
const NOUNS = `addon authentication avatar config configuration connection connector credential currency
  datasource device domain environment integration language locale namespace option plan plugin
  preference prompt provider region role schema secret setting source stage theme webhook`;

const HANDMADE = new Set(NOUNS.split(/\s+/));

/** Whether a word of a name is something that people set up by hand. */
export function isHandmade(name: string): boolean {
  const words = name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? [];
  return words.some((word) => HANDMADE.has(singular(word.toLowerCase())));
}

function singular(word: string): string {
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return word.endsWith('s') ? word.slice(0, -1) : word;
}
