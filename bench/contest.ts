import type { Report } from './agreement.ts';
import type { Checkout } from './checkout.ts';
import { type Run, run, type Usage } from './process-tree.ts';
import type { Tool } from './tool.ts';

/** What each tool used, run by run. */
export type Series = ReadonlyMap<Tool, readonly Usage[]>;

/** One run of each tool: warms the disk cache and shows whether they do the same work. */
export async function reportAll(tools: readonly Tool[], checkout: Checkout): Promise<Report[]> {
  const reports: Report[] = [];
  for (const tool of tools) {
    const result = await runTool(tool, checkout);
    if (tool.places) reports.push({ tool: tool.name, places: tool.places(result, checkout) });
  }
  return reports;
}

/** A B C A B C, so that whatever slows the machine down slows all of them. */
export async function time(
  tools: readonly Tool[],
  checkout: Checkout,
  runs: number,
): Promise<Series> {
  const series = new Map(tools.map((tool): [Tool, Usage[]] => [tool, []]));
  for (let round = 0; round < runs; round++) {
    for (const [tool, usages] of series) usages.push((await runTool(tool, checkout)).usage);
  }
  return series;
}

async function runTool(tool: Tool, checkout: Checkout): Promise<Run> {
  await tool.prepare?.(checkout);
  const result = await run(tool.command(checkout));
  const { status, output, errors } = result;
  if (isFine(status, tool, checkout)) return result;
  const tail = `${output.slice(-1_000)}\n${errors.slice(-1_000)}`.trim();
  throw new Error(`${tool.name} failed on ${checkout.name} with status ${status}:\n${tail}`);
}

/** Linters leave with 1 when they found something; the compiler with 1 or 2 when there are errors. */
function isFine(status: number | undefined, { work }: Tool, { isSound }: Checkout): boolean {
  if (work === 'type check') return status === 0 || (!isSound && (status === 1 || status === 2));
  return status === 0 || status === 1;
}
