import {
  type Diagnostic,
  DiagnosticSeverity,
  type PublishDiagnosticsParams,
} from 'vscode-languageserver/node';
import type { ConfigProblem } from '#config/check.ts';
import { rangeOf, uriOf } from '../convert.ts';
import type { Texts } from '../texts.ts';

/** Shows mistakes in config files where they were made. Nobody asks for those files: they are always told. */
export class ConfigProblems {
  readonly #texts: Texts;
  readonly #publish: (params: PublishDiagnosticsParams) => Promise<void>;
  readonly #told = new Map<string, string>();

  constructor(texts: Texts, publish: (params: PublishDiagnosticsParams) => Promise<void>) {
    this.#texts = texts;
    this.#publish = publish;
  }

  /** Tells what is new. */
  async tell(configs: ReadonlyMap<string, readonly ConfigProblem[]>): Promise<void> {
    for (const [file, problems] of configs) {
      const json = JSON.stringify(problems);
      if (json === (this.#told.get(file) ?? '[]')) continue;
      this.#told.set(file, json);
      const diagnostics = await this.#diagnosticsOf(file, problems);
      await this.#publish({ uri: uriOf(file), diagnostics });
    }
  }

  async #diagnosticsOf(file: string, problems: readonly ConfigProblem[]): Promise<Diagnostic[]> {
    const document = (await this.#texts.load([file]))(file);
    if (document === undefined) return [];
    return problems.map(({ range, message }) => ({
      source: 'asynclint',
      severity: DiagnosticSeverity.Error,
      range: rangeOf(document, range),
      message,
    }));
  }
}
