import type { Finding } from '#engine';
import type { Program } from '#program';
import { findingOf } from '../kept-finding.ts';
import type { KeptProgram, KeptReport } from './entry.ts';
import { dependentsOf, type ImportGraph, importsIn } from './import-graph.ts';
import { proofOf } from './marks.ts';

/** What an earlier run found, and which files are other than they were then. */
export interface Past {
  readonly report: KeptReport;
  readonly programs: readonly KeptProgram[];
  readonly changed: ReadonlySet<string>;
}

/**
 * What a run may take over from an earlier one, and what it leaves to a later one. A file's findings hold as long as it is
 * the same, and so is every file that it imports, however far, and every file that is seen without being imported. Whatever
 * cannot be shown to be the same is linted.
 */
export class Memory {
  readonly #past: Past | undefined;
  readonly #kept = new Map<string, KeptProgram>();
  readonly #files = new Set<string>();
  /** By program: files whose findings are taken over. */
  readonly #standing = new Map<string, ReadonlySet<string>>();

  constructor(past?: Past) {
    this.#past = past;
  }

  /** The programs of this run. */
  get programs(): readonly KeptProgram[] {
    return [...this.#kept.values()];
  }

  /** Every file of every program of this run. */
  get files(): readonly string[] {
    return [...this.#files];
  }

  /** Findings of those files of a program that need not be linted again. */
  recall(program: Program): ReadonlyMap<string, readonly Finding[]> {
    const before = this.#before(program);
    const still = before && this.#unaffected(program, before);
    if (still === undefined) return new Map();
    this.#standing.set(program.config, still);
    const found = new Map([...still].map((file): [string, Finding[]] => [file, []]));
    for (const kept of this.#past?.report.findings ?? [])
      found.get(kept.file)?.push(findingOf(kept));
    return found;
  }

  /** Whether a file's findings were taken over: the disk has its text, and no tree need be fetched for that. */
  stands(file: string): boolean {
    return [...this.#standing.values()].some((files) => files.has(file));
  }

  /** Keeps what a later run will want to know of a program. */
  keep(program: Program, linted: readonly string[]): void {
    const own = program.files();
    for (const file of program.everyFile()) this.#files.add(file);
    const { imports, global } = this.#graphOf(program);
    const places = new Map(own.map((file, place) => [file, place]));
    const numbers = (files: Iterable<string>) =>
      [...new Set(files)].flatMap((file) => places.get(file) ?? []);
    this.#kept.set(program.config, {
      config: program.config,
      own,
      foreign: foreignOf(program),
      imports: own.map((file) => numbers(imports.get(file) ?? [])),
      global: numbers(global),
      farSighted: numbers([...program.farSighted, ...this.#stillFarSighted(program)]),
      linted: numbers(linted),
    });
  }

  /** The same program in the earlier run, if nothing but its own files may differ. */
  #before(program: Program): KeptProgram | undefined {
    const before = this.#past?.programs.find(({ config }) => config === program.config);
    return before?.foreign === foreignOf(program) ? before : undefined;
  }

  /** Files whose findings still hold. */
  #unaffected(program: Program, before: KeptProgram): ReadonlySet<string> | undefined {
    const { changed } = this.#past ?? { changed: new Set<string>() };
    const own = new Set(program.files());
    const earlier = new Set(before.own);
    const fresh = [...own].filter((file) => changed.has(file) || !earlier.has(file));
    const gone = before.own.filter((file) => !own.has(file));
    const global = new Set(filesAt(before.global, before));
    const now = importsIn(program, fresh);
    if (now.global.size > 0 || [...fresh, ...gone].some((file) => global.has(file)))
      return undefined;
    const affected = new Set(dependentsOf([...fresh, ...gone], graphOf(before)));
    if (fresh.length + gone.length > 0) {
      for (const file of filesAt(before.farSighted, before)) affected.add(file);
    }
    return new Set(filesAt(before.linted, before).filter((file) => !affected.has(file)));
  }

  #stillFarSighted(program: Program): readonly string[] {
    const before = this.#before(program);
    const standing = this.#standing.get(program.config);
    if (before === undefined || standing === undefined) return [];
    return filesAt(before.farSighted, before).filter((file) => standing.has(file));
  }

  /** What imports what: taken over for the files that are as they were. */
  #graphOf(program: Program): ImportGraph {
    const before = this.#before(program);
    if (before === undefined) return importsIn(program, program.files());
    const { changed } = this.#past ?? { changed: new Set<string>() };
    const known = graphOf(before);
    const now = importsIn(
      program,
      program.files().filter((file) => changed.has(file) || !known.has(file)),
    );
    const global = filesAt(before.global, before);
    return {
      imports: new Map([...known, ...now.imports]),
      global: new Set([...global.filter((file) => !changed.has(file)), ...now.global]),
    };
  }
}

function graphOf({ own, imports }: KeptProgram): ReadonlyMap<string, readonly string[]> {
  return new Map(
    own.map((file, place) => [file, (imports[place] ?? []).flatMap((target) => own[target] ?? [])]),
  );
}

function foreignOf(program: Program): string {
  const own = new Set(program.files());
  return proofOf(
    program
      .everyFile()
      .filter((file) => !own.has(file))
      .join('\n'),
  );
}

function filesAt(places: readonly number[], { own }: KeptProgram): readonly string[] {
  return places.flatMap((place) => own[place] ?? []);
}
