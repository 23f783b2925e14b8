import { expand } from 'brace-expansion';

/** How a linter reads its patterns. */
export interface Dialect {
  /** Whether a pattern without a slash matches in every folder. */
  readonly anyDepth: boolean;
}

/** Globs of another linter as a `.gitignore` writes them; those that it cannot write are told to `unread`. */
export function patternsFrom(
  globs: readonly string[],
  { anyDepth }: Dialect,
  unread: (glob: string) => void,
): readonly string[] {
  return globs.flatMap((glob) => {
    const braces = glob.replace(/([?@])\(([^()]*)\)/g, (_, kind, list) => {
      return `{${kind === '?' ? ',' : ''}${list.replaceAll('|', ',')}${list.includes('|') || kind === '?' ? '' : ','}}`;
    });
    if (/[?*+@!]\(/.test(braces)) {
      unread(glob);
      return [];
    }
    return expand(braces).map((one) => {
      const [, not = '', rest = ''] = /^(!?)(?:\.\/)?(.*)$/.exec(one) ?? [];
      // Leading stars say what a `.gitignore` says without them.
      const bare = rest.replace(/^(\*\*\/)+(?=[^/]+\/?$)/, '');
      const isRooted = bare === rest && !rest.replace(/\/$/, '').includes('/') && !anyDepth;
      return `${not}${isRooted && rest !== '**' ? '/' : ''}${bare}`;
    });
  });
}

/** Patterns of what is to be left out, without those that mean no code, or what no run looks at anyway. */
export function worthIgnoring(patterns: readonly string[]): readonly string[] {
  return patterns.filter((pattern) => {
    if (/\.(md|json|ya?ml|svg|xml|css|html|txt|lock|snap|tsbuildinfo|d\.ts)$/.test(pattern))
      return false;
    return !/^(\/|(\*\*\/)*)(node_modules|\.[\w-]+)(\/|\/\*\*|\/\*)?$/.test(pattern);
  });
}

/** Files of a block: none are named where all code is meant. */
export function blockFiles(
  files: readonly string[],
  excluded: readonly string[] = [],
): readonly string[] {
  const named = isEverything(files) ? [] : files;
  return named.length === 0 && excluded.length > 0 ? ['**', ...excluded] : [...named, ...excluded];
}

/** Whether patterns mean all code there is: TypeScript at least, in every folder. */
function isEverything(patterns: readonly string[]): boolean {
  if (patterns.some((pattern) => pattern.startsWith('!'))) return false;
  return ['*.ts', '**', '**/*', '*'].some((all) => patterns.includes(all));
}
