/** npm packages that read, write and look for files. */
import { DISK, type Group } from './api.ts';

/** Reading and writing. */
const ACCESS: readonly Group[] = [
  {
    modules: 'fs-extra',
    names:
      'accessSync appendFileSync chmodSync chownSync copyFileSync copySync cpSync createFileSync createLinkSync ' +
      'createSymlinkSync emptyDirSync emptydirSync ensureDirSync ensureFileSync ensureLinkSync ensureSymlinkSync ' +
      'lchownSync linkSync lutimesSync mkdirSync mkdirpSync mkdirsSync mkdtempSync moveSync opendirSync ' +
      'outputFileSync outputJSONSync outputJsonSync readFileSync readJSONSync readJsonSync readdirSync readlinkSync ' +
      'realpathSync removeSync renameSync rmSync rmdirSync statfsSync symlinkSync truncateSync unlinkSync ' +
      'utimesSync writeFileSync writeJSONSync writeJsonSync',
    until: DISK,
    twin: 'sibling',
  },
  {
    modules: 'fs-extra',
    names: 'statSync lstatSync',
    until: DISK,
    twin: 'sibling',
    lacks: ['throwIfNoEntry'],
  },
  {
    modules: 'fs-extra',
    names: 'existsSync>pathExists pathExistsSync',
    until: DISK,
    weight: 'light',
    twin: 'sibling',
  },
  {
    modules: 'fs-extra',
    names:
      'openSync closeSync fchmodSync fchownSync fdatasyncSync fstatSync fsyncSync ftruncateSync futimesSync readSync ' +
      'readvSync writeSync writevSync',
    until: DISK,
  },
  {
    modules: 'fs-jetpack',
    names:
      'append>appendAsync copy>copyAsync dir>dirAsync file>fileAsync find>findAsync inspect>inspectAsync ' +
      'inspectTree>inspectTreeAsync list>listAsync move>moveAsync read>readAsync remove>removeAsync ' +
      'rename>renameAsync symlink>symlinkAsync tmpDir>tmpDirAsync write>writeAsync',
    until: DISK,
    twin: 'sibling',
  },
  {
    modules: 'fs-jetpack',
    names:
      'FSJetpack.append>appendAsync FSJetpack.copy>copyAsync FSJetpack.find>findAsync FSJetpack.list>listAsync ' +
      'FSJetpack.move>moveAsync FSJetpack.read>readAsync FSJetpack.remove>removeAsync FSJetpack.write>writeAsync',
    until: DISK,
    twin: 'sibling',
  },
  {
    modules: 'fs-jetpack',
    names: 'exists>existsAsync FSJetpack.exists>existsAsync',
    until: DISK,
    weight: 'light',
    twin: 'sibling',
  },
  { modules: 'read-pkg', names: 'readPackageSync sync>', until: DISK, twin: 'sibling' },
  { modules: 'read-pkg-up', names: 'readPackageUpSync sync>', until: DISK, twin: 'sibling' },
  { modules: 'read-package-up', names: 'readPackageUpSync', until: DISK, twin: 'sibling' },
  { modules: 'load-json-file', names: 'loadJsonFileSync sync>', until: DISK, twin: 'sibling' },
  { modules: 'write-json-file', names: 'writeJsonFileSync sync>', until: DISK, twin: 'sibling' },
  { modules: 'jsonfile', names: 'readFileSync writeFileSync', until: DISK, twin: 'sibling' },
  { modules: 'write-file-atomic', names: 'sync>', until: DISK, twin: 'sibling' },
  {
    modules: 'rimraf',
    names:
      'rimrafSync sync> nativeSync manualSync windowsSync posixSync moveRemoveSync rimraf.sync>',
    until: DISK,
    twin: 'sibling',
  },
  {
    modules: 'mkdirp',
    names: 'mkdirpSync sync> nativeSync manualSync mkdirpNativeSync mkdirpManualSync mkdirp.sync>',
    until: DISK,
    twin: 'sibling',
  },
  { modules: 'make-dir', names: 'makeDirectorySync sync>', until: DISK, twin: 'sibling' },
  { modules: 'del', names: 'deleteSync>deleteAsync sync>', until: DISK, twin: 'sibling' },
  { modules: 'tempy', names: 'temporaryWriteSync writeSync>write', until: DISK, twin: 'sibling' },
  { modules: 'tmp', names: 'fileSync dirSync tmpNameSync', until: DISK },
  {
    modules: 'proper-lockfile',
    names: 'lockSync unlockSync checkSync',
    until: DISK,
    twin: 'sibling',
  },
  { modules: 'lockfile', names: 'lockSync unlockSync checkSync', until: DISK },
  { modules: 'hasha', names: 'hashFileSync fromFileSync>fromFile', until: DISK, twin: 'sibling' },
  { modules: 'md5-file', names: 'sync>', until: DISK, twin: 'sibling' },
  { modules: 'read-chunk', names: 'readChunkSync sync>', until: DISK, twin: 'sibling' },
];

/** Looking for files. */
const SEARCH: readonly Group[] = [
  {
    modules: 'glob',
    names: 'globSync sync>glob glob.sync> Glob.walkSync Glob().walkSync',
    until: DISK,
    twin: 'sibling',
  },
  {
    modules: 'glob',
    names: 'globIterateSync iterateSync globStreamSync streamSync',
    until: DISK,
  },
  { modules: 'fast-glob', names: 'sync> globSync>glob', until: DISK, twin: 'sibling' },
  {
    modules: 'globby',
    names: 'globbySync sync> isGitIgnoredSync isIgnoredByIgnoreFilesSync generateGlobTasksSync',
    until: DISK,
    twin: 'sibling',
  },
  { modules: 'tinyglobby', names: 'globSync>glob', until: DISK, twin: 'sibling' },
  { modules: 'walk-sync klaw-sync directory-tree', names: 'default', until: DISK },
  { modules: 'which', names: 'sync>', until: DISK, twin: 'sibling' },
  { modules: 'resolve', names: 'sync', until: DISK },
  {
    modules: 'find-up',
    names: 'findUpSync findUpMultipleSync findDownSync sync>',
    until: DISK,
    twin: 'sibling',
  },
  { modules: 'locate-path', names: 'locatePathSync sync>', until: DISK, twin: 'sibling' },
  {
    modules: 'path-exists',
    names: 'pathExistsSync sync>',
    until: DISK,
    weight: 'light',
    twin: 'sibling',
  },
  { modules: 'pkg-dir', names: 'packageDirectorySync sync>', until: DISK, twin: 'sibling' },
  {
    modules: 'pkg-up',
    names: 'pkgUpSync sync>',
    until: DISK,
    twin: 'sibling',
  },
  { modules: 'package-up', names: 'packageUpSync', until: DISK, twin: 'sibling' },
  {
    modules: 'cosmiconfig',
    names:
      'cosmiconfigSync().search>cosmiconfig cosmiconfigSync().load>cosmiconfig PublicExplorerSync.search>cosmiconfig ' +
      'PublicExplorerSync.load>cosmiconfig',
    until: DISK,
    twin: 'factory',
  },
  {
    modules: 'lilconfig',
    names: 'lilconfigSync().search>lilconfig lilconfigSync().load>lilconfig',
    until: DISK,
    twin: 'factory',
  },
];

/** Archives and documents. */
const ARCHIVES: readonly Group[] = [
  {
    modules: 'tar',
    names:
      'c>sync create>sync x>sync extract>sync t>sync list>sync r>sync replace>sync u>sync update>sync',
    until: DISK,
    twin: 'option',
    when: 'sync-option',
  },
  {
    modules: 'adm-zip',
    names:
      'AdmZip.extractAllTo AdmZip.extractEntryTo AdmZip.addLocalFile default().extractAllTo ' +
      'default().extractEntryTo default().addLocalFile',
    until: DISK,
  },
  {
    modules: 'adm-zip',
    names: 'AdmZip.writeZip default().writeZip',
    until: DISK,
    when: 'without-callback',
  },
  {
    modules: 'adm-zip',
    names: 'AdmZip.addLocalFolder default().addLocalFolder',
    until: DISK,
  },
  { modules: 'xlsx', names: 'readFile writeFile writeFileXLSX', until: DISK },
  { modules: 'pug', names: 'renderFile compileFile', until: DISK, when: 'without-callback' },
];

/** Packages that wait for the disk. */
export const PACKAGES_OF_FILES: readonly Group[] = [...ACCESS, ...SEARCH, ...ARCHIVES];
