/** ISO codes in use. */
export type Currency = 'EUR' | 'USD' | 'GBP' | 'CHF' | 'JPY';

/** An amount in the smallest unit of its currency. */
export interface Money {
  readonly amount: number;
  readonly currency: Currency;
}

const decimals: Readonly<Record<Currency, number>> = { EUR: 2, USD: 2, GBP: 2, CHF: 2, JPY: 0 };

/** An amount given in whole units. */
export function money(units: number, currency: Currency): Money {
  return { amount: Math.round(units * 10 ** decimals[currency]), currency };
}

/** Nothing, in that currency. */
export function zero(currency: Currency): Money {
  return { amount: 0, currency };
}

/** The sum of amounts in one currency. */
export function addMoney(first: Money, ...others: readonly Money[]): Money {
  let { amount } = first;
  for (const other of others) {
    if (other.currency !== first.currency) throw new RangeError('Amounts differ in currency.');
    amount += other.amount;
  }
  return { amount, currency: first.currency };
}

/** The amount times a factor, rounded half up. */
export function scaleMoney(value: Money, factor: number): Money {
  return { ...value, amount: Math.round(value.amount * factor) };
}

/** Splits an amount so that no unit is lost. */
export function allocate(value: Money, weights: readonly number[]): Money[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let rest = value.amount;
  const parts = weights.map((weight) => {
    const part = Math.floor((value.amount * weight) / total);
    rest -= part;
    return part;
  });
  return parts.map((part, index) => ({ ...value, amount: part + (index < rest ? 1 : 0) }));
}

/** Such as `12.50 EUR`. */
export function formatMoney(value: Money): string {
  const digits = decimals[value.currency];
  return `${(value.amount / 10 ** digits).toFixed(digits)} ${value.currency}`;
}
