import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject } from 'ajv';
import {
  findNodeAtLocation,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import type { Range, Rule } from '#engine';
import { buildsOn, configKeyOf, extended } from './config.ts';
import { isPath } from './extended.ts';
import { listed, unknownName } from './nearest-name.ts';
import { configSchema } from './schema.ts';

/** Something in a config file that cannot be meant. */
export interface ConfigProblem {
  readonly file: string;
  /** Offsets. */
  readonly range: Range;
  /** What is wrong and what is allowed, in full sentences. */
  readonly message: string;
}

/** Tells every mistake in config files, and in those that they extend. */
export function checkConfigs(
  files: readonly string[],
  rules: readonly Rule[],
): readonly ConfigProblem[] {
  const validate = new Ajv({ allErrors: true, verbose: true }).compile(configSchema(rules));
  const problems: ConfigProblem[] = [];
  for (const file of new Set(files)) {
    const errors: ParseError[] = [];
    const tree = parseTree(readFileSync(file, 'utf8'), errors, { allowTrailingComma: true });
    const content = tree && findNodeAtLocation(tree, [...configKeyOf(file)]);
    problems.push(...errors.map((error) => syntaxProblem(file, error)));
    if (errors.length > 0 || content === undefined) continue;
    validate(getNodeValue(content));
    for (const error of meant(validate.errors ?? [])) {
      problems.push(schemaProblem(file, content, error));
    }
    problems.push(...wrongBases(file, content));
  }
  return problems;
}

function syntaxProblem(file: string, { error, offset, length }: ParseError): ConfigProblem {
  const words = printParseErrorCode(error).replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
  const message = `This is no JSON: ${words.toLowerCase()}.`;
  return { file, range: { start: offset, end: offset + length }, message };
}

/** Where one value or a list is allowed, a mistake is told of the form that was chosen, once. */
function meant(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const either = new Set(
    errors.filter(({ keyword }) => keyword === 'anyOf').map(({ instancePath }) => instancePath),
  );
  return errors.filter(({ keyword, instancePath, data, params }) => {
    if (keyword === 'anyOf') return false;
    if (!either.has(instancePath)) return true;
    if (Array.isArray(data)) return keyword !== 'type' && keyword !== 'enum';
    return params['type'] !== 'array';
  });
}

function schemaProblem(file: string, content: Node, error: ErrorObject): ConfigProblem {
  const path = error.instancePath.split('/').slice(1).map(segment);
  const node = findNodeAtLocation(content, path) ?? content;
  const { additionalProperty } = error.params;
  const unknown = typeof additionalProperty === 'string' ? additionalProperty : undefined;
  const at = unknown === undefined ? node : (keyOf(node, unknown) ?? node);
  const message = unknown === undefined ? wrongValue(error) : unknownKey(unknown, error);
  return { file, range: { start: at.offset, end: at.offset + at.length }, message };
}

/** JSON pointers write `/` as `~1` and `~` as `~0`; numbers are indexes. */
function segment(text: string): string | number {
  return /^\d+$/.test(text) ? Number(text) : text.replaceAll('~1', '/').replaceAll('~0', '~');
}

function keyOf(node: Node, name: string): Node | undefined {
  return node.children?.find((property) => property.children?.[0]?.value === name)?.children?.[0];
}

function unknownKey(name: string, { instancePath, parentSchema }: ErrorObject): string {
  const known = Object.keys({ ...Object(parentSchema?.['properties']) });
  const isOption = /\/rules\/[^/]+\/1$/.test(instancePath);
  const what = instancePath.endsWith('/rules') ? 'rule' : isOption ? 'option' : 'key';
  return unknownName(what, name, known);
}

function wrongValue(error: ErrorObject): string {
  const { keyword, params, message = 'is not allowed here' } = error;
  if (keyword === 'enum') return `Allowed here: ${listed(params['allowedValues'])}.`;
  if (keyword === 'required') return `\`${params['missingProperty']}\` is missing.`;
  if (keyword === 'minItems' && params['limit'] === 2) return 'A severity and options belong here.';
  if (keyword === 'minItems') return 'This list is empty; name something in it, or leave it out.';
  if (keyword === 'type') return `This is to be a value of type ${params['type']}.`;
  return `This ${message}.`;
}

/** Bases that do not exist, or build on the config that extends them. */
function wrongBases(file: string, content: Node): readonly ConfigProblem[] {
  const base = findNodeAtLocation(content, ['extends']);
  const names = base?.type === 'array' ? (base.children ?? []) : base === undefined ? [] : [base];
  return names.flatMap(({ value, offset, length }) => {
    if (typeof value !== 'string' || value === '') return [];
    const message = wrongBase(file, value);
    return message === undefined
      ? []
      : { file, range: { start: offset, end: offset + length }, message };
  });
}

function wrongBase(file: string, name: string): string | undefined {
  const base = extended(name, file);
  if (base !== undefined) {
    if (!buildsOn(base.file, file)) return undefined;
    return `\`${name}\` builds on this config itself: remove one \`extends\` of the circle.`;
  }
  return isPath(name)
    ? `There is no config \`${name}\`.`
    : `No package \`${name}\` with a config is installed; a file of yours starts with \`./\`.`;
}
