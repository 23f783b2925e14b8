import type { LinterOptions, ProgramFiles } from '../workspace/options.ts';
import type { Arguments } from './arguments/arguments.ts';

/**
 * Chooses among the files that would be linted, as `--since` and `--shard` say; nothing when they say nothing.
 * @throws {UsageMistake} when git cannot tell what changed.
 */
export async function narrowingOf(
  { since, dependents, shard }: Arguments,
  cwd: string,
): Promise<LinterOptions['narrow']> {
  const touched = since === undefined ? undefined : await touchedSince(since, dependents, cwd);
  if (shard === undefined) return touched;
  const { shardOf } = await import('../workspace/shard.ts');
  return (programs) => {
    const wanted = touched?.(programs);
    return shardOf(
      programs.map((one) => ({
        ...one,
        files: wanted === undefined ? one.files : one.files.filter((file) => wanted.has(file)),
      })),
      shard,
    );
  };
}

async function touchedSince(
  ref: string,
  dependents: boolean,
  cwd: string,
): Promise<NonNullable<LinterOptions['narrow']>> {
  const { changedSince } = await import('../workspace/changed-files.ts');
  const { present, gone } = changedSince(ref, cwd);
  if (!dependents) return () => new Set(present);
  const { dependentsOf, importsIn } = await import('../workspace/cache/import-graph.ts');
  return (programs) => new Set(programs.flatMap(({ program }) => affectedIn(program)));

  function affectedIn(program: ProgramFiles['program']): readonly string[] {
    const changed = [...present, ...gone];
    const held = new Set(program.everyFile());
    const files = new Set([...program.files(), ...present.filter((file) => held.has(file))]);
    const { imports, global } = importsIn(program, [...files], changed);
    // What all others see without importing it affects all of them.
    if (changed.some((file) => global.has(file))) return program.files();
    return [...dependentsOf(changed, imports)];
  }
}
