import { and, asc, desc, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";

/**
 * Keyset paging, newest first, by (instant, id): a page costs the same wherever it is, and rows with equal instants are
 * never shown twice or left out. Instants have millisecond precision in the database and here, so they compare exactly.
 */
export interface Cursor {
  /** `older`: the rows after this one in the list; `newer`: the rows before it. */
  direction: "older" | "newer";
  at: Date;
  id: string;
}

export interface Page<Row> {
  rows: Row[];
  /** Cursor texts for the neighbouring pages; null when there is none. */
  newer: string | null;
  older: string | null;
}

/** Rows on a page. */
export const PAGE_ROWS = 50;

const TEXT = /^(older|newer)\.(\d{1,14})\.([\w-]{1,64})$/;

export function cursorText({ direction, at, id }: Cursor): string {
  return `${direction}.${at.getTime()}.${id}`;
}

/** Reads `cursorText`'s answer; anything else is null. */
export function readCursor(text: string): Cursor | null {
  const match = TEXT.exec(text);
  if (!match?.[2] || !match[3]) return null;
  return { direction: match[1] === "newer" ? "newer" : "older", at: new Date(Number(match[2])), id: match[3] };
}

/** The condition and order of one page of a list kept by these two columns. Read one row more than the page holds. */
export function pageOf(at: PgColumn, id: PgColumn, cursor: Cursor | null): { where: SQL | undefined; orderBy: SQL[] } {
  if (!cursor) return { where: undefined, orderBy: [desc(at), desc(id)] };
  const here = sql`(${cursor.at.toISOString()}::timestamptz, ${cursor.id})`;
  return cursor.direction === "older"
    ? { where: and(sql`(${at}, ${id}) < ${here}`), orderBy: [desc(at), desc(id)] }
    : { where: and(sql`(${at}, ${id}) > ${here}`), orderBy: [asc(at), asc(id)] };
}

/** Cuts the rows read by `pageOf` (up to PAGE_ROWS + 1) to a page in newest-first order, with its neighbours' cursors. */
export function cutPage<Row>(read: Row[], cursor: Cursor | null, keyOf: (row: Row) => { at: Date; id: string }): Page<Row> {
  const more = read.length > PAGE_ROWS;
  const rows = read.slice(0, PAGE_ROWS);
  const backwards = cursor?.direction === "newer";
  if (backwards) rows.reverse();
  const first = rows[0];
  const last = rows.at(-1);
  const hasNewer = backwards ? more : cursor !== null;
  const hasOlder = backwards ? true : more;
  return {
    rows,
    newer: first && hasNewer ? cursorText({ direction: "newer", ...keyOf(first) }) : null,
    older: last && hasOlder ? cursorText({ direction: "older", ...keyOf(last) }) : null,
  };
}
