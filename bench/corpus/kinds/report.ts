import { code, paragraphs } from '../code.ts';
import { constructorFor } from '../dependencies.ts';
import type { Dice } from '../dice.ts';
import type { Entity, Template } from '../domain.ts';

/** Writes what the figures say. */
export function report(entity: Entity, dice: Dice): string {
  const { One, many } = entity;
  const body = paragraphs([
    essentials(entity),
    ...dice.some(extras, 7).map((write) => write(entity)),
  ]);
  return paragraphs([
    options(entity),
    rendering(entity),
    code`
      /** Writes reports about ${many}. */
      export class ${One}Reports {
        ${constructorFor(entity, body)}

        ${body}
      }
    `,
  ]);
}

function options({ One }: Entity): string {
  return code`
    /** How a report looks. */
    export type ${One}ReportFormat = 'text' | 'markdown' | 'json';

    /** What a report covers. */
    export interface ${One}ReportOptions {
      readonly format: ${One}ReportFormat;
      readonly from: Date;
      readonly to: Date;
      readonly title?: string;
    }

    /** A finished report. */
    export interface ${One}Report extends Pick<${One}ReportOptions, 'format' | 'from' | 'to'> {
      readonly name: string;
      readonly content: string;
    }
  `;
}

function rendering({ one, One, many, stages }: Entity): string {
  return code`
    const renderers: Readonly<Record<${One}ReportFormat, (summary: ${One}Summary, ${many}: readonly ${One}[]) => string>> = {
      text: (summary, ${many}) => \`\${summary.count} ${many}\n\${tabulate(${many})}\`,
      markdown: (summary, ${many}) => [heading(summary), '', ...${many}.map(bullet)].join('\n'),
      json: (summary, ${many}) => JSON.stringify({ summary, ${many} }, undefined, 2),
    };

    function heading({ count, shares }: ${One}Summary): string {
      const parts = Object.entries(shares).map(([stage, share]) => \`\${stage} \${Math.round(share * 100)} %\`);
      return \`# \${count} ${many} (\${parts.join(', ')})\`;
    }

    function bullet(${one}: ${One}): string {
      const mark = ${one}.stage === '${stages.at(-1) ?? ''}' ? 'x' : ' ';
      return \`- [\${mark}] \${${one}.title} (\${abbreviate(${one}.id)}, version \${${one}.version})\`;
    }

    function tabulate(${many}: readonly ${One}[]): string {
      const widest = Math.max(0, ...${many}.map(({ title }) => title.length));
      return ${many}.map(({ title, stage }) => \`\${title.padEnd(widest)}  \${stage}\`).join('\n');
    }
  `;
}

function essentials({ one, One, many }: Entity): string {
  return code`
    /** Makes a report. */
    async build(options: ${One}ReportOptions): Promise<${One}Report> {
      const { format, from, to } = options;
      const covered: ${One}[] = [];
      for await (const ${one} of everyItem((request) => this.${many}.page({ createdAfter: from }, request))) {
        if (${one}.createdAt <= to) covered.push(${one});
      }
      const content = renderers[format](summarize${One}(covered), covered);
      return { name: options.title ?? '${many}', format, from, to, content };
    }

    /** Makes a report and writes it to the folder. */
    async write(options: ${One}ReportOptions): Promise<string> {
      const report = await this.build(options);
      const path = join(this.folder, \`\${report.name}.\${report.format}\`);
      await mkdir(this.folder, { recursive: true });
      await writeFile(path, report.content);
      this.logger.info('${one} report written', { path, size: report.content.length });
      return path;
    }
  `;
}

const extras: readonly Template[] = [
  byStage,
  recent,
  repeat,
  writeYear,
  writeAll,
  compress,
  tidy,
  compareDays,
  publish,
];

function byStage({ one, One, many }: Entity): string {
  return code`
    /** A report about each stage on its own. */
    async byStage(from: Date, to: Date): Promise<Record<${One}Stage, string>> {
      const contents = {} as Record<${One}Stage, string>;
      for (const stage of ${one}Stages) {
        const found: ${One}[] = [];
        for await (const ${one} of everyItem((request) => this.${many}.page({ stage, createdAfter: from }, request))) {
          if (${one}.createdAt > to) continue;
          found.push(${one});
        }
        contents[stage] = renderers.text(summarize${One}(found), found);
      }
      return contents;
    }
  `;
}

function recent(): string {
  return code`
    /** The last reports that were written, the newest first. */
    async recent(limit = 10): Promise<readonly { readonly name: string; readonly size: number; readonly at: Date }[]> {
      const names = await readdir(this.folder);
      const details = await Promise.all(
        names.map(async (name) => {
          const { size, mtime } = await stat(join(this.folder, name));
          return { name, size, at: mtime };
        }),
      );
      return sortedBy(details, ({ at }) => at, 'down').slice(0, limit);
    }
  `;
}

function repeat({ One }: Entity): string {
  return code`
    /** Writes the report again whenever the clock says so. */
    async repeat(options: Omit<${One}ReportOptions, 'from' | 'to'>, minutes: number, signal: AbortSignal): Promise<number> {
      let written = 0;
      while (!signal.aborted) {
        const to = this.clock.now();
        await this.write({ ...options, from: shift(to, -minutes, 'minute'), to });
        written++;
        await this.clock.sleep(duration(minutes, 'minute'), signal);
      }
      return written;
    }
  `;
}

function writeYear({ many }: Entity): string {
  return code`
    /** One report for each month of a year. */
    async writeYear(year: number): Promise<string[]> {
      const months = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(year, month)));
      const paths: string[] = [];
      for (const from of months) {
        const to = new Date(Date.UTC(year, from.getUTCMonth() + 1));
        paths.push(await this.write({ format: 'markdown', from, to, title: \`${many}-\${from.toISOString().slice(0, 7)}\` }));
      }
      return paths;
    }
  `;
}

function writeAll({ One }: Entity): string {
  return code`
    /** All formats of the same report at once. */
    async writeAll(from: Date, to: Date): Promise<string[]> {
      const formats: ${One}ReportFormat[] = ['text', 'markdown', 'json'];
      return await Promise.all(formats.map((format) => this.write({ format, from, to })));
    }
  `;
}

function compress({ One }: Entity): string {
  return code`
    /** Compresses a report so that it can be kept for long. */
    async compress(options: ${One}ReportOptions): Promise<Buffer> {
      const { content } = await this.build(options);
      return gzipSync(content);
    }
  `;
}

function tidy(): string {
  return code`
    /** Deletes reports older than the given days. */
    async tidy(days: number): Promise<number> {
      const limit = shift(this.clock.now(), -days, 'day');
      let removed = 0;
      for (const name of await readdir(this.folder)) {
        const path = join(this.folder, name);
        const { mtime } = statSync(path);
        if (mtime > limit) continue;
        await rm(path);
        removed++;
      }
      return removed;
    }
  `;
}

function compareDays({ One, many }: Entity): string {
  return code`
    /** What changed between two days, told in sentences. */
    async compareDays(earlier: Date, later: Date): Promise<string> {
      const [before, after] = await Promise.all([this.on(earlier), this.on(later)]);
      const { added, removed, changed } = compare${One}Lists(before, after);
      return \`\${added.length} new, \${removed.length} gone and \${changed.length} changed ${many}.\`;
    }

    private async on(day: Date): Promise<${One}[]> {
      const page = await this.${many}.page({ createdAfter: startOfDay(day) }, { offset: 0, limit: 1_000 });
      return page.items.filter(({ createdAt }) => createdAt < shift(day, 1, 'day'));
    }
  `;
}

function publish({ one, One }: Entity): string {
  return code`
    /** Writes the summary for machines and records who asked. */
    async publish(actor: Actor, options: ${One}ReportOptions): Promise<void> {
      demand(actor, '${one}:export');
      const report = await this.build({ ...options, format: 'json' });
      await writeJson(join(this.folder, 'public', '${one}.json'), report);
      await this.audit.record(actor, 'publish', '${one}', report.name);
    }
  `;
}
