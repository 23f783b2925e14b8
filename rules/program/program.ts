import { ModuleKind, type Project } from 'typescript/unstable/sync';
import { ScriptTarget } from './ast.ts';
import type { Foresight } from './foresight.ts';
import type { History } from './history.ts';
import type { Pipeline, Ticket } from './pipeline.ts';
import { Query } from './query.ts';
import { isOwn, Source } from './source.ts';
import { type Words, wordsIn, wordsOf } from './words.ts';

/** A diagnostic of the compiler itself, with offsets. */
export interface CompilerError {
  readonly file: string | undefined;
  readonly start: number;
  readonly end: number;
  readonly code: number;
  readonly message: string;
}

/** Errors by file that a project would have if some files had other texts. */
export type Trial = (
  config: string,
  texts: ReadonlyMap<string, string>,
  files: readonly string[],
) => ReadonlyMap<string, readonly CompilerError[]>;

/** What a program is made with. */
export interface ProgramParts {
  /** The folder that the config is for: where it lies, unless it stands in for one that lies elsewhere. */
  readonly folder: string;
  /** What happened to files until this snapshot. */
  readonly history: History;
  readonly foresight: Foresight;
  readonly pipeline: Pipeline | undefined;
  readonly trial: Trial | undefined;
  /** The text of a file without its tree, if that can be had. */
  readonly bytes: (file: string) => Buffer | undefined;
  /** All sources near a file, of this project and of others, if they can be had. */
  readonly around: ((file: string) => readonly string[]) | undefined;
}

/** One project in one snapshot: its files, and questions about their types. */
export class Program {
  readonly config: string;
  /** The folder that the config is for. */
  readonly folder: string;
  readonly query: Query;
  /** Files for which facts looked into files that those do not import: what is said of them depends on all. */
  readonly farSighted = new Set<string>();
  readonly #project: Project;
  readonly #pipeline: Pipeline | undefined;
  readonly #trial: Trial | undefined;
  readonly #bytes: ProgramParts['bytes'];
  readonly #around: ProgramParts['around'];
  #outside: readonly string[] | undefined;
  /** The same for the program of this config in each snapshot of one compiler. */
  readonly history: History;
  /** How many snapshots there were before this one. */
  readonly edition: number;
  readonly #sources = new Map<string, Source | undefined>();
  readonly #coming = new Map<string, Ticket | undefined>();
  readonly #foresight: Foresight;
  #files: readonly string[] | undefined;

  constructor(project: Project, parts: ProgramParts) {
    const { history, pipeline } = parts;
    this.#project = project;
    this.#pipeline = pipeline;
    this.#trial = parts.trial;
    this.#bytes = parts.bytes;
    this.#around = parts.around;
    this.#foresight = parts.foresight;
    this.history = history;
    this.edition = history.edition;
    this.config = project.configFileName;
    this.folder = parts.folder;
    this.query = new Query(project, pipeline);
  }

  /** The project's own files: named by its config or reached from them, never dependencies or declarations. */
  files(): readonly string[] {
    this.#files ??= this.#project.program.getSourceFileNames().filter(isOwn);
    return this.#files;
  }

  /** Texts of files near one that mention a word, and that this project does not hold: tests and packages beside it. */
  *outside(
    file: string,
    word: string,
  ): Generator<{ readonly file: string; readonly text: string }> {
    const own = new Set(this.files());
    this.#outside ??= this.#around?.(file).filter((one) => !own.has(one)) ?? [];
    for (const one of this.#outside) {
      const bytes = this.#bytes(one);
      if (bytes?.includes(word)) yield { file: one, text: bytes.toString() };
    }
  }

  /** All files but those that the compiler brings along. */
  everyFile(): readonly string[] {
    return this.#project.program
      .getSourceFileNames()
      .filter((file) => !file.startsWith('bundled:'));
  }

  /** Whether any file of an installed package is part of the program. */
  holdsPackage(name: string): boolean {
    return this.#project.program
      .getSourceFileNames()
      .some((file) => file.includes(`/node_modules/${name}/`));
  }

  /** The files that the config itself names or globs, declarations left out. */
  rootFiles(): readonly string[] {
    return this.#project.rootFiles.filter(isOwn);
  }

  /** Compiler options in force, by name. */
  get options(): Readonly<Record<string, unknown>> {
    return { ...this.#project.compilerOptions };
  }

  /** Whether a module of this name may use `await` outside functions: the module kind and target allow it. */
  isAsyncModule(file: string): boolean {
    const { module, target } = this.#project.compilerOptions;
    if (target !== undefined && target < ScriptTarget.ES2017) return false;
    if (module === undefined) return true;
    if (module >= ModuleKind.Node16 && module <= ModuleKind.NodeNext) {
      const format = this.#project.program.getSourceFileMetadata(file)?.impliedNodeFormat;
      return format !== undefined && format >= ModuleKind.ES2015;
    }
    return module >= ModuleKind.ES2022;
  }

  /**
   * Whether what runs a file may take it for CommonJS although the compiler does not: its package does not say that it
   * holds modules, and what compiles TypeScript on the fly goes by that.
   */
  mayRunAsCommonJs(file: string): boolean {
    if (!/\.tsx?$/.test(file)) return false;
    const folder = this.#project.program.getSourceFileMetadata(file)?.packageJsonDirectory;
    const manifest = folder ? this.#bytes(`${folder}/package.json`)?.toString() : undefined;
    return manifest !== undefined && !/"type"\s*:\s*"module"/.test(manifest);
  }

  /** Asks for the trees of files ahead of `source`, so that the compiler writes one while another is read. */
  expectSources(files: readonly string[]): void {
    if (this.#pipeline === undefined) return;
    for (const file of files) {
      if (this.#sources.has(file) || this.#coming.has(file)) continue;
      const fetch = () => this.#project.program.getSourceFile(file);
      this.#coming.set(file, this.#pipeline.post(fetch));
    }
  }

  /** Takes in what the compiler has answered meanwhile, so that it can go on. */
  listen(): void {
    if (this.#pipeline === undefined) return;
    this.#pipeline.listen();
    this.query.listen();
  }

  /** One file's tree, or nothing when the program does not hold it. */
  source(file: string): Source | undefined {
    if (this.#sources.has(file)) return this.#sources.get(file);
    const fetch = () => this.#project.program.getSourceFile(file);
    const root = this.#pipeline ? this.#pipeline.take(this.#coming.get(file), fetch) : fetch();
    this.#coming.delete(file);
    const source = root && new Source(root, file);
    this.#sources.set(file, source);
    return source;
  }

  /** Asks ahead what was asked when a file was looked at in an earlier snapshot, if it was. */
  foresee(source: Source): void {
    this.query.foresee(this.#foresight.of(source, this));
  }

  /** Keeps in mind what was asked to look at a file, for snapshots to come. */
  keepInMind(source: Source): void {
    this.#foresight.keep(source, this);
  }

  /** The words of a file, of its tree only if that is here, or if there is no other way. */
  words(file: string): Words | undefined {
    const bytes = this.#sources.has(file) ? undefined : this.#bytes(file);
    if (bytes !== undefined && !isUtf16(bytes)) return wordsOf(bytes);
    const source = this.source(file);
    return source && wordsIn(source.root);
  }

  /** Errors in the config file: unknown, removed or ill-typed options, and files that are missing. */
  configErrors(): readonly CompilerError[] {
    return this.#project.program.getConfigFileParsingDiagnostics().map(errorOf);
  }

  /** The compiler's syntax and type errors in one file. */
  errors(file: string): readonly CompilerError[] {
    return errorsIn(this.#project, file);
  }

  /** Whether it can be told what other texts would come to: only a compiler that reads through an overlay can. */
  get canTry(): boolean {
    return this.#trial !== undefined;
  }

  /** The errors that files would have if these texts were those of their files; nothing where that cannot be told. */
  errorsWith(
    texts: ReadonlyMap<string, string>,
    files: readonly string[],
  ): ReadonlyMap<string, readonly CompilerError[]> | undefined {
    return this.#trial?.(this.config, texts, files);
  }
}

/** Whether a text begins with the mark of UTF-16, in which no word is found. */
function isUtf16([first, second]: Buffer): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

/** The compiler's syntax and type errors in one file of a project. */
export function errorsIn({ program }: Project, file: string): readonly CompilerError[] {
  const syntax = program.getSyntacticDiagnostics(file);
  return [...syntax, ...program.getSemanticDiagnostics(file)].map(errorOf);
}

type Raw = ReturnType<Project['program']['getConfigFileParsingDiagnostics']>[number];

function errorOf(raw: Raw): CompilerError {
  return { file: raw.fileName, start: raw.pos, end: raw.end, code: raw.code, message: raw.text };
}
