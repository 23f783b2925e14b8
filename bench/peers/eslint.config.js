import tseslint from 'typescript-eslint';

/** One rule, over every TypeScript file below the working folder, with types from its own tsconfig. */
export default [
  { ignores: ['**/*.js', '**/*.mjs', '**/*.cjs', '**/*.jsx', '**/dist/', '**/*.d.ts'] },
  {
    files: ['**/*.{ts,tsx,mts,cts}'],
    plugins: { '@typescript-eslint': tseslint.plugin },
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { projectService: true, tsconfigRootDir: process.cwd() },
    },
    rules: { '@typescript-eslint/no-floating-promises': 'error' },
  },
];
