import { z } from "zod";

/** A place in a list kept newest first by (instant, id). On the wire it is opaque text. */
export interface Cursor {
  at: Date;
  id: string;
}

/** What a list is asked with. */
export interface PageQuery {
  limit: number;
  after?: string | undefined;
  before?: string | undefined;
}

export const LIMIT_MAX = 100;
const LIMIT = 20;

/** The query parameters every list has; give it the list's own. */
export const PAGE_SHAPE = {
  limit: z.coerce.number().int().min(1).max(LIMIT_MAX).default(LIMIT).meta({ description: "How many at most: 1 to 100." }),
  after: z.string().max(200).optional().meta({ description: "Go on after this cursor (the `after` of the page before): older ones." }),
  before: z.string().max(200).optional().meta({ description: "Go back before this cursor (the `before` of a page): newer ones." }),
};

export function cursorText({ at, id }: Cursor): string {
  return Buffer.from(`${at.getTime()}.${id}`).toString("base64url");
}

/** Reads `cursorText`'s answer; anything else is null, an instant of a year with five digits too: PostgreSQL does not read it. */
export function readCursor(text: string): Cursor | null {
  const match = /^(\d{1,14})\.([\w.-]{1,80})$/.exec(Buffer.from(text, "base64url").toString("latin1"));
  if (!match?.[1] || !match[2]) return null;
  const at = new Date(Number(match[1]));
  return Number.isNaN(at.getTime()) ? null : { at, id: match[2] };
}
