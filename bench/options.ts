import { InvalidArgumentError } from 'commander';

/** Reads a number of 1 or more. */
export function wholeNumber(value: string): number {
  const number = Number(value);
  if (Number.isInteger(number) && number > 0) return number;
  throw new InvalidArgumentError('It is a whole number.');
}

/** Reads `500,3000`. */
export function wholeNumbers(value: string): number[] {
  return value.split(',').map(wholeNumber);
}

/** Reads `oxlint,tsc`, refusing what is not among the names. */
export function namesAmong(names: readonly string[]): (value: string) => string[] {
  return (value) => {
    const chosen = value.split(',');
    const strange = chosen.find((name) => !names.includes(name));
    if (strange === undefined) return chosen;
    throw new InvalidArgumentError(`There is no ${strange}.`);
  };
}
