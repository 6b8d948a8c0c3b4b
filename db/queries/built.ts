import type { SQL } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import type pg from "pg";
import type { Tx } from "#db/client.ts";

const dialect = new PgDialect();

/** Runs a statement that was put together of parts. Rows are keyed by column name, values as pg reads them (bigint as text). */
export async function run<Row extends pg.QueryResultRow>(tx: Tx, statement: SQL): Promise<Row[]> {
  const { sql: text, params } = dialect.sqlToQuery(statement);
  const result = await tx.$client.query<Row>(text, params);
  return result.rows;
}
