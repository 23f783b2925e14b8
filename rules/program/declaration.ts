import type { Project, Signature } from 'typescript/unstable/sync';
import type { Node, SourceFile } from './ast.ts';
import type { Batch } from './batch.ts';

/** A declaration that a symbol or signature has, wherever it stands. */
export interface Declaration {
  /** Lower-cased where the file system ignores case. */
  readonly path: string;
  readonly kind: number;
  /** Fetches the file if needed and finds the node; costly for files outside the project. */
  node(): Node | undefined;
}

/** A declaration by the client's handle of it. */
export function declarationAt(
  handle: NonNullable<Signature['declaration']>,
  project: Project,
  trees: Batch<string, SourceFile>,
): Declaration {
  const { path, kind } = handle;
  const node = () => (trees.get(path) === undefined ? undefined : handle.resolve(project));
  return { path, kind, node };
}
