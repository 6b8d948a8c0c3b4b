import { type Database, db } from "#db/client.ts";
import { addVisits } from "#db/queries/link-figures.ts";
import { log } from "#lib/log.ts";

/** Openings wait at most this long before they are written together: a poster's rush is one statement, not one a person. */
const FLUSH_MS = 3000;
/** Links counted at a time; beyond, the rest waits in no memory: it is a figure, not money. */
const MOST_LINKS = 5000;

const waiting = new Map<string, number>();
let timer: NodeJS.Timeout | null = null;

/** Counts one opening of a link's page. Writes nothing by itself and never fails: the page does not wait for it. */
export function countVisit(linkId: string): void {
  if (!waiting.has(linkId) && waiting.size >= MOST_LINKS) return;
  waiting.set(linkId, (waiting.get(linkId) ?? 0) + 1);
  timer ??= setTimeout(() => void flushVisits(), FLUSH_MS).unref();
}

/** Writes what has been counted. What cannot be written now is counted again for the next time. */
export async function flushVisits(database: Database = db()): Promise<void> {
  if (timer) clearTimeout(timer);
  timer = null;
  const counted = [...waiting];
  waiting.clear();
  if (counted.length === 0) return;
  try {
    await addVisits(database, counted);
  } catch (error) {
    for (const [linkId, count] of counted) waiting.set(linkId, (waiting.get(linkId) ?? 0) + count);
    log.warn({ error: String(error) }, "link visits not written");
  }
}
