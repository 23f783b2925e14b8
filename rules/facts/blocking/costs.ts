/** How long a blocking call keeps everything standing, as far as the code tells. */
import * as ast from '#ast';
import type { Origins } from '../names/origins.ts';
import { isMethodCall } from '../shape/syntax.ts';
import type { BlockingCall } from './blocking.ts';

/** `none`: over sooner than a promise would be. `quick`: mostly over within microseconds. */
export type Cost = 'none' | 'quick' | 'slow';

const MOST_RANDOM_BYTES = 1024;

/** The cost of a blocking call, by its API and by the data that stands in the code itself. */
export function costOf({ call, api }: BlockingCall, origins: Origins): Cost {
  const [data] = call.arguments ?? [];
  if (api.name === 'randomBytes' && isFew(data, origins)) return 'none';
  if (api.weight === 'light') return 'quick';
  return api.weight === 'by-size' && isSmall(data, origins) ? 'quick' : 'slow';
}

/** Whether data stands in the code itself: `gzipSync('ok')`, `gzipSync(Buffer.from(PAGE))`. */
export function isSmall(data: ast.Expression | undefined, origins: Origins): boolean {
  if (data === undefined) return false;
  const source = origins.sourceOf(data);
  if (isMethodCall(source, 'from', 'encode')) return isSmall(source.arguments[0], origins);
  return ast.isStringLiteral(source) || ast.isNoSubstitutionTemplateLiteral(source);
}

/** A token's worth of random bytes is there sooner than any promise. */
function isFew(count: ast.Expression | undefined, origins: Origins): boolean {
  const number = count && numberOf(count, origins);
  return number !== undefined && number <= MOST_RANDOM_BYTES;
}

/** A number that the code itself says: `16`, `SIZE`, `SIZE / 2`, `Math.ceil(SIZE / 2)`. */
function numberOf(node: ast.Expression, origins: Origins): number | undefined {
  const at = origins.sourceOf(node);
  if (ast.isNumericLiteral(at)) return Number(at.text);
  if (isMethodCall(at, 'ceil', 'floor', 'round', 'trunc') && at.arguments[0] !== undefined) {
    return numberOf(at.arguments[0], origins);
  }
  if (!ast.isBinaryExpression(at)) return undefined;
  const left = numberOf(at.left, origins);
  const right = numberOf(at.right, origins);
  if (left === undefined || right === undefined) return undefined;
  if (at.operatorToken.kind === ast.SyntaxKind.AsteriskToken) return left * right;
  return at.operatorToken.kind === ast.SyntaxKind.SlashToken ? left / right : undefined;
}
