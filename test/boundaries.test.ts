import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Who may import whom. A layer is a folder; the first that matches a file counts. */
const ROOT = fileURLToPath(new URL('..', import.meta.url));

interface Layer {
  readonly name: string;
  readonly files: RegExp;
  /** What its files may import beside each other: folders, `node:`, packages. */
  readonly may: RegExp;
}

const LAYERS: readonly Layer[] = [
  { name: 'program', files: /^rules\/program\//, may: /^(node:|typescript\/unstable\/)/ },
  { name: 'catalog', files: /^rules\/catalog\//, may: /^$/ },
  {
    name: 'facts',
    files: /^rules\/facts\//,
    may: /^rules\/(program|catalog)\/|^rules\/engine\/(edit|finding|settings)\.ts$/,
  },
  { name: 'engine', files: /^rules\/engine\//, may: /^rules\/(program|facts)\// },
  { name: 'registry', files: /^rules\/index\.ts$/, may: /^rules\// },
  { name: 'rules', files: /^rules\/[^/]+\.ts$/, may: /^rules\/(engine|facts|program\/ast)/ },
  {
    name: 'formats',
    files: /^server\/formats\//,
    may: /^((picocolors|fast-xml-builder|sarif)$|rules\/(engine|facts)\/|server\/workspace\/report)/,
  },
  {
    name: 'config',
    files: /^server\/config\//,
    may: /^(node:|rules\/|server\/workspace\/|[a-z@])/,
  },
  {
    name: 'workspace',
    files: /^server\/workspace\//,
    may: /^(node:|rules\/|server\/config\/|[a-z@])/,
  },
  {
    name: 'adoption',
    files: /^server\/adoption\//,
    may: /^(node:|rules\/|server\/(config|workspace)\/|[a-z@])/,
  },
  {
    name: 'lsp',
    files: /^server\/(lsp\/|main\.ts|protocol\.ts)/,
    may: /^(node:|rules\/|server\/(workspace|config|formats|protocol|lsp)|vscode-languageserver|[a-z@])/,
  },
  {
    name: 'cli',
    files: /^server\/(cli\/|cli\.ts)/,
    may: /^(node:|rules\/|server\/(workspace|config|adoption|formats|cli|main)|[a-z@])/,
  },
  {
    name: 'client',
    files: /^client\//,
    may: /^(node:|vscode$|vscode-languageclient|server\/protocol\.ts)/,
  },
];

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typesOnly: boolean;
  readonly isLate: boolean;
}

const ALIASES = new Map<string, string>(
  Object.entries(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).imports).map(
    ([name, target]) => [name, String(target).replace(/^\.\//, '')],
  ),
);

const IMPORT =
  /^\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm;

describe('boundaries', () => {
  const imports = ['client', 'server', 'rules'].flatMap(filesBelow).flatMap(importsOf);

  for (const layer of LAYERS) {
    it(`${layer.name} imports only what its layer may`, () => {
      const wrong = imports.filter(
        ({ from, to }) =>
          layerOf(from) === layer &&
          layerOf(to) !== layer &&
          !layer.may.test(to) &&
          !isFacade(to, layer),
      );
      assert.deepEqual(wrong.map(show), [], `${layer.name} may import ${layer.may}`);
    });
  }

  it('every file belongs to a layer', () => {
    const strays = ['client', 'server', 'rules']
      .flatMap(filesBelow)
      .filter((file) => !layerOf(file));
    assert.deepEqual(strays, []);
  });

  it('only rules/program speaks to the compiler', () => {
    const wrong = imports.filter(
      ({ from, to }) => /^typescript/.test(to) && !from.startsWith('rules/program/'),
    );
    assert.deepEqual(wrong.map(show), []);
  });

  it('only client speaks to the editor', () => {
    const wrong = imports.filter(({ from, to }) => to === 'vscode' && !from.startsWith('client/'));
    assert.deepEqual(wrong.map(show), []);
  });

  it('lsp and cli never import each other', () => {
    const wrong = imports.filter(
      ({ from, to }) =>
        (from.startsWith('server/lsp/') && to.startsWith('server/cli')) ||
        (from.startsWith('server/cli') && to.startsWith('server/lsp/')),
    );
    assert.deepEqual(wrong.map(show), []);
  });

  it('rules never import each other', () => {
    const isRule = (file: string) => /^rules\/[^/]+\.ts$/.test(file) && file !== 'rules/index.ts';
    const wrong = imports.filter(({ from, to }) => isRule(from) && isRule(to));
    assert.deepEqual(wrong.map(show), [], 'what two rules want is a fact');
  });

  it('nobody climbs two folders up', () => {
    const wrong = ['client', 'server', 'rules']
      .flatMap(filesBelow)
      .filter((file) => /from '\.\.\/\.\.\//.test(readFileSync(join(ROOT, file), 'utf8')));
    assert.deepEqual(wrong, [], 'package.json#imports names the layers');
  });

  it('only the entry of the command line ends the process', () => {
    const wrong = ['client', 'server', 'rules']
      .flatMap(filesBelow)
      .filter((file) => file !== 'server/cli.ts')
      .filter((file) => /process\.exit\(/.test(readFileSync(join(ROOT, file), 'utf8')));
    assert.deepEqual(wrong, []);
  });

  it('formats and drawing are loaded when somebody asks for them', () => {
    // What a plain run loads, step by step.
    const early = new Set(['server/cli.ts', 'server/cli/start.ts', 'server/cli/run.ts']);
    for (const file of early) {
      for (const { from, to, typesOnly } of imports) if (from === file && !typesOnly) early.add(to);
    }
    const late = imports.filter(
      ({ from, isLate }) => isLate && from === 'server/cli/output/formats.ts',
    );
    const libraries = ['atomically', 'cli-progress', 'fast-xml-builder', 'supports-hyperlinks'];
    assert.ok(late.length > 5);
    const wanted = [...late.map(({ to }) => to), ...libraries];
    assert.deepEqual(
      wanted.filter((to) => early.has(to)),
      [],
      'a plain run starts no slower for them',
    );
  });

  it('a run that finds everything as it was loads neither rules nor compiler', () => {
    const loaded = new Set(['server/cli.ts', 'server/cli/start.ts']);
    for (const file of loaded) {
      for (const { from, to, typesOnly } of imports)
        if (from === file && !typesOnly) loaded.add(to);
    }
    const heavy = [...loaded].filter((file) =>
      /^(rules\/(?!program\/executable)|typescript)/.test(file),
    );
    assert.deepEqual(heavy, []);
  });

  it('no module waits for itself', () => {
    const graph = new Map<string, string[]>();
    const ofBench = filesBelow('bench').flatMap(importsOf);
    for (const { from, to, typesOnly } of [...imports, ...ofBench]) {
      if (!typesOnly) graph.set(from, [...(graph.get(from) ?? []), to]);
    }
    assert.deepEqual(findCycle(graph), undefined);
  });
});

/** `#engine` and the like name a layer's index: allowed wherever the layer is. */
function isFacade(to: string, layer: Layer): boolean {
  const folder = `${dirname(to)}/`;
  return to.endsWith('/index.ts') && layer.may.test(folder);
}

function layerOf(file: string): Layer | undefined {
  return LAYERS.find(({ files }) => files.test(file));
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
}

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(IMPORT)].map((match) => ({
    from: file,
    to: targetOf(file, match[2] ?? match[3] ?? ''),
    typesOnly: match[1] !== undefined || match[3] !== undefined,
    isLate: match[3] !== undefined,
  }));
}

function targetOf(file: string, specifier: string): string {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(file), specifier);
  if (builtinModules.includes(specifier)) return `node:${specifier}`;
  const [layer = '', ...path] = specifier.split('/');
  const pattern = path.length > 0 ? ALIASES.get(`${layer}/*`) : undefined;
  return ALIASES.get(specifier) ?? pattern?.replace('*', path.join('/')) ?? specifier;
}

function show({ from, to }: Import): string {
  return `${from} → ${to}`;
}

function findCycle(graph: ReadonlyMap<string, readonly string[]>): string | undefined {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): string | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file].join(' → ');
    if (done.has(file)) return undefined;
    for (const next of graph.get(file) ?? []) {
      const cycle = visit(next, [...path, file]);
      if (cycle !== undefined) return cycle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const cycle = visit(file, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}
