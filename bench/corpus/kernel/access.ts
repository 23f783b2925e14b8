import { ForbiddenFailure } from './failures.ts';

/** What can be done to a thing. */
export type Action = 'read' | 'create' | 'update' | 'delete' | 'approve' | 'export';

/** A right such as `invoice:read`. */
export type Permission<Subject extends string = string> = `${Subject}:${Action}`;

/** Who is asking. */
export interface Actor {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly tenant: string;
}

/** A named set of rights. */
export interface Role {
  readonly name: string;
  readonly permissions: ReadonlySet<Permission>;
}

/** Nobody in particular. */
export const anonymous: Actor = { name: 'anonymous', roles: [], tenant: 'public' };

/** Whether one of the actor's roles has the right. */
export function mayDo<Subject extends string>(
  actor: Actor,
  permission: Permission<Subject>,
): boolean {
  return actor.roles.some((role) => role.permissions.has(permission));
}

/** Throws unless the actor has the right. */
export function demand<Subject extends string>(
  actor: Actor,
  permission: Permission<Subject>,
): void {
  if (mayDo(actor, permission)) return;
  throw new ForbiddenFailure(`${actor.name} may not do this.`, { permission });
}
