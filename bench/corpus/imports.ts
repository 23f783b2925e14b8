import { posix } from 'node:path';
import { code } from './code.ts';

/** What a name is exported by, and whether it exists only as a type. */
interface Export {
  readonly module: string;
  readonly isType: boolean;
}

interface Import extends Export {
  readonly name: string;
}

const nodeExports: Readonly<Record<string, string>> = {
  'node:crypto': 'createHash',
  'node:fs': 'readFileSync statSync',
  'node:fs/promises': 'appendFile mkdir readFile readdir rename rm stat writeFile',
  'node:path': 'basename dirname extname join relative',
  'node:zlib': 'gzipSync',
};

/** Knows every exported name and writes the import lines that a file needs. */
export class ImportTable {
  readonly #exports = new Map<string, Export>();

  constructor() {
    for (const [module, names] of Object.entries(nodeExports)) {
      for (const name of names.split(' ')) this.#exports.set(name, { module, isType: false });
    }
  }

  /** Remembers what the file at this path exports. */
  learn(path: string, source: string): void {
    const pattern =
      /^export (?:declare |abstract |async )*(class|const|function\*?|interface|type) (\w+)/gm;
    for (const [, keyword = '', name = ''] of source.matchAll(pattern)) {
      this.#exports.set(name, {
        module: path,
        isType: keyword === 'interface' || keyword === 'type',
      });
    }
  }

  /** The file with its imports on top. */
  complete(path: string, body: string): string {
    const wanted = byModule(this.#needed(path, body));
    const lines = [...wanted].map(([module, names]) => importLine(specifier(path, module), names));
    return lines.length === 0 ? `${body}\n` : `${lines.sort().join('\n')}\n\n${body}\n`;
  }

  #needed(path: string, body: string): Import[] {
    const plain = body.replaceAll(/\/\*\*.*?\*\/|'(?:[^'\\\n]|\\.)*'/gs, '');
    // A name after a dot, before a colon, or heading a method is a member's name, not a reference.
    const names = new Set(
      plain.match(/(?<!(?<!\.\.)\.|\w|async |private )[A-Za-z]\w*(?!\??:|\w)/g),
    );
    return [...names].flatMap((name) => {
      const found = this.#exports.get(name);
      return found && found.module !== path ? [{ ...found, name }] : [];
    });
  }
}

function byModule(imports: readonly Import[]): Map<string, Import[]> {
  const modules = new Map<string, Import[]>();
  for (const entry of imports) {
    modules.set(entry.module, [...(modules.get(entry.module) ?? []), entry]);
  }
  return modules;
}

function specifier(from: string, module: string): string {
  if (module.startsWith('node:')) return module;
  const path = posix.relative(posix.dirname(from), module);
  return path.startsWith('.') ? path : `./${path}`;
}

function importLine(module: string, names: readonly Import[]): string {
  const allTypes = names.every(({ isType }) => isType);
  const listed = names
    .map(({ name, isType }) => (isType && !allTypes ? `type ${name}` : name))
    .sort();
  const keyword = allTypes ? 'import type' : 'import';
  const line = `${keyword} { ${listed.join(', ')} } from '${module}';`;
  if (line.length <= 100) return line;
  return code`
    ${keyword} {
      ${listed.map((name) => `${name},`)}
    } from '${module}';
  `;
}
