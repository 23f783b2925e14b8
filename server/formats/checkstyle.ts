import { byFile } from './by-file.ts';
import { linesIn, relativeName } from './place.ts';
import type { Format, View } from './view.ts';
import { xml } from './xml.ts';

/** Checkstyle's report, which many CI servers and review bots read. */
export const checkstyle: Format<View> = ({ findings }, view) => {
  const linesOf = linesIn(view.textOf);
  const files = byFile(findings);
  return xml({
    checkstyle: {
      '@version': '4.3',
      file: [...files].map(([name, found]) => ({
        '@name': relativeName(view.cwd, name),
        error: found.map(({ range, severity, message, rule }) => {
          const { line, column } = linesOf(name).at(range.start);
          return {
            '@line': line,
            '@column': column,
            '@severity': severity === 'information' ? 'info' : severity,
            '@message': message,
            '@source': `asynclint.${rule}`,
          };
        }),
      })),
    },
  });
};
