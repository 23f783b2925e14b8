import { code, paragraphs } from '../code.ts';
import { constructorFor } from '../dependencies.ts';
import type { Dice } from '../dice.ts';
import type { Entity, Template } from '../domain.ts';

/** Talks to a remote system that keeps the same thing. */
export function client(entity: Entity, dice: Dice): string {
  const { One, many } = entity;
  const body = paragraphs([
    essentials(entity, dice),
    ...dice.some(extras, 7).map((write) => write(entity)),
  ]);
  return paragraphs([
    messages(entity),
    code`
      /** Exchanges ${many} with a remote system. */
      export class ${One}Client {
        ${constructorFor(entity, body)}

        ${body}
      }
    `,
  ]);
}

function messages({ one, One, many, fields }: Entity): string {
  const plain = fields.filter(({ type, optional }) => !optional && type !== 'Money');
  return code`
    /** A ${one} as the remote system sends it. */
    export const remote${One} = record('remote ${one}', {
      key: text({ min: 1 }),
      revision: numeric({ min: 0, whole: true }),
      ${plain.map(({ name, schema }) => `${name}: ${schema},`)}
    });

    /** The type behind the schema. */
    export type Remote${One} = Infer<typeof remote${One}>;

    /** A page of them. */
    export const remote${One}List = record('remote ${many}', { items: list(remote${One}), cursor: optional(text()) });

    /** What the remote system answers: a body, or word that nothing has changed. */
    export type ${One}Answer<Body> =
      | { readonly kind: 'fresh'; readonly body: Body; readonly tag: string | undefined }
      | { readonly kind: 'unchanged' };
  `;
}

function essentials({ one, One }: Entity, dice: Dice): string {
  return code`
    /** Asks for one. */
    async get(key: string, tag?: string): Promise<${One}Answer<Remote${One}>> {
      const response = await this.send(\`/\${encodeURIComponent(key)}\`, { headers: tag === undefined ? {} : { 'if-none-match': tag } });
      if (response.status === 304) return { kind: 'unchanged' };
      const body = this.check(remote${One}, await response.json());
      return { kind: 'fresh', body, tag: response.headers.get('etag') ?? undefined };
    }

    /** Sends one, under its own key. */
    async put(${one}: Remote${One}): Promise<void> {
      await this.send(\`/\${encodeURIComponent(${one}.key)}\`, { method: 'PUT', body: JSON.stringify(${one}) });
      this.logger.debug('${one} sent', { key: ${one}.key, revision: ${one}.revision });
    }

    private async send(path: string, init: RequestInit): Promise<globalThis.Response> {
      const url = new URL(\`.\${path}\`, this.endpoint);
      return await withRetry(this.clock, patientPlan, async (attemptNumber) => {
        const response = await withDeadline(${2 + dice.below(20)}_000, (signal) => fetch(url, { ...init, signal }));
        if (response.ok || response.status === 304) return response;
        throw new UnavailableFailure(\`\${url.pathname} answered \${response.status}.\`, { attemptNumber });
      });
    }

    private check<Output>(schema: Schema<Output>, input: unknown): Output {
      const result = schema.parse(input);
      if (result.ok) return result.value;
      throw new InvalidFailure('The remote system sent something odd.', { path: result.failure[0]?.path });
    }
  `;
}

const extras: readonly Template[] = [
  reconcile,
  follow,
  all,
  page,
  putAll,
  remove,
  download,
  isAlive,
  waitFor,
];

function reconcile({ one, One, many }: Entity): string {
  return code`
    /** Compares what we have with what the remote system has. */
    async reconcile(ours: ReadonlyMap<string, Remote${One}>): Promise<{ missing: string[]; outdated: string[]; same: number }> {
      const missing: string[] = [];
      const outdated: string[] = [];
      let same = 0;
      for (const [key, ${one}] of ours) {
        const theirs = await attempt(this.get(key));
        if (!theirs.ok) missing.push(key);
        else if (theirs.value.kind === 'fresh' && theirs.value.body.revision < ${one}.revision) outdated.push(key);
        else same++;
      }
      this.logger.info('${many} reconciled', { missing: missing.length, outdated: outdated.length, same });
      return { missing, outdated, same };
    }
  `;
}

function follow({ one, One }: Entity): string {
  return code`
    /** Sends changes as they come and answers with the keys that were refused. */
    async follow(changes: AsyncIterable<Remote${One}>, limit = 1_000): Promise<ReadonlySet<string>> {
      const refused = new Set<string>();
      let count = 0;
      for await (const change of changes) {
        const sent = await attempt(this.put(change));
        if (!sent.ok) {
          refused.add(change.key);
          this.logger.warn('${one} refused', { key: change.key, error: sent.failure });
        }
        count++;
        if (count >= limit) break;
      }
      return refused;
    }
  `;
}

function all({ One }: Entity): string {
  return code`
    /** Everything that the remote system has, page after page. */
    async *all(): AsyncGenerator<Remote${One}, void, undefined> {
      let cursor: string | undefined = '';
      while (cursor !== undefined) {
        const response = await this.send(\`/?cursor=\${cursor}\`, {});
        const page: Infer<typeof remote${One}List> = this.check(remote${One}List, await response.json());
        yield* page.items;
        cursor = page.cursor;
      }
    }
  `;
}

function page({ One }: Entity): string {
  return code`
    /** One page of what the remote system has. */
    async page(cursor?: string): Promise<{ readonly items: readonly Remote${One}[]; readonly next: string | undefined }> {
      const response = await this.send(cursor === undefined ? '/' : \`/?cursor=\${cursor}\`, {});
      const { items, cursor: next } = this.check(remote${One}List, await response.json());
      return { items, next };
    }
  `;
}

function putAll({ one, One, many }: Entity): string {
  return code`
    /** Sends many, a few at once. */
    async putAll(${many}: readonly Remote${One}[]): Promise<number> {
      for (const portion of chunk(${many}, 10)) {
        await Promise.all(portion.map((${one}) => this.put(${one})));
      }
      return ${many}.length;
    }
  `;
}

function remove(): string {
  return code`
    /** Deletes one; that it is gone already is fine. */
    async remove(key: string): Promise<boolean> {
      try {
        await this.send(\`/\${encodeURIComponent(key)}\`, { method: 'DELETE' });
        return true;
      } catch (error) {
        if (isFailure(error, 'unavailable')) return false;
        throw error;
      }
    }
  `;
}

function download({ one }: Entity): string {
  return code`
    /** Downloads the attached document to a file. */
    async download(key: string, path: string): Promise<void> {
      const response = await this.send(\`/\${encodeURIComponent(key)}/document\`, {});
      const content = Buffer.from(await response.arrayBuffer());
      await writeFile(path, content);
      this.logger.info('${one} document saved', { key, path, size: content.length });
    }
  `;
}

function isAlive(): string {
  return code`
    /** Whether the remote system answers at all. */
    async isAlive(): Promise<boolean> {
      const answered = await attempt(this.send('/health', { method: 'HEAD' }));
      return answered.ok;
    }
  `;
}

function waitFor({ One }: Entity): string {
  return code`
    /** Waits until the remote system has at least that revision. */
    async waitFor(key: string, revision: number, signal: AbortSignal): Promise<Remote${One}> {
      for (let pause = 250; !signal.aborted; pause = Math.min(pause * 2, 8_000)) {
        const found = await this.get(key);
        if (found.kind === 'fresh' && found.body.revision >= revision) return found.body;
        await this.clock.sleep(pause, signal);
      }
      throw new UnavailableFailure('Gave up waiting.', { key, revision });
    }
  `;
}
