/** Effects of packages that work out values: parsers, formatters, validators, collections, identifiers. */
import type { EffectRow, EffectTable } from '../effects.ts';
import { ALTERS, CHANCE, CHANGES, each, LATER, MAKES, PICKS, PURE, WAITS } from './words.ts';

const LODASH: readonly EffectRow[] = [
  ['assign assignIn assignWith defaults defaultsDeep extend merge mergeWith', CHANGES],
  ['pull pullAll pullAt remove reverse fill set setWith unset update updateWith', CHANGES],
  ['debounce throttle once memoize delay defer', LATER],
  ['random sample sampleSize shuffle uniqueId', CHANCE],
  ['now', { reads: 'time' }],
  ['cloneDeep', { fresh: 'deep' }],
  ['find findLast first head last get result max maxBy min minBy nth', PICKS],
  ...PURE,
];

/** Functions only; what is built with a receiver is a value of its own. */
const PURE_MODULES = `
  accounting ansi-colors arktype base-x base64-js bcrypt bcryptjs big.js bignumber.js bn.js boolean bs58 bson bytes
  camelcase camelcase-keys cborg chalk change-case chroma-js cidr-tools class-transformer class-validator classnames clsx color
  color-convert colorette common-tags compare-versions content-disposition content-type cookie cookie-signature
  countries-list cron-parser cronstrue crypto-js csv-parse/sync csv-stringify/sync date-fns date-fns-tz dayjs decimal.js
  decimal.js-light dedent deep-diff deep-equal deep-object-diff deepmerge dequal diff disposable-email-domains-js
  email-addresses email-validator entities escape-html escape-string-regexp etag fast-deep-equal fast-diff
  fast-equals fast-json-stable-stringify fast-levenshtein fast-xml-parser fastest-levenshtein filesize flat flatted
  fp-ts fractional-indexing graphemer hash-sum hash.js hashids he html-entities html-escaper html-to-text http-errors
  http-status http-status-codes humanize-duration humanize-string immer ini invariant io-ts ip ip-address
  ipaddr.js is-cidr is-glob is-html is-ip is-plain-obj is-plain-object iso-3166-1 iso-639-1 joi jose js-base64 js-sha256
  js-yaml json-stable-stringify json-stringify-safe json5 jsonc-parser jsonpath jsonpath-plus jsonwebtoken
  jwt-decode kebab-case kleur klona leven libphonenumber-js linkify-it lz-string luxon md5 micromatch mime
  mime-types mimetext minimatch mongo-sanitize ms multiformats natural-compare neverthrow
  normalize-email normalize-url number-format.js numeral object-hash pako parse-duration parseurl path-browserify
  path-to-regexp pathe picocolors picomatch pluralize pretty-bytes pretty-ms prosemirror-utils psl punycode qs
  query-string ramda rambda range-parser remeda rfdc runtypes safe-stable-stringify sanitize-filename sanitize-html
  scim2-parse-filter semver set-cookie-parser slug slugify smol-toml sprintf-js sql-formatter sql-highlight sqlstring
  statuses string-env-interpolation string-similarity string-strip-html string-width strip-ansi strip-indent
  strip-json-comments superjson superstruct tiny-invariant title-case tldts toml transliteration ts-deepmerge
  ts-pattern tslib tweetnacl type-is ua-parser-js ufo uint8arrays upath uri-js uri-template url-join url-parse
  url-template utf8 valibot valid-url validator voca wildcard-match xss yaml yup zod zod-to-json-schema
  zod-validation-error @formatjs/intl-localematcher @hapi/accept @hapi/address @hapi/boom @hapi/bourne
  @js-temporal/polyfill @sinclair/typebox @sindresorhus/slugify @sqltools/formatter @standard-schema/spec argon2
  @node-rs/argon2 @node-rs/bcrypt otplib temporal-polyfill`;

/** Functions that make up identifiers, or values that look real. */
const RANDOM_MODULES = `@faker-js/faker @paralleldrive/cuid2 cuid ksuid nanoid random-words short-unique-id short-uuid
  ulid ulidx uniqid unique-names-generator uuid uuidv7`;

/** In-memory caches: what one use of one changes, only other uses of it see. */
const CACHE: readonly EffectRow[] = [
  ['get has peek size keys values entries', PICKS],
  ['set delete del clear reset flushAll', ALTERS],
  ['LRUCache LRU NodeCache QuickLRU default', MAKES],
];

/** Packages that work out values. */
export const VALUE_EFFECTS: EffectTable = {
  ...each(PURE_MODULES, PURE),
  ...each(RANDOM_MODULES, [
    ['validate version parse stringify isValid isCuid', MAKES],
    ['*', CHANCE],
  ]),
  ...each('lru-cache quick-lru node-cache', CACHE),
  '@noble/*': PURE,
  '@scure/*': PURE,
  lodash: LODASH,
  'lodash-es': LODASH,
  ...each('es-toolkit es-toolkit/compat', [
    ['delay timeout withTimeout Mutex.* Semaphore.*', WAITS],
    ['retry throttle debounce', LATER],
    ...LODASH,
  ]),
  ...each('moment moment-timezone', [
    ['Moment.add Moment.subtract Moment.set Moment.startOf Moment.endOf Moment.tz', ALTERS],
    ['Moment.utc Moment.local Moment.utcOffset Moment.locale', ALTERS],
    ...PURE,
  ]),
  underscore: LODASH,
  'dot-prop': [
    ['setProperty deleteProperty set delete', CHANGES],
    ['getProperty get', PICKS],
    ['hasProperty has escapePath deepKeys', MAKES],
  ],
  'object-path': [
    ['get coalesce', PICKS],
    ['set del push insert empty ensureExists', CHANGES],
    ['has', MAKES],
  ],
  'fast-json-patch': [
    ['applyPatch applyOperation applyReducer', CHANGES],
    ['compare deepClone getValueByPointer validate escapePathComponent', MAKES],
  ],
  '@casl/ability': [
    ['AbilityBuilder.can AbilityBuilder.cannot *Ability.update RuleIndex.update', ALTERS],
    ['AbilityBuilder AbilityBuilder.build PureAbility Ability createMongoAbility', MAKES],
    ['*Ability.can *Ability.cannot', MAKES],
  ],
  i18next: [
    ['t getFixedT exists dir createInstance', MAKES],
    ['changeLanguage init load* add* remove* set* use', ALTERS],
  ],
  'i18next-resources-to-backend': [['default', {}]],
  'next-intl/server': PURE,
  'reflect-metadata': [['Reflect.getMetadata Reflect.getOwnMetadata Reflect.hasMetadata', PICKS]],
  'p-map': [['default', MAKES]],
  'p-all': [['default', MAKES]],
  'p-props': [['default', MAKES]],
  'p-filter': [['default', MAKES]],
  'p-queue': [
    ['default add addAll', MAKES],
    ['onIdle onEmpty onSizeLessThan', WAITS],
  ],
};
