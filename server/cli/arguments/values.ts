import { InvalidArgumentError } from 'commander';
import type { RuleChoice, Severity } from '#engine';

const SEVERITIES = ['error', 'warning', 'information', 'off'];

/** Reads an option that can be given several times. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** Reads `id=severity`. */
export function setRule(
  value: string,
  before: Readonly<Record<string, RuleChoice>> = {},
): Readonly<Record<string, RuleChoice>> {
  const [id = '', severity = '', ...rest] = value.split('=');
  if (id === '' || !isSeverity(severity) || rest.length > 0) {
    throw new InvalidArgumentError(`Write <id>=<severity>: ${SEVERITIES.join(', ')}.`);
  }
  return { ...before, [id]: severity };
}

/** Reads a count. */
export function parseCount(value: string): number {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError('Write a whole number.');
  return Number(value);
}

function isSeverity(value: string): value is Severity | 'off' {
  return SEVERITIES.includes(value);
}
