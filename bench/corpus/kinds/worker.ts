import { code, paragraphs } from '../code.ts';
import { constructorFor } from '../dependencies.ts';
import type { Dice } from '../dice.ts';
import type { Entity, Template } from '../domain.ts';

/** Works through jobs in the background. */
export function worker(entity: Entity, dice: Dice): string {
  const { One, many, one } = entity;
  const templates = [
    ...pool,
    ...entity.links.slice(0, 1).map((link) => () => detach(entity, link)),
  ];
  const tasks = dice.some(templates, 5).map((write) => write(entity));
  const body = paragraphs([
    life(dice),
    performing(entity, tasks),
    ...tasks.map(({ source }) => source),
  ]);
  return paragraphs([
    code`
      /** The work that can be asked for. */
      export type ${One}Task =
        ${tasks.map(({ type }) => `| ${type}`)};

      /** The work of one type. */
      export type ${One}TaskOf<Type extends ${One}Task['type']> = Extract<${One}Task, { readonly type: Type }>;

      /** The actor that background work is done as. */
      export const ${one}Robot: Actor = { name: '${one} robot', roles: [${one}Owner], tenant: 'system' };
    `,
    code`
      /** Does what was put off about ${many}. */
      export class ${One}Worker implements Background {
        readonly name = '${one} worker';
        private readonly done = new Counter('${one}_jobs');
        private running: Promise<void> | undefined;
        private stopped = false;

        ${constructorFor(entity, body)}

        ${body}
      }
    `,
  ]);
}

interface Task {
  readonly type: string;
  readonly branch: string;
  readonly source: string;
}

function life(dice: Dice): string {
  return code`
    start(signal: AbortSignal): Promise<void> {
      this.running = this.loop(signal);
      return Promise.resolve();
    }

    async stop(): Promise<void> {
      this.stopped = true;
      await this.running;
    }

    private async loop(signal: AbortSignal): Promise<void> {
      while (!this.stopped && !signal.aborted) {
        const jobs = await this.queue.take(${5 + dice.below(20)});
        for (const job of jobs) {
          await this.work(job);
        }
        if (jobs.length === 0) await this.clock.sleep(${200 + dice.below(10) * 100}, signal);
      }
    }
  `;
}

function performing({ One }: Entity, tasks: readonly Task[]): string {
  return code`
    private async work(job: Job<${One}Task>): Promise<void> {
      const outcome = await this.outcomeOf(job);
      this.done.add(1, { outcome, type: job.payload.type });
      await this.queue.finish(job, outcome);
    }

    private async outcomeOf(job: Job<${One}Task>): Promise<JobOutcome> {
      try {
        await this.perform(job.payload);
        return 'done';
      } catch (error) {
        this.logger.warn('job failed', { key: job.key, attempts: job.attempts, error });
        return job.attempts < 5 && isFailure(error, 'unavailable') ? 'retry' : 'discard';
      }
    }

    private async perform(task: ${One}Task): Promise<void> {
      switch (task.type) {
        ${tasks.map(({ branch }) => branch)}
      }
    }
  `;
}

const pool: readonly Template<Task>[] = [inspect, expire, retitle, remind, recount, archive];

function inspect({ one, One, many }: Entity): Task {
  return task(
    'inspect',
    `readonly ids: readonly ${One}Id[]; readonly strict: boolean`,
    code`
      /** Looks for ${many} that should not be as they are. */
      private async inspect({ ids, strict }: ${One}TaskOf<'inspect'>): Promise<void> {
        const now = this.clock.now();
        for (const portion of chunk(ids, 20)) {
          const ${many} = await Promise.all(portion.map((id) => this.${many}.find(id)));
          for (const ${one} of compact(${many})) {
            const age = elapsed(${one}.updatedAt, now, 'day');
            if (age < 90 || ${one}Stages.indexOf(${one}.stage) === ${one}Stages.length - 1) continue;
            this.logger.warn('${one} is stuck', { id: ${one}.id, age });
            if (strict) await this.audit.record(${one}Robot, 'stuck', '${one}', ${one}.id);
          }
        }
      }
    `,
  );
}

function expire({ one, One, many, stages }: Entity): Task {
  return task(
    'expire',
    'readonly before: Date',
    code`
      /** Closes what is too old. */
      private async expire({ before }: ${One}TaskOf<'expire'>): Promise<void> {
        const { items } = await this.${many}.page({ stage: '${stages[0]}' }, { offset: 0, limit: 200 });
        for (const ${one} of items) {
          if (${one}.createdAt >= before) continue;
          await this.service.move(${one}Robot, ${one}.id, '${stages[1]}');
        }
      }
    `,
  );
}

function retitle({ one, One }: Entity): Task {
  return task(
    'retitle',
    `readonly id: ${One}Id; readonly title: string`,
    code`
      /** Gives a ${one} another title, and tells the queue to check it later. */
      private async retitle({ id, title }: ${One}TaskOf<'retitle'>): Promise<void> {
        const changed = await this.service.change(${one}Robot, id, { title });
        const dueAt = shift(this.clock.now(), 1, 'hour');
        await this.queue.add(\`retitle \${changed.id} \${changed.version}\`, { type: 'retitle', id, title: title.trim() }, dueAt);
      }
    `,
  );
}

function remind({ one, One, many }: Entity): Task {
  return task(
    'remind',
    `readonly ids: readonly ${One}Id[]`,
    code`
      /** Notes in the trail that somebody should look. */
      private async remind({ ids }: ${One}TaskOf<'remind'>): Promise<void> {
        await mapLimit(ids, 5, async (id) => {
          const ${one} = await this.${many}.find(id);
          if (!${one}) return;
          await this.audit.record(${one}Robot, \`remind: \${${one}.title}\`, '${one}', id);
        });
      }
    `,
  );
}

function recount({ One, many }: Entity): Task {
  return task(
    'recount',
    'readonly since: Date',
    code`
      /** Counts again and writes the result to the log. */
      private async recount({ since }: ${One}TaskOf<'recount'>): Promise<void> {
        const counts = new Map<${One}Stage, number>();
        for await (const { stage } of everyItem((request) => this.${many}.page({ createdAfter: since }, request))) {
          counts.set(stage, (counts.get(stage) ?? 0) + 1);
        }
        for (const [stage, count] of counts) this.logger.info('recounted', { stage, count });
        await this.clock.sleep(10);
      }
    `,
  );
}

function archive({ one, One, many, stages }: Entity): Task {
  return task(
    'archive',
    'readonly file: string',
    code`
      /** Writes what is finished to a file. */
      private async archive({ file }: ${One}TaskOf<'archive'>): Promise<void> {
        const { items } = await this.${many}.page({ stage: '${stages.at(-1) ?? ''}' }, { offset: 0, limit: 1_000 });
        const lines = items.map((${one}) => JSON.stringify(to${One}Row(${one})));
        await appendFile(join(this.folder, file), lines.join('\n'));
      }
    `,
  );
}

function detach({ one, One, many }: Entity, link: Entity): Task {
  return task(
    'detach',
    `readonly ${link.one}Id: ${link.One}Id; readonly to: ${link.One}Id`,
    code`
      /** Frees a ${link.one} from its ${many}. */
      private async detach({ ${link.one}Id, to }: ${One}TaskOf<'detach'>): Promise<void> {
        const moved = await this.service.reassign${link.One}(${one}Robot, ${link.one}Id, to);
        this.logger.info('${many} detached', { moved });
      }
    `,
  );
}

function task(type: string, properties: string, source: string): Task {
  return {
    type: `{ readonly type: '${type}'; ${properties} }`,
    branch: `case '${type}':\n  return await this.${type}(task);`,
    source,
  };
}
