import { distance } from 'fastest-levenshtein';

/** The name that was probably meant; nothing when none is near. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((candidate) => ({ candidate, far: distance(name, candidate) }))
    .sort((a, b) => a.far - b.far);
  return best !== undefined && best.far <= Math.max(2, name.length / 3)
    ? best.candidate
    : undefined;
}

/** Says that a name is unknown, and which one was probably meant, else which ones there are. */
export function unknownName(what: string, name: string, known: readonly string[]): string {
  const near = nearestName(name, known);
  if (near !== undefined) return `There is no ${what} \`${name}\`. Did you mean \`${near}\`?`;
  return `There is no ${what} \`${name}\`. Known are ${listed(known)}.`;
}

/** Names in backticks, with commas between. */
export function listed(values: readonly unknown[]): string {
  return values.map((value) => `\`${value}\``).join(', ');
}
