/** Rewrites of awaits in series that keep the types of what is waited for. */
import * as ast from '#ast';
import type { Edit } from '#engine/finding.ts';
import type { Program } from '#program';
import { leafAt, mentions } from '../names/occurrences.ts';
import type { Scopes } from '../names/scopes.ts';
import type { Promises } from '../promises/promises.ts';
import { collect, contains } from '../shape/syntax.ts';
import { keepsType } from './choice-types.ts';
import { isTypedByUse } from './context-types.ts';
import { gatherEdits } from './gather-edits.ts';
import { settledEdits } from './settled-edits.ts';
import { valueEdits } from './value-edits.ts';
import type { Series } from './waves.ts';

/** Rewrites series, where the compiler has nothing against it. */
export class SeriesFixes {
  readonly #program: Program;
  readonly #promises: Promises;
  readonly #scopes: Scopes;

  constructor(program: Program, promises: Promises, scopes: Scopes) {
    this.#program = program;
    this.#promises = promises;
    this.#scopes = scopes;
  }

  /** With `Promise.all`: not where something is changed, and a failure beside it would be told too early. */
  gathered(series: Series): readonly Edit[] | undefined {
    if (!this.#keepsTypes(series)) return undefined;
    if (isValue(series)) {
      return valueEdits(series, (name, at) => this.#scopes.lookup(name, at) === undefined);
    }
    return gatherEdits(series, {
      isConstant: ({ name }) => {
        const binding = ast.isIdentifier(name) ? this.#scopes.of(name) : undefined;
        return binding !== undefined && this.#scopes.isConstant(binding);
      },
      areRedundant: (declarations) => {
        const types = declarations.flatMap(({ type }) => type ?? []);
        return declarations.every((one) => this.#saysNothing(one)) && !areLastUses(types);
      },
    });
  }

  /** Whether the type that is written to a variable is what its value has anyway. */
  #saysNothing({ name, initializer }: ast.VariableDeclaration): boolean {
    const { query } = this.#program;
    const type = query.typeAt(name);
    const given = initializer && query.typeAt(initializer);
    return type !== undefined && type.id === given?.id;
  }

  /** With `Promise.allSettled`, which libraries before that of ES2020 do not have. */
  settled(series: Series): readonly Edit[] | undefined {
    if (isValue(series)) return undefined;
    const isThere = this.#program.query.global('PromiseSettledResult') !== undefined;
    return isThere && this.#keepsTypes(series) ? settledEdits(series) : undefined;
  }

  #keepsTypes({ awaits }: Series): boolean {
    return awaits.every((one) => {
      const { others } = one.choice;
      return (
        others.every((other) => keepsType(other, this.#program, this.#promises)) &&
        !isTypedByUse(one, this.#program)
      );
    });
  }
}

/** Whether the awaits of a series are parts of one value. */
function isValue({ awaits }: Series): boolean {
  return awaits.some(({ target }) => target.kind === 'part');
}

/** Whether something would have no use any more without some types: compilers can be told to mind that. */
function areLastUses(types: readonly ast.TypeNode[]): boolean {
  const [file] = types.map((one) => one.getSourceFile());
  const names = new Set(
    types.flatMap((type) => collect(type, ast.isIdentifier)).map(({ text }) => text),
  );
  return [...names].some((name) => {
    const uses = file === undefined ? [] : placesOf(name, file);
    return uses.filter((use) => !types.some((type) => contains(type, use))).length === 1;
  });
}

/** Every place in a file where a name stands, of a value or of a type. */
function placesOf(name: string, file: ast.SourceFile): readonly ast.Node[] {
  return [...mentions(name, file.text, 0, file.text.length)].flatMap((offset) => {
    const node = leafAt(file, offset);
    return ast.isIdentifier(node) && node.getStart() === offset ? node : [];
  });
}
