import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const LICENCE = /^(licen[cs]e|copying)/i;
/** What licences ask to be passed on with them. */
const NOTICE = /^(notice|third-?party-?notices)/i;
const RULE = '='.repeat(80);

/** The licences of all packages of which bundles hold code, told by esbuild's account of them. */
export async function thirdPartyNotices(metafiles) {
  const packages = await Promise.all(foldersIn(metafiles).map(packageIn));
  const sections = new Map(packages.map((one) => [one.name, one.section]));
  const names = [...sections.keys()].sort();
  return [
    'asynclint holds code of the packages below, under the licences that follow their names.\n',
    ...names.map((name) => `${RULE}\n${sections.get(name)}`),
  ].join('\n');
}

function foldersIn(metafiles) {
  const bundles = metafiles.flatMap(({ outputs }) => Object.values(outputs));
  const files = bundles.flatMap(({ inputs }) => Object.keys(inputs));
  const folders = files.flatMap(
    (file) => /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? [],
  );
  return [...new Set(folders)];
}

async function packageIn(folder) {
  const { name, version, license } = JSON.parse(
    await readFile(join(folder, 'package.json'), 'utf8'),
  );
  const files = (await readdir(folder)).sort();
  const licences = files.filter((file) => LICENCE.test(file));
  if (licences.length === 0) throw new Error(`${name} ${version} comes without a licence.`);
  const notices = files.filter((file) => NOTICE.test(file));
  const texts = await Promise.all(
    [...licences, ...notices].map((file) => textOf(join(folder, file))),
  );
  return {
    name: `${name} ${version}`,
    section: [`${name} ${version} (${license})\n`, ...texts].join('\n'),
  };
}

async function textOf(file) {
  const text = await readFile(file, 'utf8');
  return `${text.replaceAll('\r\n', '\n').trim()}\n`;
}
