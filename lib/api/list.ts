import { z } from "zod";
import type { Cut, Place, Wanted } from "#db/queries/api-page.ts";
import { cursorText, type PageQuery, readCursor } from "#lib/api/cursor.ts";
import { type ApiResult, refuse } from "#lib/api/result.ts";

/** The reply of every list, newest first. */
export function listOf<Item extends z.ZodType>(item: Item) {
  const cursor = z.string().nullable();
  return z.strictObject({
    object: z.literal("list"),
    data: z.array(item),
    has_more: z.boolean().meta({ description: "There are more in the direction you asked for." }),
    after: cursor.meta({ description: "Give it back as `after` for older ones; null: there are none." }),
    before: cursor.meta({ description: "Give it back as `before` for newer ones, also later." }),
  });
}

export interface ListReply<Item> {
  object: "list";
  data: Item[];
  has_more: boolean;
  after: string | null;
  before: string | null;
}

/** Reads the cursors, reads the page, writes the reply. Problem: cursor_invalid. */
export async function page<Row, Item>(
  { limit, after, before }: PageQuery,
  read: (wanted: Wanted) => Promise<Cut<Row>>,
  write: (row: Row) => Item,
): Promise<ApiResult<ListReply<Item>>> {
  const [older, newer] = [placeOf(after), placeOf(before)];
  if (older === undefined || (older && newer)) return refuse("cursor_invalid", "after", { values: { param: "after" } });
  if (newer === undefined) return refuse("cursor_invalid", "before", { values: { param: "before" } });
  const found = await read({ limit, after: older, before: newer });
  const text = (place: Place | null) => place && cursorText(place);
  const data = found.rows.map(write);
  return { ok: true, value: { object: "list", data, has_more: found.hasMore, after: text(found.after), before: text(found.before) } };
}

/** Null: not given; undefined: no cursor of ours. */
function placeOf(text: string | undefined): Place | null | undefined {
  return text === undefined ? null : (readCursor(text) ?? undefined);
}
