import * as ast from '#ast';
import type { Facts } from '#facts';
import type { Source } from '#program';
import type { Certainty, Fix, FixKind, Severity } from './finding.ts';

/** What the rules are about; only for display and for choosing. */
export type Family =
  | 'unawaited'
  | 'blocking'
  | 'sequential'
  | 'fan-out'
  | 'errors'
  | 'races'
  | 'cancellation'
  | 'resources'
  | 'streams'
  | 'redundancy'
  | 'comments';

/** The smallest preset that turns a rule on. */
export type Preset = 'recommended' | 'strict' | 'all';

/** Node types by the name of their kind. */
export interface NodesByKind {
  ArrowFunction: ast.ArrowFunction;
  AwaitExpression: ast.AwaitExpression;
  BinaryExpression: ast.BinaryExpression;
  Block: ast.Block;
  CallExpression: ast.CallExpression;
  CaseClause: ast.CaseClause;
  ClassDeclaration: ast.ClassDeclaration;
  ClassExpression: ast.ClassExpression;
  ComputedPropertyName: ast.ComputedPropertyName;
  ConditionalExpression: ast.ConditionalExpression;
  DebuggerStatement: ast.DebuggerStatement;
  DoStatement: ast.DoStatement;
  ElementAccessExpression: ast.ElementAccessExpression;
  ExpressionStatement: ast.ExpressionStatement;
  ForInStatement: ast.ForInStatement;
  ForOfStatement: ast.ForOfStatement;
  ForStatement: ast.ForStatement;
  FunctionDeclaration: ast.FunctionDeclaration;
  FunctionExpression: ast.FunctionExpression;
  IfStatement: ast.IfStatement;
  JsxAttribute: ast.JsxAttribute;
  MethodDeclaration: ast.MethodDeclaration;
  NewExpression: ast.NewExpression;
  PrefixUnaryExpression: ast.PrefixUnaryExpression;
  PropertyAssignment: ast.PropertyAssignment;
  PropertyDeclaration: ast.PropertyDeclaration;
  ReturnStatement: ast.ReturnStatement;
  ShorthandPropertyAssignment: ast.ShorthandPropertyAssignment;
  SourceFile: ast.SourceFile;
  SpreadAssignment: ast.SpreadAssignment;
  SpreadElement: ast.SpreadElement;
  SwitchStatement: ast.SwitchStatement;
  TemplateSpan: ast.TemplateSpan;
  ThrowStatement: ast.ThrowStatement;
  TryStatement: ast.TryStatement;
  VariableDeclaration: ast.VariableDeclaration;
  WhileStatement: ast.WhileStatement;
}

/** The name of a kind that a rule can visit. */
export type Kind = keyof NodesByKind;

/** What a rule says about one place. */
export interface Report {
  /** A full sentence, present tense, at most 90 characters, the user's own names in backticks. */
  readonly message: string;
  /** Lowers (or sets) the severity of this one report; the user's own setting wins. */
  readonly severity?: Severity;
  /** `proved` when left out. */
  readonly certainty?: Certainty;
  /** Other places that explain this one. */
  readonly related?: readonly { readonly node: ast.Node; readonly message: string }[];
  /** Builds the fixes, first preferred; those that do not apply are `undefined`. */
  readonly fixes?: () => readonly (Fix | undefined)[];
  /** Works out a fix that reaches far, or tells which place prevents it. */
  readonly rewrite?: () => Fix | Hindrance | undefined;
}

/** A place that prevents a rewrite. */
export interface Hindrance {
  readonly node: ast.Node;
  readonly message: string;
}

/** Where a report points: a node, or a stretch between two nodes. */
export type Place = ast.Node | { readonly from: ast.Node; readonly to: ast.Node };

/** What a rule is given beside the node. */
export interface Context<Options> {
  readonly facts: Facts;
  readonly source: Source;
  readonly options: Options;
  /** Reports the narrowest place that names the problem. May be called several times, but only last. */
  report(place: Place, report: Report): void;
}

/** Option values: what JSON can hold. */
export type OptionValue = boolean | number | string | readonly string[];

/** Describes one option of a rule; the schemas and the docs page are generated from it. */
export interface Option {
  readonly description: string;
  readonly default: OptionValue;
  /** What it is from the preset `strict` on, if that is something else. */
  readonly strict?: OptionValue;
  /** Allowed values of a string option. */
  readonly values?: readonly string[];
}

type ValueOf<T> = T extends boolean
  ? boolean
  : T extends number
    ? number
    : T extends string
      ? string
      : readonly string[];

/** The values that a rule sees, by the option's name. */
export type OptionsOf<Schema extends Readonly<Record<string, Option>>> = {
  readonly [Name in keyof Schema]: ValueOf<Schema[Name]['default']>;
};

/** What a rule says of itself, and how it finds and mends. */
export interface RuleDefinition<Schema extends Readonly<Record<string, Option>>> {
  /** The defect, kebab-case; the file's name. */
  readonly id: string;
  readonly family: Family;
  readonly severity: Severity;
  readonly preset: Preset;
  /** One sentence: what is reported. */
  readonly summary: string;
  /** What to do instead. */
  readonly advice: string;
  /** Rules of other linters that report the same; their disable comments are honoured. */
  readonly replaces?: readonly string[];
  /** Rules of other linters that report some of it among else; their disable comments are honoured, too. */
  readonly honours?: readonly string[];
  /** Kinds of the fixes that it offers; suggested ones alone when left out. */
  readonly fixes?: readonly FixKind[];
  readonly options?: Schema;
  /** Names of functions and methods, when `CallExpression` is of interest only where these are called. */
  readonly callees?: Iterable<string>;
  /**
   * Whether a call of a method by this name, `x.name(…)`, may be of interest; asked once a name. Calls of a function by its
   * own name are judged all the same: an import may give it any.
   */
  readonly methods?: (name: string, facts: Facts) => boolean;
  /** Whether it looks at the whole project: judged last, when all files that are linted have been walked. */
  readonly wholeProject?: boolean;
  /** By kind of node: guards first, report last. */
  readonly visit: {
    readonly [K in Kind]?: (node: NodesByKind[K], context: Context<OptionsOf<Schema>>) => void;
  };
}

/** A rule as the engine runs it. */
export interface Rule
  extends Omit<RuleDefinition<Readonly<Record<string, Option>>>, 'visit' | 'callees'> {
  /** Names of which one has to be called for a `CallExpression` to be judged; all calls are when left out. */
  readonly callees?: ReadonlySet<string>;
  readonly options: Readonly<Record<string, Option>>;
  readonly fixes: readonly FixKind[];
  /** What it does with a node, by kind. */
  readonly visitors: ReadonlyMap<ast.SyntaxKind, Visitor>;
}

/** Makes a rule of its definition. */
export function defineRule<
  const Schema extends Readonly<Record<string, Option>> = Readonly<Record<never, Option>>,
>(definition: RuleDefinition<Schema>): Rule;
export function defineRule(definition: RuleDefinition<Readonly<Record<string, Option>>>): Rule {
  const visitors = new Map<ast.SyntaxKind, Visitor>();
  for (const [name, visitor] of Object.entries(definition.visit)) {
    const kind = kindNamed(name);
    if (kind !== undefined && isVisitor(visitor)) visitors.set(kind, visitor);
  }
  const { callees, ...rest } = definition;
  return {
    ...rest,
    ...(callees && { callees: new Set(callees) }),
    options: definition.options ?? {},
    fixes: definition.fixes ?? ['suggested'],
    visitors,
  };
}

/** What a rule does with a node of one kind. */
export type Visitor = (
  node: ast.Node,
  context: Context<Readonly<Record<string, OptionValue>>>,
) => void;

function isVisitor(value: unknown): value is Visitor {
  return typeof value === 'function';
}

function kindNamed(name: string): ast.SyntaxKind | undefined {
  const kind: unknown = Reflect.get(ast.SyntaxKind, name);
  return typeof kind === 'number' ? kind : undefined;
}
