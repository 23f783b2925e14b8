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
    if (/[?*+@!]\(/.test(glob)) {
      unread(glob);
      return [];
    }
    return expand(glob).map((one) => {
      const [, not = '', rest = ''] = /^(!?)(?:\.\/)?(.*)$/.exec(one) ?? [];
      // Leading stars say what a `.gitignore` says without them.
      const bare = rest.replace(/^(\*\*\/)+(?=[^/]+\/?$)/, '');
      const isRooted = bare === rest && !rest.replace(/\/$/, '').includes('/') && !anyDepth;
      return `${not}${isRooted && rest !== '**' ? '/' : ''}${bare}`;
    });
  });
}

/** Whether patterns mean all code there is: TypeScript and JavaScript, in every folder. */
export function isEverything(patterns: readonly string[]): boolean {
  if (patterns.some((pattern) => pattern.startsWith('!'))) return false;
  const has = (one: string) => patterns.includes(one) || patterns.includes('**');
  return has('*.ts') || has('**/*') || has('*');
}
