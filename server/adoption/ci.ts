import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Agent } from 'package-manager-detector';
import { resolveCommand } from 'package-manager-detector/commands';

/** A command as the project's package manager writes it. */
export function commandLine(
  manager: Agent,
  command: 'add' | 'frozen' | 'execute-local',
  args: string[] = [],
): string {
  const resolved = resolveCommand(manager, command, args) ?? resolveCommand('npm', command, args);
  return [resolved?.command, ...(resolved?.args ?? [])].join(' ');
}

/** What a pipeline needs to run asynclint: for GitLab where there is a sign of it, else for GitHub. */
export function pipelineFor(folder: string, manager: Agent): string {
  const isGitLab = existsSync(join(folder, '.gitlab-ci.yml'));
  const install = commandLine(manager, 'frozen');
  const options = isGitLab ? [] : ['--format', 'github'];
  const run = commandLine(manager, 'execute-local', ['asynclint', ...options]);
  // Yarn and pnpm come with Node, and are asleep.
  const wake = /^(yarn|pnpm)/.test(manager) ? ['corepack enable'] : [];
  const lines = [...wake, install, run];
  if (isGitLab) {
    return ['In .gitlab-ci.yml:', '', '  asynclint:', '    image: node:22', '    script:']
      .concat(lines.map((line) => `      - ${line}`))
      .join('\n');
  }
  const steps = manager === 'bun' ? ['- uses: oven-sh/setup-bun@v2'] : [];
  return [
    'In .github/workflows/asynclint.yml:',
    '',
    '  on: [push, pull_request]',
    '  jobs:',
    '    asynclint:',
    '      runs-on: ubuntu-latest',
    '      steps:',
    '        - uses: actions/checkout@v5',
    '        - uses: actions/setup-node@v5',
    '          with: { node-version: 22 }',
    ...[...steps, ...lines.map((line) => `- run: ${line}`)].map((line) => `        ${line}`),
  ].join('\n');
}
