import tseslint from 'typescript-eslint';

const project = process.env.BENCH_PROJECT;

/** One rule over every TypeScript file below the working folder, with types from its own tsconfig. */
export default [
  { ignores: ['**/dist/', '**/*.d.{ts,mts,cts}'] },
  {
    files: ['**/*.{ts,tsx,mts,cts}'],
    plugins: { '@typescript-eslint': tseslint.plugin },
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: {
        ...(project ? { project } : { projectService: true }),
        tsconfigRootDir: process.cwd(),
      },
    },
    rules: { '@typescript-eslint/no-floating-promises': 'error' },
  },
  // ESLint takes JavaScript along by itself; the rule needs types, so it stays out of the comparison.
  { ignores: ['**/*.{js,jsx,mjs,cjs}'] },
];
