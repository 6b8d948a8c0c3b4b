import { db } from "#db/client.ts";
import { linkBySlug } from "#db/queries/links.ts";
import { orderByToken } from "#db/queries/orders.ts";
import { log } from "#lib/log.ts";

/** Tokens are 26 characters of base32 (lib/domain/ids.ts). */
const TOKEN = /^[0-9a-hjkmnp-tv-z]{20,32}$/;
const SLUG = /^[\w-]{1,80}$/;
/** Addresses remembered as known: orders and links are never deleted. */
const MOST_KNOWN = 20_000;

const known = new Set<string>();

/**
 * Whether a shopper's address (`/pay/<token>`, `/l/<slug>`) leads to something. Next answers `notFound()` of a page with
 * an empty document that its runtime fills, so proxy.ts asks here first and shows the real 404 page. Any other path is
 * known; so is everything while the database does not answer, since the page then says that.
 */
export async function isKnownAddress(path: string): Promise<boolean> {
  const [, kind, id = "", more] = path.split("/");
  if ((kind !== "pay" && kind !== "l") || more !== undefined) return true;
  if (!(kind === "pay" ? TOKEN : SLUG).test(id)) return false;
  if (known.has(path)) return true;
  try {
    const found = kind === "pay" ? await orderByToken(db(), id) : await linkBySlug(db(), id);
    if (!found) return false;
  } catch (error) {
    log.error({ error: String(error) }, "address could not be looked up");
    return true;
  }
  const oldest = known.size >= MOST_KNOWN ? known.values().next() : null;
  if (oldest && !oldest.done) known.delete(oldest.value);
  known.add(path);
  return true;
}
