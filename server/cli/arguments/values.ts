import { InvalidArgumentError } from 'commander';
import type { RuleChoice, Severity } from '#engine';
import type { Shard } from '#workspace/shard.ts';

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

/** Reads a folder's name. */
export function parseFolder(value: string): string {
  if (value === '') throw new InvalidArgumentError('Write the name of a folder.');
  return value;
}

/** Reads which part of how many. */
export function parseShard(value: string): Shard {
  const [, index = 0, count = 0] = /^(\d+)\/(\d+)$/.exec(value)?.map(Number) ?? [];
  if (index < 1 || index > count) {
    throw new InvalidArgumentError('Write <i>/<n>, such as 1/4 for the first of four parts.');
  }
  return { index, count };
}

function isSeverity(value: string): value is Severity | 'off' {
  return SEVERITIES.includes(value);
}
