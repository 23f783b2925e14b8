import { randomUUID } from 'node:crypto';

declare const brand: unique symbol;

/** A string that identifies one kind of thing and cannot be mixed up with another. */
export type Id<Kind extends string> = string & { readonly [brand]: Kind };

/** The kind that an id stands for. */
export type KindOf<I> = I extends Id<infer Kind> ? Kind : never;

/** Makes a fresh id such as `invoice_5f3c…`. */
export function freshId<Kind extends string>(kind: Kind): Id<Kind> {
  return toId(kind, `${kind}_${randomUUID().replaceAll('-', '').slice(0, 20)}`);
}

/** Reads an id, refusing text that belongs to another kind. */
export function toId<Kind extends string>(kind: Kind, text: string): Id<Kind> {
  if (!isId(kind, text)) throw new TypeError(`"${text}" is no ${kind} id.`);
  return text;
}

/** Whether the text is an id of that kind. */
export function isId<Kind extends string>(kind: Kind, text: string): text is Id<Kind> {
  return text.startsWith(`${kind}_`) && text.length > kind.length + 1;
}

/** Short form for logs. */
export function abbreviate(id: Id<string>): string {
  const [kind = '', rest = ''] = id.split('_');
  return `${kind}_${rest.slice(0, 6)}`;
}
