import type { Command, Option } from 'commander';
import { commentRules, type Rule } from '#engine';
import { rules as ours } from '#rules';

/** What a shell may offer next: a word and what it means. */
interface Suggestion {
  readonly word: string;
  readonly meaning: string;
}

/** Last line of an answer that asks the shell to add its own files. */
const FILES = ':files';

/**
 * What may stand in place of the last of some words, a line each, meanings after a tab. Read from the description of the
 * command line itself, whenever somebody presses the key, so that it is never out of date.
 */
export function suggestions(
  program: Command,
  words: readonly string[],
  rules: readonly Rule[] = ours,
): string {
  const { before, last } = { before: words.slice(0, -1), last: words.at(-1) ?? '' };
  const [name, ...rest] = before;
  const chosen = program.commands.find((one) => one.name() === name && !isHidden(one));
  const command = chosen ?? program;
  const ids = [...rules, ...commentRules].map(({ id, summary }) => ({
    word: id,
    meaning: summary,
  }));
  const offered = offeredBy(command, chosen ? rest : before, last, ids);
  const some =
    before.length === 0 && !last.startsWith('-') ? [...commandsOf(program), ...offered] : offered;
  const lines = some
    .filter(({ word }) => word === FILES || word.startsWith(last))
    .map(({ word, meaning }) => (meaning === '' ? word : `${word}\t${meaning}`));
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

function offeredBy(
  command: Command,
  before: readonly string[],
  last: string,
  ids: readonly Suggestion[],
): readonly Suggestion[] {
  const open = command.options.find(({ long, required, optional }) => {
    return (required || optional) && long === before.at(-1);
  });
  if (open !== undefined) return valuesOf(open, ids);
  if (last.startsWith('-')) return command.options.filter(isShown).map(optionOf);
  const [argument] = command.registeredArguments;
  if (argument === undefined) return [];
  if (argument.argChoices) return argument.argChoices.map(plain);
  return argument.name().includes('rule') ? [...ids, plain(FILES)] : [plain(FILES)];
}

function valuesOf(
  { argChoices, flags }: Option,
  ids: readonly Suggestion[],
): readonly Suggestion[] {
  if (argChoices) return argChoices.map(plain);
  if (/<id=/.test(flags)) return ids.map(({ word, meaning }) => ({ word: `${word}=`, meaning }));
  if (/<id|<rule/.test(flags)) return ids;
  return /file|folder|path/.test(flags) ? [plain(FILES)] : [];
}

function commandsOf(program: Command): readonly Suggestion[] {
  return program.commands
    .filter((one) => !isHidden(one))
    .map((one) => ({ word: one.name(), meaning: one.description() }));
}

/** What serves the shell alone has no description. */
function isHidden(command: Command): boolean {
  return command.description() === '';
}

function isShown({ hidden, long }: Option): boolean {
  return !hidden && long !== undefined;
}

function optionOf({ long, description }: Option): Suggestion {
  return { word: long ?? '', meaning: description };
}

function plain(word: string): Suggestion {
  return { word, meaning: '' };
}

/** The script that makes a shell ask us. */
export function scriptFor(shell: string): string {
  return shell === 'zsh' ? ZSH : shell === 'fish' ? FISH : BASH;
}

const BASH = `_asynclint() {
  local line IFS=$'\\n'
  COMPREPLY=()
  for line in $(asynclint complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null); do
    if [[ $line == ${FILES} ]]; then
      compopt -o default
    else
      COMPREPLY+=("\${line%%$'\\t'*}")
    fi
  done
  [[ \${#COMPREPLY[@]} == 1 && \${COMPREPLY[0]} == *= ]] && compopt -o nospace
}
complete -F _asynclint asynclint
`;

const ZSH = `#compdef asynclint
_asynclint() {
  local line files=0
  local -a words_found
  for line in "\${(@f)$(asynclint complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    if [[ $line == ${FILES} ]]; then
      files=1
    elif [[ -n $line ]]; then
      words_found+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
    fi
  done
  (( \${#words_found} )) && _describe asynclint words_found
  (( files )) && _files
}
if [[ $funcstack[1] == _asynclint ]]; then
  _asynclint "$@"
else
  compdef _asynclint asynclint
fi
`;

const FISH = `function __asynclint_complete
  set -l words (commandline -opc) (commandline -ct)
  for line in (asynclint complete -- $words[2..-1] 2>/dev/null)
    if test "$line" = ${FILES}
      __fish_complete_path (commandline -ct)
    else
      printf '%s\\n' $line
    end
  end
end
complete -c asynclint -f -a '(__asynclint_complete)'
`;
