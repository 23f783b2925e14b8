import { code, paragraphs } from '../code.ts';
import { constructorFor } from '../dependencies.ts';
import type { Dice } from '../dice.ts';
import type { Entity, Template } from '../domain.ts';

/** Reads the entity from files. */
export function importer(entity: Entity, dice: Dice): string {
  const { one, One, many } = entity;
  const body = paragraphs([
    essentials(entity, dice),
    ...dice.some(extras, 6).map((write) => write(entity)),
  ]);
  return paragraphs([
    code`
      /** What came out of an import. */
      export interface ${One}Import {
        readonly file: string;
        readonly saved: number;
        readonly skipped: readonly { readonly line: number; readonly problems: readonly Problem[] }[];
      }
    `,
    parsing(entity),
    code`
      /** Brings ${many} in from files of one JSON value a line. */
      export class ${One}Importer {
        private readonly pace = new Histogram('${one}_import_ms');

        ${constructorFor(entity, body)}

        ${body}
      }
    `,
  ]);
}

function parsing({ one, One }: Entity): string {
  return code`
    /** Reads one line; a line that is not JSON is a problem, not an exception. */
    export function parse${One}Line(line: string): Result<New${One}, Problem[]> {
      let input: unknown;
      try {
        input = JSON.parse(line);
      } catch (error) {
        const message = error instanceof SyntaxError ? error.message : 'cannot be read';
        return fail([{ path: '', message }]);
      }
      return parseNew${One}(input);
    }

    /** Finds the columns of a ${one} in a header line. */
    export function find${One}Columns(header: string, separator = ';'): Map<keyof New${One}, number> {
      const columns = new Map<keyof New${One}, number>();
      for (const [index, name] of header.split(separator).entries()) {
        const key = name.trim();
        if (key in ${one}Input.shape) columns.set(key as keyof New${One}, index);
      }
      return columns;
    }
  `;
}

function essentials({ one, One, many }: Entity, dice: Dice): string {
  return code`
    /** Reads one file and saves what is right, in portions. */
    async importFile(actor: Actor, file: string): Promise<${One}Import> {
      demand(actor, '${one}:create');
      const skipped: { line: number; problems: readonly Problem[] }[] = [];
      const waiting: ${One}[] = [];
      let saved = 0;
      let line = 0;
      for await (const source of readLines(join(this.folder, file))) {
        line++;
        const parsed = parse${One}Line(source);
        if (!parsed.ok) skipped.push({ line, problems: parsed.failure });
        else waiting.push(create${One}(parsed.value, this.clock.now()));
        if (waiting.length >= ${50 + dice.below(10) * 25}) saved += await this.flush(waiting);
      }
      saved += await this.flush(waiting);
      await this.audit.record(actor, 'import', '${one}', file);
      return { file, saved, skipped };
    }

    private async flush(waiting: ${One}[]): Promise<number> {
      const portion = waiting.splice(0);
      await this.pace.time(async () => {
        for (const ${one} of portion) {
          await this.${many}.save(${one});
        }
      });
      return portion.length;
    }
  `;
}

const extras: readonly Template[] = [
  split,
  explain,
  importFolder,
  preview,
  archive,
  isKnown,
  importSome,
  settle,
];

function split(): string {
  return code`
    /** Splits a large file so that its parts can be imported one by one. */
    async split(file: string, size = 10_000): Promise<string[]> {
      const parts: string[] = [];
      let lines: string[] = [];
      const finish = async (): Promise<void> => {
        if (lines.length === 0) return;
        const part = \`\${basename(file, extname(file))}.\${parts.length + 1}.jsonl\`;
        await writeFile(join(this.folder, part), lines.join('\n'));
        parts.push(part);
        lines = [];
      };
      for await (const line of readLines(join(this.folder, file))) {
        lines.push(line);
        if (lines.length === size) await finish();
      }
      await finish();
      return parts;
    }
  `;
}

function explain({ One, many }: Entity): string {
  return code`
    /** Writes what was skipped next to the file, for those who have to mend it. */
    async explain({ file, skipped }: ${One}Import): Promise<void> {
      if (skipped.length === 0) return;
      const lines = skipped.flatMap(({ line, problems }) => problems.map(({ path, message }) => \`\${line}\t\${path}\t\${message}\`));
      await writeFile(join(this.folder, \`\${file}.problems.tsv\`), lines.join('\n'));
      this.logger.warn('${many} were skipped', { file, count: skipped.length });
    }
  `;
}

function importFolder({ One, many }: Entity): string {
  return code`
    /** Every file in the folder, the oldest first. */
    async importFolder(actor: Actor): Promise<${One}Import[]> {
      const results: ${One}Import[] = [];
      for await (const path of walkFiles(this.folder)) {
        if (extname(path) !== '.jsonl') continue;
        results.push(await this.importFile(actor, relative(this.folder, path)));
      }
      this.logger.info('${many} imported', { files: results.length });
      return results;
    }
  `;
}

function preview({ One }: Entity): string {
  return code`
    /** What a file would do, without doing it. */
    async preview(file: string, limit = 20): Promise<readonly New${One}[]> {
      const content = await readFile(join(this.folder, file), 'utf8');
      const lines = content.split('\n').slice(0, limit).filter((line) => line.trim() !== '');
      const parsed = lines.map(parse${One}Line);
      return compact(parsed.map((result) => (result.ok ? result.value : undefined)));
    }
  `;
}

function archive(): string {
  return code`
    /** Moves a finished file away so that it is not read twice. */
    async archive(file: string): Promise<string> {
      const target = join(this.folder, 'done', \`\${this.clock.now().getTime()}-\${basename(file)}\`);
      await mkdir(dirname(target), { recursive: true });
      await rename(join(this.folder, file), target);
      return target;
    }
  `;
}

function isKnown({ one }: Entity): string {
  return code`
    /** Whether the file was imported before, judged by its content. */
    async isKnown(file: string): Promise<boolean> {
      const digest = createHash('sha256').update(readFileSync(join(this.folder, file))).digest('hex');
      const entries = await this.audit.history('${one}', digest);
      return entries.length > 0;
    }
  `;
}

function importSome({ One }: Entity): string {
  return code`
    /** Two files at a time; a broken one is reported and skipped. */
    async importSome(actor: Actor, files: readonly string[]): Promise<{ done: ${One}Import[]; failed: string[] }> {
      const done: ${One}Import[] = [];
      const failed: string[] = [];
      await mapLimit(files, 2, async (file) => {
        const result = await attempt(this.importFile(actor, file));
        if (result.ok) done.push(result.value);
        else failed.push(\`\${file}: \${result.failure.message}\`);
      });
      return { done, failed };
    }
  `;
}

function settle(): string {
  return code`
    /** Waits until a file stops growing, as it may still be written. */
    async settle(file: string, patience = 10): Promise<number> {
      let size = -1;
      for (let round = 0; round < patience; round++) {
        const { size: current } = await stat(join(this.folder, file));
        if (current === size) return size;
        size = current;
        await this.clock.sleep(500);
      }
      throw new UnavailableFailure('The file keeps growing.', { file });
    }
  `;
}
