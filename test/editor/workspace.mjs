// The workspace that the suite opens: files by their names.
const SEND = 'declare function send(): Promise<void>;\n';
const RETURNED = `${SEND}export async function run() {
  try {
    return send();
  } catch {
    return undefined;
  }
}
`;
const TSCONFIG = {
  compilerOptions: {
    ...{ strict: true, target: 'es2022', module: 'nodenext', types: [] },
    ...{ allowImportingTsExtensions: true, noEmit: true },
  },
};

/** Texts by file name. */
export const FILES = {
  'tsconfig.json': `${JSON.stringify(TSCONFIG)}\n`,
  'squiggle.ts': `${SEND}export async function run() {\n  send();\n}\n`,
  'offered.ts': `${SEND}export async function run() {\n  send();\n}\n`,
  'keyboard.ts': `${SEND}export async function run() {\n  send();\n}\n`,
  'allowed.ts': `${SEND}export async function run() {\n  send();\n}\n`,
  'save.ts': RETURNED,
  'everywhere/one.ts': RETURNED,
  'everywhere/two.ts': RETURNED,
  'series.ts': `declare function load(url: string): Promise<string>;
export async function both(): Promise<string> {
  const first = await fetch('https://example.com/1'); // 50ms
  const second = await fetch('https://example.com/2'); // 100ms
  return \`\${first.status} \${second.status}\`;
}

export async function one(): Promise<string> {
  return await load('x');
}
`,
  'node.d.ts': `declare module 'node:fs' {
  export function readFileSync(path: string, encoding: 'utf8'): string;
}
declare module 'node:fs/promises' {
  export function readFile(path: string, encoding: 'utf8'): Promise<string>;
}
`,
  'template.ts': `import { readFileSync } from 'node:fs';
export function load(name: string): string {
  return readFileSync(name, 'utf8');
}
`,
  'page.ts': `import { load } from './template.ts';
export async function page(name: string): Promise<string> {
  return load(name);
}
`,
  'asynclint.jsonc': '{\n  // What the team agreed on\n  "preset": "recommended"\n}\n',
  'package.json': '{\n  "name": "example",\n  "private": true\n}\n',
};
