import { getTableColumns, type InferSelectModel, type Table } from "drizzle-orm";

type Reader = readonly (readonly [key: string, column: string, read: (value: never) => unknown])[];
const readers = new WeakMap<Table, Reader>();

/** Turns a raw row of a prepared statement into the table's type: what drizzle's own selects do, without their cost. */
export function rowOf<T extends Table>(table: T, row: Record<string, unknown>): InferSelectModel<T> {
  const result: Record<string, unknown> = {};
  for (const [key, column, read] of readerOf(table)) {
    const value = row[column];
    result[key] = value === null || value === undefined ? null : read(value as never);
  }
  return result as InferSelectModel<T>;
}

/**
 * A table's columns for a prepared statement, in place of `*`: a process of the last release keeps its prepared statements
 * while the next one's migration adds a column, and PostgreSQL then refuses each `*` ("cached plan must not change result type").
 */
export function columnsOf(table: Table, alias: string): string {
  return Object.values(getTableColumns(table))
    .map(({ name }) => `${alias}."${name}"`)
    .join(", ");
}

/** A table's columns for a statement that gives rows of two tables at once: each under its own prefix. Read with `rowAs`. */
export function columnsAs(table: Table, alias: string, prefix: string): string {
  return Object.values(getTableColumns(table))
    .map(({ name }) => `${alias}."${name}" as "${prefix}${name}"`)
    .join(", ");
}

/** What `rowOf` does, of the columns under `prefix`. */
export function rowAs<T extends Table>(table: T, row: Record<string, unknown>, prefix: string): InferSelectModel<T> {
  const result: Record<string, unknown> = {};
  for (const [key, column, read] of readerOf(table)) {
    const value = row[prefix + column];
    result[key] = value === null || value === undefined ? null : read(value as never);
  }
  return result as InferSelectModel<T>;
}

function readerOf(table: Table): Reader {
  let reader = readers.get(table);
  if (!reader) {
    reader = Object.entries(getTableColumns(table)).map(([key, column]) => {
      const read = (value: never): unknown => ((value as unknown) instanceof Date ? value : column.mapFromDriverValue(value));
      return [key, column.name, read] as const;
    });
    readers.set(table, reader);
  }
  return reader;
}
