/**
 * Functions that compute for as long as their input is large, on the thread that calls them. Most have no async form that
 * helps: what helps is another thread. What the catalogue of blocking APIs knows is not repeated here.
 */

/** One function that computes. */
export interface ComputingApi {
  /** A package, `csv-parse/sync` included, or `global`. */
  readonly module: string;
  /** As in the catalogue of blocking APIs. */
  readonly name: string;
  /** What it does meanwhile, so that `… <does> while nothing else runs.` is a sentence. */
  readonly does: string;
}

/** Modules and names separated by blanks, and what the functions do. */
const GROUPS: readonly (readonly [modules: string, names: string, does: string])[] = [
  // Big documents
  ['xlsx', 'read utils.sheet_to_json utils.sheet_to_csv', 'reads a whole workbook'],
  ['xlsx', 'write writeXLSX utils.json_to_sheet', 'writes a whole workbook'],
  ['csv-parse/sync', 'parse', 'parses all of its input'],
  ['csv-stringify/sync', 'stringify', 'converts all of its input'],
  ['papaparse', 'parse', 'parses all of its input'],
  ['papaparse', 'unparse', 'converts all of its input'],
  ['fast-xml-parser', 'XMLParser().parse XMLParser.parse', 'parses all of its input'],
  ['cheerio', 'load', 'parses a whole document'],
  ['jsdom', 'JSDOM', 'builds a whole document'],
  ['node-html-parser', 'parse', 'parses a whole document'],
  ['marked', 'parse marked marked.parse', 'renders a whole document'],
  ['markdown-it', 'default().render MarkdownIt.render', 'renders a whole document'],
  ['highlight.js', 'highlight highlightAuto', 'goes through all of the code'],
  ['prismjs', 'highlight', 'goes through all of the code'],
  [
    'diff',
    'diffChars diffWords diffLines diffJson createPatch createTwoFilesPatch structuredPatch',
    'compares all of its input',
  ],

  // Compression
  ['pako', 'deflate deflateRaw gzip inflate inflateRaw ungzip', 'converts all of its input'],
  [
    'lz-string',
    'compress compressToBase64 compressToEncodedURIComponent compressToUTF16 compressToUint8Array decompress ' +
      'decompressFromBase64 decompressFromEncodedURIComponent decompressFromUTF16 decompressFromUint8Array',
    'converts all of its input',
  ],

  // Images
  ['pngjs', 'PNG.sync.read PNG.sync.write', 'converts a whole image'],
  ['jpeg-js', 'decode encode', 'converts a whole image'],
  ['canvas', 'createCanvas().toDataURL Canvas.toDataURL', 'converts a whole image'],
  ['global', 'HTMLCanvasElement.toDataURL', 'converts a whole image'],
  ['svgo', 'optimize', 'works through a whole image'],

  // Hashes that are slow on purpose
  ['crypto-js', 'PBKDF2 EvpKDF', 'computes a slow hash'],
  ['@noble/hashes/scrypt.js @noble/hashes/scrypt', 'scrypt', 'computes a slow hash'],
  ['@noble/hashes/pbkdf2.js @noble/hashes/pbkdf2', 'pbkdf2', 'computes a slow hash'],
  [
    '@noble/hashes/argon2.js @noble/hashes/argon2',
    'argon2d argon2i argon2id',
    'computes a slow hash',
  ],
  ['scrypt-js', 'syncScrypt', 'computes a slow hash'],

  // Compilers
  ['lightningcss', 'transform', 'compiles all of its input'],
  ['@babel/parser', 'parse', 'parses all of its input'],
  ['uglify-js html-minifier', 'minify', 'works through all of its input'],
  ['typescript', 'createProgram transpileModule', 'compiles all of its input'],
];

/** Every function that is known to compute, one by one. */
export const COMPUTING: readonly ComputingApi[] = GROUPS.flatMap(([modules, names, does]) =>
  modules.split(' ').flatMap((module) => names.split(' ').map((name) => ({ module, name, does }))),
);

/** What the last part of such a function's name may be. */
export const COMPUTING_NAMES: ReadonlySet<string> = new Set(
  COMPUTING.map(({ name }) => name.slice(name.lastIndexOf('.') + 1)),
);

const BY_KEY = new Map(COMPUTING.map((api) => [`${api.module}#${api.name}`, api]));

/** The computing function of this module and name. */
export function findComputing(module: string, name: string): ComputingApi | undefined {
  return BY_KEY.get(`${module}#${name}`);
}
