import type { Arguments } from './arguments.ts';

/** What is wrong with options that are right one by one, and what to write instead; nothing when all go together. */
export function contradictionIn(given: Arguments): string | undefined {
  return clashesOf(given).find(([clash]) => clash)?.[1];
}

function clashesOf(given: Arguments): readonly (readonly [boolean, string])[] {
  const { stdin, stdinFilename, printConfig, paths, only, fixOnly } = given;
  const fixes = given.fix || given.fixSuggested || fixOnly.length > 0;
  const vain = fixOnly.find((id) => only.length > 0 && !only.includes(id));
  return [
    [
      stdin && stdinFilename === undefined,
      '`--stdin` needs `--stdin-filename <file>`: which project the text is in follows from it.',
    ],
    [!stdin && stdinFilename !== undefined, '`--stdin-filename` goes with `--stdin`.'],
    [stdin && paths.length > 0, '`--stdin` lints one text, so it goes with no paths.'],
    [
      printConfig !== undefined && (stdin || fixes || given.diff || paths.length > 0),
      '`--print-config <file>` lints nothing, so it goes with no paths, `--stdin` or fixes.',
    ],
    [given.dependents && given.since === undefined, '`--dependents` goes with `--since <ref>`.'],
    [
      given.shard !== undefined && (fixes || given.diff || stdin),
      '`--shard` lints a part of the files, so it goes with no fixes and no `--stdin`.',
    ],
    [
      given.suppressed && ![given, ...given.output].some(({ format }) => format === 'sarif'),
      '`--suppressed` goes with `--format sarif` or `--output sarif=<file>`: other formats cannot tell.',
    ],
    [
      given.suppressed && given.shard !== undefined,
      '`--shard` hands on what is to be told, so it goes with no `--suppressed`.',
    ],
    [stdin && given.since !== undefined, '`--stdin` lints one text, so it goes with no `--since`.'],
    [
      given.dryRun && !fixes && !given.diff,
      '`--dry-run` goes with `--fix`, `--fix-suggested` or `--fix-only`.',
    ],
    [vain !== undefined, `\`--fix-only ${vain}\` fixes nothing: \`--only\` leaves that rule out.`],
    [
      given.diff && given.format !== 'text',
      '`--diff` prints a patch, so it goes with no `--format`.',
    ],
  ];
}
