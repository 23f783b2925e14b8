import { distance } from 'fastest-levenshtein';

/** The name that was probably meant; nothing when none is near. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((candidate) => ({ candidate, far: distance(name, candidate) }))
    .sort((a, b) => a.far - b.far);
  if (best !== undefined && best.far <= Math.max(2, name.length / 3)) return best.candidate;
  // Whoever wrote a part of one name alone, such as `floating`, means that.
  const holding = known.filter((candidate) => candidate.split('-').includes(name));
  return holding.length === 1 ? holding[0] : undefined;
}

/** Names that can be taken in at a glance; of more, the place where they are listed is told. */
const MOST_LISTED = 12;

/** Says that a name is unknown, and which one was probably meant, else which ones there are. */
export function unknownName(what: string, name: string, known: readonly string[]): string {
  const near = nearestName(name, known);
  if (near !== undefined) return `There is no ${what} \`${name}\`. Did you mean \`${near}\`?`;
  const which =
    what === 'rule' && known.length > MOST_LISTED
      ? '`asynclint rules` lists them all'
      : `Known are ${listed(known)}`;
  return `There is no ${what} \`${name}\`. ${which}.`;
}

/** Names in backticks, with commas between. */
export function listed(values: readonly unknown[]): string {
  return values.map((value) => `\`${value}\``).join(', ');
}
