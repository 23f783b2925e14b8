/** Facts about a project made up for one test. */
import { DEFAULT_PROJECT_SETTINGS, settled } from '#engine';
import { Facts } from '#facts';
import { Compiler, type Source } from '#program';
import { scratch, TSCONFIG } from './scratch.ts';

/** Answers questions about files that were made up. */
export interface Asked {
  ask<T>(file: string, question: (facts: Facts, source: Source) => T): T;
  dispose(): void;
}

/** Opens files by relative name. */
export function askAbout(files: Readonly<Record<string, string>>): Asked {
  const project = scratch(files, TSCONFIG);
  const compiler = new Compiler({ cwd: project.folder });
  const config = project.path('tsconfig.json');
  compiler.update({ open: [config] });
  const program = compiler.program(config);
  if (program === undefined) throw new Error('The project did not open.');
  const facts = new Facts(program, DEFAULT_PROJECT_SETTINGS);
  return {
    ask: (file, question) => {
      const source = program.source(project.path(file));
      if (source === undefined) throw new Error(`${file} is not in the project.`);
      const answers = settled(program, () => [question(facts, source)]);
      if (answers?.[0] === undefined) throw new Error('The question was never answered.');
      return answers[0];
    },
    dispose: () => {
      compiler.dispose();
      project.remove();
    },
  };
}
