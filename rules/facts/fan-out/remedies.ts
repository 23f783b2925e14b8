/**
 * What a project has at hand to run work a few at a time: libraries that a file or its neighbours import, and functions
 * of its own with the shape of a bounded map. Nothing is offered that would have to be installed first.
 */
import * as ast from '#ast';
import { type BoundedMapArgument, LIMITERS } from '#catalog/limiters.ts';
import type { Edit } from '#engine/finding.ts';
import type { Program } from '#program';
import { importBelow } from '../names/import-edits.ts';
import { isRelative, relativeSpecifier } from '../names/modules.ts';
import type { Origins } from '../names/origins.ts';
import { hasModifier, isFunction } from '../shape/syntax.ts';
import { boundedMapShape, LIMITING } from './bounded-maps.ts';

/** A function that calls another for each item, at most so many at a time, and promises the results in order. */
export interface Mapper {
  /** How it is called where it is wanted: `pMap`, `async.mapLimit`. */
  readonly name: string;
  readonly takes: readonly BoundedMapArgument[];
  /** Whether the items may be any iterable; an array when left out. */
  readonly iterable?: true;
  /** Most parameters that the work may have. */
  readonly parameters: number;
  /** Brings the name into the file, when it is not there yet. */
  readonly imports: readonly Edit[];
}

/** A mapper that one file has, and where others may import it from. */
interface Offer extends Omit<Mapper, 'imports'> {
  /** The package; nothing for functions that the file itself exports. */
  readonly module: string | undefined;
  readonly isDefault: boolean;
}

/** Finds bounded maps and limiters. */
export class Remedies {
  readonly #program: Program;
  readonly #origins: Origins;
  readonly #offers = new Map<string, readonly Offer[]>();

  constructor(program: Program, origins: Origins) {
    this.#program = program;
    this.#origins = origins;
  }

  /** A bounded map that can be called at a node: imported, declared in its file, or known to a neighbour. */
  mapperFor(node: ast.Node): Mapper | undefined {
    const file = node.getSourceFile();
    for (const statement of file.statements) {
      const found = ast.isImportDeclaration(statement)
        ? (packageMap(statement) ?? this.#ownImport(statement))
        : ownMap(statement);
      if (found && !this.#isHidden(found.name, node)) return { ...found, imports: [] };
    }
    return this.#neighbourly(node);
  }

  /** The name that the function of `p-limit` has at a node. */
  limitFactoryFor(node: ast.Node): string | undefined {
    for (const statement of node.getSourceFile().statements) {
      if (!ast.isImportDeclaration(statement) || moduleOf(statement) !== 'p-limit') continue;
      const name = statement.importClause?.name?.text;
      if (name !== undefined && !this.#isHidden(name, node)) return name;
    }
    return undefined;
  }

  #ownImport(statement: ast.ImportDeclaration): Omit<Mapper, 'imports'> | undefined {
    if (!isRelative(moduleOf(statement) ?? '')) return undefined;
    for (const { local } of boundBy(statement)) {
      const fn = LIMITING.test(local.text) ? this.#origins.declarationOf(local) : undefined;
      const shape = fn && isFunction(fn) ? boundedMapShape(fn) : undefined;
      if (shape !== undefined) return { name: local.text, ...shape };
    }
    return undefined;
  }

  #neighbourly(node: ast.Node): Mapper | undefined {
    const file = node.getSourceFile();
    this.#program.farSighted.add(file.fileName);
    for (const other of this.#program.files()) {
      if (other === file.fileName || !isNear(other, file.fileName)) continue;
      const isBeside = parentOf(other) === parentOf(file.fileName);
      for (const offer of this.#offersOf(other)) {
        // Packages belong to a part of a repository, and nobody can tell here where that ends.
        if (offer.module !== undefined && !isBeside) continue;
        if (this.#origins.lookUp(offer.name, node) !== undefined) continue;
        const from = offer.module ?? relativeSpecifier(file, other);
        const imports = from && importBelow(file, offer.name, from, offer.isDefault);
        if (imports) return { ...offer, imports: [imports] };
      }
    }
    return undefined;
  }

  #offersOf(file: string): readonly Offer[] {
    let found = this.#offers.get(file);
    if (found === undefined) {
      const statements = this.#program.source(file)?.root.statements ?? [];
      found = statements.flatMap((statement) => offered(statement) ?? []);
      this.#offers.set(file, found);
    }
    return found;
  }

  /** Whether a name of the file's top level means something else at a node. */
  #isHidden(name: string, node: ast.Node): boolean {
    const [first = name] = name.split('.');
    const there = this.#origins.lookUp(first, node);
    return there !== this.#origins.lookUp(first, node.getSourceFile());
  }
}

function offered(statement: ast.Statement): Offer | undefined {
  if (ast.isImportDeclaration(statement)) {
    const map = packageMap(statement);
    const isWhole = map?.name.includes('.') ?? true;
    if (map === undefined || isWhole) return undefined;
    const isDefault = statement.importClause?.name?.text === map.name;
    return { ...map, module: moduleOf(statement), isDefault };
  }
  if (!hasModifier(statement, ast.SyntaxKind.ExportKeyword)) return undefined;
  if (hasModifier(statement, ast.SyntaxKind.DefaultKeyword)) return undefined;
  const map = ownMap(statement);
  return map && { ...map, module: undefined, isDefault: false };
}

/** A function that the file itself declares. */
function ownMap(statement: ast.Statement): Omit<Mapper, 'imports'> | undefined {
  if (!ast.isFunctionDeclaration(statement) || statement.name === undefined) return undefined;
  const shape = LIMITING.test(statement.name.text) ? boundedMapShape(statement) : undefined;
  return shape && { name: statement.name.text, ...shape };
}

/** A bounded map of a package that an import brings in: `pMap`, `async.mapLimit`. */
function packageMap(statement: ast.ImportDeclaration): Omit<Mapper, 'imports'> | undefined {
  const module = moduleOf(statement);
  if (module === undefined || !Object.hasOwn(LIMITERS, module)) return undefined;
  for (const map of LIMITERS[module]?.maps ?? []) {
    for (const { local, imported } of boundBy(statement)) {
      if (imported === map.name) return { ...map, name: local.text, parameters: 2 };
      const isWhole = map.name !== 'default' && (imported === '*' || imported === 'default');
      if (isWhole) return { ...map, name: `${local.text}.${map.name}`, parameters: 2 };
    }
  }
  return undefined;
}

function boundBy({ importClause }: ast.ImportDeclaration): readonly {
  readonly local: ast.Identifier;
  readonly imported: string;
}[] {
  if (importClause === undefined || isTypeOnly(importClause)) return [];
  const { name, namedBindings } = importClause;
  const whole = name === undefined ? [] : [{ local: name, imported: 'default' }];
  if (namedBindings === undefined) return whole;
  if (ast.isNamespaceImport(namedBindings)) {
    return [...whole, { local: namedBindings.name, imported: '*' }];
  }
  const named = namedBindings.elements.map((one) => {
    return { local: one.name, imported: (one.propertyName ?? one.name).text };
  });
  return [...whole, ...named];
}

function isTypeOnly(clause: ast.ImportClause): boolean {
  return clause.getText().startsWith('type ');
}

function moduleOf({ moduleSpecifier }: ast.ImportDeclaration): string | undefined {
  return ast.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : undefined;
}

/** In the same folder, in one that holds it, or in a folder beside one of those. */
function isNear(other: string, file: string): boolean {
  return file.startsWith(parentOf(parentOf(other).slice(0, -1)));
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
