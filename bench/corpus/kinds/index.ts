import type { Dice } from '../dice.ts';
import type { Entity } from '../domain.ts';
import { client } from './client.ts';
import { directory } from './directory.ts';
import { events } from './events.ts';
import { figures } from './figures.ts';
import { handlers } from './handlers.ts';
import { importer } from './importer.ts';
import { model } from './model.ts';
import { type Constructors, module } from './module.ts';
import { operations } from './operations.ts';
import { policy } from './policy.ts';
import { report } from './report.ts';
import { repository } from './repository.ts';
import { row } from './row.ts';
import { schema } from './schema.ts';
import { subscriber } from './subscriber.ts';
import { worker } from './worker.ts';

/** Writes one file of an entity, without its imports. */
export type Kind = (entity: Entity, dice: Dice, constructors: Constructors) => string;

/** The files of an entity by name; each imports only from those before it. */
export const kinds: Readonly<Record<string, Kind>> = {
  model,
  schema,
  row,
  repository,
  events,
  policy,
  figures,
  operations,
  directory,
  handlers,
  importer,
  report,
  client,
  worker,
  subscriber,
  module,
};
