/**
 * What has to follow the log of a failure, so that the process ends as it does when nobody hears the rejection: one that was
 * told to end goes at once, and a script that failed tells so by its exit code.
 */
import type * as ast from '#ast';
import type { Natures } from '../blocking/natures.ts';
import { modulesIn } from '../names/modules.ts';
import { enclosingFunction } from '../shape/syntax.ts';

/** `go-on`: the log is enough. `fail`: the exit code is 1 in the end. `leave`: the process ends, with 1. */
export type Aftermath = 'go-on' | 'fail' | 'leave';

/** What follows the log of a failure at a node. */
export function aftermathAt(node: ast.Node, natures: Natures): Aftermath {
  const file = node.getSourceFile();
  const nature = natures.ofFile(file);
  if (nature === 'test') return 'go-on';
  if (natures.isAtEnd(node)) return 'leave';
  if (enclosingFunction(node) !== undefined) return 'go-on';
  return nature === 'script' || nature === 'terminal' || runsInNode(file) ? 'fail' : 'go-on';
}

/** The statements of a handler for a variable `error`. */
export function handlerLines(aftermath: Aftermath): readonly string[] {
  const log = 'console.error(error);';
  if (aftermath === 'go-on') return [log];
  return [log, `process.${aftermath === 'fail' ? 'exitCode = 1' : 'exit(1)'};`];
}

/** Signs that no browser runs a file; bundlers give `process.env` to those as well. */
const NODE = /^#!|['"]node:|\brequire\.main\b|\bprocess\.(?!env\b)\w/;

/** What says so of a script beside the sources, `src/scripts/seed.ts`, where pages may have theirs as well. */
const SHELL = /\bprocess\.env\b/;

/** Modules of which bundlers have none for browsers. */
const OUTSIDE = ['child_process', 'cluster', 'fs', 'fs/promises', 'http', 'net', 'os', 'readline'];

function runsInNode(file: ast.SourceFile): boolean {
  const modules = modulesIn(file);
  if (/\/scripts\//.test(file.fileName) && SHELL.test(file.text)) return true;
  return NODE.test(file.text) || OUTSIDE.some((name) => modules.has(name));
}
