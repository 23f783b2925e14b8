import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { relativeName } from '#formats/place.ts';
import type { FixedFile } from './rounds.ts';

/** A unified diff that `git apply` and `patch -p1` take. */
export function patchOf(files: readonly FixedFile[], cwd: string): string {
  return files
    .filter(({ before, after }) => before !== after)
    .map(({ file, before, after }) => {
      const name = relativeName(cwd, file);
      return createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, undefined, undefined, {
        headerOptions: FILE_HEADERS_ONLY,
      });
    })
    .join('');
}
