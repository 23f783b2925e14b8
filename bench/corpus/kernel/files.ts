import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { InvalidFailure } from './failures.ts';
import type { Schema } from './schema.ts';

/** Reads and checks a JSON file. */
export async function readJson<Output>(path: string, schema: Schema<Output>): Promise<Output> {
  const input: unknown = JSON.parse(await readFile(path, 'utf8'));
  const result = schema.parse(input);
  if (result.ok) return result.value;
  const [first] = result.failure;
  throw new InvalidFailure(`${path}: ${first?.path ?? ''} ${first?.message ?? 'is invalid'}`);
}

/** Writes a JSON file so that readers never see half of it. */
export async function writeJson(path: string, value: unknown): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.draft`;
  await writeFile(draft, JSON.stringify(value, undefined, 2));
  await rename(draft, path);
}

/** The lines of a file, without their ends. */
export async function* readLines(path: string): AsyncGenerator<string, void, undefined> {
  const lines = createInterface({
    input: createReadStream(path, 'utf8'),
    crlfDelay: Number.POSITIVE_INFINITY,
  });
  for await (const line of lines) yield line;
}

/** Every file below a folder. */
export async function* walkFiles(folder: string): AsyncGenerator<string, void, undefined> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walkFiles(path);
    else if (entry.isFile()) yield path;
  }
}
