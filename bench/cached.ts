import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Checkout } from './checkout.ts';
import { run } from './process-tree.ts';
import type { Tool } from './tool.ts';

const caches = join(import.meta.dirname, '.corpora', '.cache');

/** A tool that takes over what its last run found, when nothing changed since. */
export function warm(tool: Tool): Tool {
  const name = `${tool.name}-warm`;
  const command: Tool['command'] = (checkout) => {
    const { args, ...rest } = tool.command(checkout);
    return { ...rest, args: [...args, '--cache-location', join(caches, name)] };
  };
  return {
    ...tool,
    name,
    command,
    prepare: async (checkout) => void (await run(command(checkout))),
  };
}

/** The same, when one file changed since: one that few others import, as most are. */
export function oneChanged(tool: Tool): Tool {
  const { command, prepare } = warm({ ...tool, name: `${tool.name}-changed` });
  return {
    ...tool,
    name: `${tool.name}-changed`,
    command,
    changes: true,
    prepare: async (checkout) => {
      await prepare?.(checkout);
      appendFileSync(middleFile(checkout), '// Somebody was here.\n');
    },
  };
}

/** The file in the middle of the list of all. */
function middleFile({ folder }: Checkout): string {
  const entries = readdirSync(join(folder, 'src'), { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return files[files.length >> 1] ?? '';
}
