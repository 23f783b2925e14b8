import { ConflictFailure, MissingFailure } from './failures.ts';

/** What a column can hold. */
export type Cell = string | number | boolean | Date | readonly string[] | undefined;

/** A row with these columns. */
export type RowShape<Row> = { readonly [Column in keyof Row]: Cell };

/** How a column is compared. */
export type Comparison<Value> =
  | Value
  | { readonly in: readonly Value[] }
  | { readonly before: Value }
  | { readonly after: Value };

/** Conditions by column, all of which must hold. */
export type Conditions<Row> = { readonly [Column in keyof Row]?: Comparison<Row[Column]> };

/** Sends statements somewhere. */
export interface Connection {
  query<Row>(sql: string, parameters: readonly unknown[]): Promise<Row[]>;
  execute(sql: string, parameters: readonly unknown[]): Promise<number>;
}

/** A connection that can open transactions. */
export interface Database extends Connection {
  transaction<Value>(work: (connection: Connection) => Promise<Value>): Promise<Value>;
  close(): Promise<void>;
}

/** A query in the making; each step returns a new one. */
export class Query<Row, Picked = Row> implements AsyncIterable<Picked> {
  readonly #connection: Connection;
  readonly #table: string;
  readonly #clauses: readonly string[];
  readonly #parameters: readonly unknown[];
  readonly #columns: string;

  constructor(
    connection: Connection,
    table: string,
    columns = '*',
    clauses: readonly string[] = [],
    parameters: readonly unknown[] = [],
  ) {
    this.#connection = connection;
    this.#table = table;
    this.#columns = columns;
    this.#clauses = clauses;
    this.#parameters = parameters;
  }

  select<Column extends keyof Row & string>(...columns: Column[]): Query<Row, Pick<Row, Column>> {
    return new Query(
      this.#connection,
      this.#table,
      columns.join(', '),
      this.#clauses,
      this.#parameters,
    );
  }

  where(conditions: Conditions<Row>): Query<Row, Picked> {
    let parameters = this.#parameters;
    const clauses = [...this.#clauses];
    for (const [column, comparison] of Object.entries(conditions)) {
      parameters = [...parameters, comparison];
      clauses.push(`${clauses.length === 0 ? 'where' : 'and'} ${column} = $${parameters.length}`);
    }
    return new Query(this.#connection, this.#table, this.#columns, clauses, parameters);
  }

  orderBy(column: keyof Row & string, direction: 'asc' | 'desc' = 'asc'): Query<Row, Picked> {
    return this.#add(`order by ${column} ${direction}`);
  }

  limit(count: number, offset = 0): Query<Row, Picked> {
    return this.#add(`limit ${count} offset ${offset}`);
  }

  all(): Promise<Picked[]> {
    return this.#connection.query<Picked>(this.toString(), this.#parameters);
  }

  async first(): Promise<Picked | undefined> {
    const [row] = await this.limit(1).all();
    return row;
  }

  async one(): Promise<Picked> {
    const row = await this.first();
    if (row === undefined)
      throw new MissingFailure('The query found no row.', { table: this.#table });
    return row;
  }

  async count(): Promise<number> {
    const query = new Query<Row, { total: number }>(
      this.#connection,
      this.#table,
      'count(*) as total',
      this.#clauses,
      this.#parameters,
    );
    return (await query.one()).total;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Picked, void, undefined> {
    const size = 200;
    for (let offset = 0; ; offset += size) {
      const rows = await this.limit(size, offset).all();
      yield* rows;
      if (rows.length < size) return;
    }
  }

  toString(): string {
    return [`select ${this.#columns} from ${this.#table}`, ...this.#clauses].join(' ');
  }

  #add(clause: string): Query<Row, Picked> {
    return new Query(
      this.#connection,
      this.#table,
      this.#columns,
      [...this.#clauses, clause],
      this.#parameters,
    );
  }
}

/** One table, read and written by rows. */
export class Table<Row extends RowShape<Row> & { readonly id: string; readonly version: number }> {
  readonly name: string;
  readonly #connection: Connection;

  constructor(connection: Connection, name: string) {
    this.#connection = connection;
    this.name = name;
  }

  /** The same table inside a transaction. */
  within(connection: Connection): Table<Row> {
    return new Table(connection, this.name);
  }

  query(): Query<Row> {
    return new Query(this.#connection, this.name);
  }

  async insert(row: Row): Promise<Row> {
    const columns = Object.keys(row);
    const places = columns.map((_, index) => `$${index + 1}`).join(', ');
    const sql = `insert into ${this.name} (${columns.join(', ')}) values (${places})`;
    await this.#connection.execute(sql, Object.values(row));
    return row;
  }

  async update(row: Row, changes: Partial<Omit<Row, 'id' | 'version'>>): Promise<Row> {
    const next: Row = { ...row, ...changes, version: row.version + 1 };
    const assignments = Object.keys(changes).map((column, index) => `${column} = $${index + 3}`);
    const sql = `update ${this.name} set ${assignments.join(', ')} where id = $1 and version = $2`;
    const touched = await this.#connection.execute(sql, [
      row.id,
      row.version,
      ...Object.values(changes),
    ]);
    if (touched === 0) throw new ConflictFailure('The row has changed meanwhile.', { id: row.id });
    return next;
  }

  async remove(id: string): Promise<boolean> {
    return (await this.#connection.execute(`delete from ${this.name} where id = $1`, [id])) > 0;
  }
}
