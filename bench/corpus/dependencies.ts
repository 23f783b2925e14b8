import { code } from './code.ts';
import type { Entity } from './domain.ts';

/** What the classes of an entity may ask for in their constructors: type by name. */
function dependenciesOf({ one, One, many, links }: Entity): ReadonlyMap<string, string> {
  return new Map([
    ['database', 'Database'],
    ['clock', 'Clock'],
    ['logger', 'Logger'],
    ['audit', 'AuditTrail'],
    ['router', 'Router'],
    ['folder', 'string'],
    ['endpoint', 'URL'],
    [many, `${One}Repository`],
    ['events', `${One}Events`],
    ['policy', `${One}Policy`],
    ['service', `${One}Service`],
    ['directory', `${One}Directory`],
    ['client', `${One}Client`],
    ['queue', `JobQueue<${One}Task>`],
    ...links.map((link): [string, string] => [link.many, `${link.One}Repository`]),
    ...links.map((link): [string, string] => [`${link.one}Directory`, `${link.One}Directory`]),
    [`${one}Bus`, `EventBus<${One}Event>`],
  ]);
}

/**
 * A constructor that takes what the class body uses as `this.name`, and nothing else but `others`,
 * which it does not keep.
 */
export function constructorFor(
  entity: Entity,
  body: string,
  others: readonly (readonly [string, string])[] = [],
  statement = '',
): string {
  const isUsed = (name: string) => new RegExp(`\\bthis\\.${name}\\b`).test(body);
  const kept = [...dependenciesOf(entity)].filter(([name]) => isUsed(name));
  if (kept.length + others.length === 0) return '';
  return code`
    constructor(
      ${others.map(([name, type]) => `${name}: ${type},`)}
      ${kept.map(([name, type]) => `private readonly ${name}: ${type},`)}
    ) {${statement === '' ? '' : ` ${statement} `}}
  `;
}

/** The types that the constructor of each class in a file asks for, in order. */
export function constructorTypes(source: string): ReadonlyMap<string, readonly string[]> {
  const classes = source.matchAll(
    /^export class (\w+)(?:(?!^}).)*?^ {2}constructor\(\n(.*?)^ {2}\) {/gms,
  );
  return new Map(
    [...classes].map(([, name = '', parameters = '']) => [
      name,
      [...parameters.matchAll(/: (.+),$/gm)].map(([, type = '']) => type),
    ]),
  );
}
