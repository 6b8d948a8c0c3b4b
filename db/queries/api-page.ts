import { asc, desc, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";

/** A place in a list kept newest first by (instant, id). */
export interface Place {
  at: Date;
  id: string;
}

/** Which rows of a list are wanted: those after a place (older), those before one (newer), or the newest. */
export interface Wanted {
  limit: number;
  after: Place | null;
  before: Place | null;
}

export interface Cut<Row> {
  rows: Row[];
  /** There are more in the direction that was asked for. */
  hasMore: boolean;
  /** Where to go on, and where to go back: null where nothing is known to be. */
  after: Place | null;
  before: Place | null;
}

/** The condition and order of such a page; read one row more than it holds, and give them to `cut`. */
export function windowOf(at: PgColumn, id: PgColumn | SQL, { after, before }: Wanted): { where: SQL | undefined; orderBy: SQL[] } {
  const here = (place: Place) => sql`(${place.at.toISOString()}::timestamptz, ${place.id})`;
  if (before) return { where: sql`(${at}, ${id}) > ${here(before)}`, orderBy: [asc(at), asc(id)] };
  return { where: after ? sql`(${at}, ${id}) < ${here(after)}` : undefined, orderBy: [desc(at), desc(id)] };
}

/** Cuts what was read to a page, newest first. Neighbouring pages neither repeat nor miss a row. */
export function cut<Row>(read: Row[], { limit, after, before }: Wanted, placeOf: (row: Row) => Place): Cut<Row> {
  const hasMore = read.length > limit;
  const rows = read.slice(0, limit);
  if (before) rows.reverse();
  const [first, last] = [rows[0], rows.at(-1)];
  return {
    rows,
    hasMore,
    after: last && (hasMore || before) ? placeOf(last) : null,
    // Of the newest page too: what is made later stands before it.
    before: first ? placeOf(first) : (before ?? after),
  };
}
