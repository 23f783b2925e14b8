/** Effects of packages that deal with the machine itself: files, logs and measurements, browsers, pauses. */
import type { EffectRow, EffectTable } from '../effects.ts';
import {
  each,
  LOGS,
  MAKES,
  PICKS,
  READS_FILES,
  READS_NETWORK,
  SESSION,
  WAITS,
  WRITES_FILES,
  WRITES_NETWORK,
} from './words.ts';

const LOGGER: readonly EffectRow[] = [
  ['trace debug info warn error fatal log verbose silly silent notice success', LOGS],
  ['child createLogger getLogger pino Logger', MAKES],
];

/** One page, one context: whatever is done there is done in the order in which it is written. */
const BROWSER: readonly EffectRow[] = [
  ['APIRequestContext.get APIRequestContext.head', READS_NETWORK],
  ['APIRequestContext.*', WRITES_NETWORK],
  ['APIResponse.json APIResponse.text APIResponse.body', READS_NETWORK],
  ['Page.locator Page.getBy* Page.url Page.frames Page.mainFrame Page.context', PICKS],
  ['Locator.locator Locator.getBy* Locator.first Locator.last Locator.nth Locator.filter', PICKS],
  ['Frame.locator Frame.getBy* Frame.url FrameLocator.* Page.frameLocator', PICKS],
  ['Page.* Frame.* Locator.* ElementHandle.* JSHandle.* Keyboard.* Mouse.*', SESSION],
  ['BrowserContext.* Browser.* CDPSession.*', SESSION],
];

/** Files, logs, measurements, browsers, pauses. */
export const MACHINE_EFFECTS: EffectTable = {
  ...each('bunyan consola loglevel pino signale tslog winston', LOGGER),
  ...each('playwright playwright-core puppeteer puppeteer-core', BROWSER),
  '@nestjs/common': [
    ['Logger.* ConsoleLogger.*', LOGS],
    ['flatten', MAKES],
  ],
  '@nestjs/config': [['ConfigService.get ConfigService.getOrThrow', MAKES]],
  debug: [['*', LOGS]],
  '@sentry/*': [
    ['captureException captureMessage captureEvent addBreadcrumb', LOGS],
    ['setTag setTags setContext setUser setExtra setExtras', LOGS],
  ],
  '@opentelemetry/api': [
    ['Span.setAttribute Span.setAttributes Span.addEvent Span.setStatus', LOGS],
    ['Span.recordException Span.updateName Span.end Counter.add Histogram.record', LOGS],
    ['UpDownCounter.add Gauge.record DiagAPI.*', LOGS],
  ],
  'prom-client': [['inc dec observe set', LOGS]],
  'hot-shots': [['increment decrement gauge timing histogram distribution', LOGS]],
  delay: [['*', WAITS]],
  'fs-extra': [
    [
      'readFile readJson readJSON readdir pathExists exists stat lstat access realpath readlink',
      READS_FILES,
    ],
    ['pathExistsSync existsSync readFileSync readJsonSync readdirSync statSync', READS_FILES],
    [
      'write* output* ensure* mkdir* remove* copy* move* empty* append* rename unlink rm',
      WRITES_FILES,
    ],
  ],
  ...each('globby glob fast-glob tinyglobby find-up find-up-simple locate-path path-exists', [
    ['*', READS_FILES],
  ]),
  ...each('pkg-dir read-pkg read-pkg-up load-json-file', [['*', READS_FILES]]),
  ...each('rimraf mkdirp make-dir del write-file-atomic', [['*', WRITES_FILES]]),
  ...each('sharp', [
    ['toFile', WRITES_FILES],
    ['toBuffer metadata stats', READS_FILES],
    ['default Sharp.*', MAKES],
  ]),
  qrcode: [
    ['toDataURL toString create toBuffer', MAKES],
    ['toFile', WRITES_FILES],
  ],
};
