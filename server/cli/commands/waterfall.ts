import { listed, unknownName } from '#config/nearest-name.ts';
import type { Range } from '#engine';
import { functionsIn, functionsNamed, type NamedFunction, waterfallOf } from '#facts';
import { Lines, relativeName } from '#formats/place.ts';
import type { Picture } from '#formats/waterfall.ts';
import { waterfallHtml } from '#formats/waterfall-html.ts';
import { waterfallSvg } from '#formats/waterfall-svg.ts';
import { waterfallText } from '#formats/waterfall-text.ts';
import type { LinterOptions } from '#workspace/options.ts';
import { UsageMistake } from '#workspace/project.ts';
import { isColorful, type Terminal } from '../terminal.ts';
import { type Governing, inspecting } from './inspection.ts';

/** What the command line says. */
interface Given extends Governing {
  /** `file:function`. */
  readonly subject: string;
  readonly svg?: boolean;
  readonly html?: boolean;
  readonly color?: boolean;
}

/**
 * Draws what one function waits for.
 * @throws {UsageMistake} when there is no such file or function, or the function waits for nothing.
 */
export async function draw(
  asked: Given,
  terminal: Terminal,
  parts: Partial<LinterOptions>,
): Promise<string> {
  const { subject } = asked;
  const [, path, name] = /^(.+):([^:/\\]+)$/.exec(subject) ?? [];
  if (path === undefined || name === undefined) {
    throw new UsageMistake(`Name a function as well: \`${subject}:nameOfTheFunction\`.`);
  }
  const picture = await inspecting(path, asked, terminal, parts, (linter, file) => {
    return linter.inspect(file, (facts, { root, text }): Picture => {
      const lines = new Lines(text);
      const { fn, name: whole } = theOne(name, path, functionsIn(root), lines);
      const waterfall = waterfallOf(fn, facts);
      if (waterfall === undefined) {
        throw new UsageMistake(
          `\`${whole}\` in \`${path}\` waits for nothing: it has no \`await\`.`,
        );
      }
      const { line } = lines.at(fn.getStart());
      const place = `${relativeName(terminal.cwd, file)}:${line}`;
      return { name: whole, place, waterfall, lineOf: ({ range }) => lines.at(range.start).line };
    });
  });
  if (picture === undefined) throw new UsageMistake(`No project holds \`${path}\`.`);
  if (asked.svg) return waterfallSvg(picture);
  if (asked.html) return waterfallHtml(picture);
  const colors = isColorful(asked.color, terminal);
  return waterfallText(picture, { colors, width: terminal.columns });
}

/** The one function that is meant, or a mistake that says which there are. */
function theOne(
  name: string,
  path: string,
  functions: readonly NamedFunction[],
  lines: Lines,
): NamedFunction {
  const named = /^\d+$/.test(name)
    ? functionsOver(lines.rangeOf(Number(name)), functions)
    : functionsNamed(name, functions);
  const [found, other] = named;
  if (found !== undefined && other === undefined) return found;
  if (functions.length === 0) {
    throw new UsageMistake(`There is no function with a name in \`${path}\`.`);
  }
  if (found === undefined && /^\d+$/.test(name)) {
    throw new UsageMistake(`No function with a name goes over line ${name} of \`${path}\`.`);
  }
  if (found === undefined) {
    const known = functions.map((one) => one.name);
    throw new UsageMistake(unknownName('function', name, known).replace(/\.$/, ` (${path}).`));
  }
  const places = named.map((one) => `${path}:${lines.at(one.fn.getStart()).line}`);
  throw new UsageMistake(`\`${name}\` is a name of several; say the line: ${listed(places)}.`);
}

/** The innermost function that goes over a line. */
function functionsOver(
  { start, end }: Range,
  functions: readonly NamedFunction[],
): readonly NamedFunction[] {
  return functions.filter(({ fn }) => fn.getStart() <= end && fn.end >= start).slice(-1);
}
