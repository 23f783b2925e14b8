import { code, paragraphs } from '../code.ts';
import type { Dice } from '../dice.ts';
import type { Entity, Template } from '../domain.ts';

/** The table row and the way there and back. */
export function row(entity: Entity, dice: Dice): string {
  return paragraphs([
    shape(entity),
    mapping(entity),
    wire(entity),
    ...dice.some(extras, 2).map((write) => write(entity)),
  ]);
}

function shape({ one, One, many, fields, links }: Entity): string {
  return code`
    /** A row of the table that keeps ${many}. */
    export interface ${One}Row {
      readonly id: string;
      readonly version: number;
      readonly stage: ${One}Stage;
      ${fields.map(({ name, cell }) => `readonly ${name}: ${cell};`)}
      ${links.map((link) => `readonly ${link.one}Id: string;`)}
      readonly createdAt: Date;
      readonly updatedAt: Date;
    }

    /** The columns that callers may sort by. */
    export const ${one}SortColumns = ['createdAt', 'updatedAt', 'title', 'stage'] as const satisfies readonly (keyof ${One}Row)[];

    /** One of those columns. */
    export type ${One}SortColumn = (typeof ${one}SortColumns)[number];
  `;
}

function mapping({ one, One, kind, fields, links }: Entity): string {
  return code`
    /** The row for a ${one}. */
    export function to${One}Row(${one}: ${One}): ${One}Row {
      return {
        id: ${one}.id,
        version: ${one}.version,
        stage: ${one}.stage,
        ${fields.map(({ name, toCell }) => `${name}: ${toCell(`${one}.${name}`)},`)}
        ${links.map((link) => `${link.one}Id: ${one}.${link.one}Id,`)}
        createdAt: ${one}.createdAt,
        updatedAt: ${one}.updatedAt,
      };
    }

    /** The ${one} in a row. */
    export function from${One}Row(row: ${One}Row): ${One} {
      return {
        id: toId('${kind}', row.id),
        version: row.version,
        stage: row.stage,
        ${fields.map(({ name, fromCell }) => `${name}: ${fromCell(`row.${name}`)},`)}
        ${links.map((link) => `${link.one}Id: toId('${link.kind}', row.${link.one}Id),`)}
        createdAt: row.createdAt,
        updatedAt: row.updatedAt,
      };
    }
  `;
}

function wire({ One, one, fields }: Entity): string {
  return code`
    /** Dates as text and everything else as it is: what JSON makes of a row. */
    export type ${One}Json = { readonly [Column in keyof ${One}Row]: ${One}Row[Column] extends Date ? string : ${One}Row[Column] };

    /** The row as it is sent over the wire. */
    export function to${One}Json(${one}: ${One}): ${One}Json {
      const row = to${One}Row(${one});
      return {
        ...row,
        ${fields.filter(({ role }) => role === 'date').map(({ name }) => `${name}: row.${name}.toISOString(),`)}
        createdAt: row.createdAt.toISOString(),
        updatedAt: row.updatedAt.toISOString(),
      };
    }
  `;
}

const extras: readonly Template[] = [toCells, printRow, compareRows];

function toCells({ One, fields }: Entity): string {
  return code`
    /** The columns that a set of changes touches. */
    export function to${One}Cells(changes: ${One}Changes): Partial<Omit<${One}Row, 'id' | 'version'>> {
      return {
        ${fields.map(({ name, toCell }) => `...(changes.${name} === undefined ? {} : { ${name}: ${toCell(`changes.${name}`)} }),`)}
      };
    }
  `;
}

function printRow({ One, fields }: Entity): string {
  return code`
    /** The row as text, in the order of the columns. */
    export function print${One}Row(row: ${One}Row, separator = ';'): string {
      const cells = [row.id, row.stage, ${fields.map(({ name }) => `row.${name}`).join(', ')}];
      return cells.map(print${One}Cell).join(separator);
    }

    function print${One}Cell(cell: Cell): string {
      if (cell === undefined) return '';
      if (cell instanceof Date) return cell.toISOString();
      if (typeof cell === 'string') return /[";\n]/.test(cell) ? \`"\${cell.replaceAll('"', '""')}"\` : cell;
      return typeof cell === 'object' ? cell.join(' ') : String(cell);
    }
  `;
}

function compareRows({ one, One, many }: Entity): string {
  return code`
    /** Compares rows by a column, for lists that are sorted in memory. */
    export function compare${One}Rows(column: ${One}SortColumn): (left: ${One}Row, right: ${One}Row) => number {
      return (left, right) => {
        const [a, b] = [left[column], right[column]];
        if (a instanceof Date && b instanceof Date) return a.getTime() - b.getTime();
        return String(a).localeCompare(String(b));
      };
    }

    /** Whether the text names a column to sort ${many} by. */
    export function is${One}SortColumn(name: string | null): name is ${One}SortColumn {
      return ${one}SortColumns.some((column) => column === name);
    }
  `;
}
