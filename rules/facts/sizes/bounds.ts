/** How many there are, as far as anybody can tell, and what follows for sums, products and choices. */

/**
 * A number of values: known, bounded, set by whoever calls or by what lies in files and databases (`input`), or nobody
 * knows. Rules report on `input`; `unknown` also stands for bounds that a person configured.
 */
export type Size =
  | { readonly kind: 'exact'; readonly n: number }
  | { readonly kind: 'at-most'; readonly n: number }
  | { readonly kind: 'input' }
  | { readonly kind: 'unknown' };

/** As many as the input holds. */
export const INPUT: Size = { kind: 'input' };

/** Nobody can tell. */
export const UNKNOWN: Size = { kind: 'unknown' };

/** Exactly this many. */
export function exactly(n: number): Size {
  return { kind: 'exact', n };
}

/** This many or fewer. */
export function atMost(n: number): Size {
  return { kind: 'at-most', n };
}

/** The largest that a size can be, when that is known. */
export function mostOf(size: Size): number | undefined {
  return 'n' in size ? size.n : undefined;
}

/** A size in words: `3 turns`, `at most 16 turns`, `as many turns as the input says`. */
export function describeSize(size: Size, things: string): string {
  if (size.kind === 'exact') return `${size.n} ${things}`;
  if (size.kind === 'at-most') return `at most ${size.n} ${things}`;
  return size.kind === 'input'
    ? `as many ${things} as the input says`
    : `a number of ${things} that nobody can tell`;
}

/** What is left after some were dropped. */
export function fewer(size: Size): Size {
  return 'n' in size ? atMost(size.n) : size;
}

/** All of these together; one part from input makes the whole depend on input. */
export function sum(sizes: readonly Size[]): Size {
  return combine(sizes, (a, b) => a + b, 0);
}

/** Each of `a` as often as there are of `b`. */
export function product(a: Size, b: Size): Size {
  if (mostOf(a) === 0 || mostOf(b) === 0) return exactly(0);
  return combine([a, b], (m, n) => m * n, 1);
}

/** One of these, nobody knows which. */
export function either(sizes: readonly Size[]): Size {
  const [first] = sizes;
  if (first?.kind === 'exact' && sizes.every((one) => 'n' in one && one.n === first.n)) {
    return combine(sizes, (_, n) => n, first.n);
  }
  return fewer(combine(sizes, (a, b) => Math.max(a, b), 0));
}

/** At most as many as the smallest known of these: `Math.min`. */
export function smallest(sizes: readonly Size[]): Size {
  const known = sizes.map(mostOf).filter((n) => n !== undefined);
  if (known.length > 0) return atMost(Math.min(...known));
  return sizes.some(({ kind }) => kind === 'unknown') ? UNKNOWN : INPUT;
}

function combine(
  sizes: readonly Size[],
  join: (a: number, b: number) => number,
  none: number,
): Size {
  if (sizes.some(({ kind }) => kind === 'input')) return INPUT;
  let total = none;
  let isExact = true;
  for (const size of sizes) {
    if (!('n' in size)) return UNKNOWN;
    total = join(total, size.n);
    isExact &&= size.kind === 'exact';
  }
  return isExact ? exactly(total) : atMost(total);
}
