import { db } from "#db/client.ts";
import { readEmbedOriginsOf } from "#db/queries/embed-origins.ts";
import { linkBySlug } from "#db/queries/links.ts";
import { orderByToken } from "#db/queries/orders.ts";
import { framersOf } from "#lib/domain/embed.ts";
import { log } from "#lib/log.ts";

/** Tokens are 26 characters of base32 (lib/domain/ids.ts). */
const TOKEN = /^[0-9a-hjkmnp-tv-z]{20,32}$/;
const SLUG = /^[\w-]{1,80}$/;
/** Addresses remembered as known: orders and links are never deleted. */
const MOST_KNOWN = 20_000;

/** How long a merchant's list of framing pages is remembered: what was saved counts for new documents after it. */
const FRAMERS_MS = 3000;
const MOST_LISTS = 2000;

/** Whose an address is; neither of the two ever changes. */
interface Owner {
  merchantId: string;
  live: boolean;
}

const known = new Map<string, Owner>();
const lists = new Map<string, { origins: readonly string[]; until: number }>();

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
    const found = kind === "pay" ? await orderByToken(db(), id) : (await linkBySlug(db(), id))?.link;
    if (!found) return false;
    remember(known, MOST_KNOWN, path, { merchantId: found.merchantId, live: found.live });
  } catch (error) {
    log.error({ error: String(error) }, "address could not be looked up");
  }
  return true;
}

/**
 * Who besides ourselves may show this address in a frame (issue 5, item 4), in a policy's words: the merchant's own list
 * for its orders and links, nobody for anything else, nor while the database does not answer.
 */
export async function framersOfAddress(path: string, now = Date.now()): Promise<readonly string[]> {
  const owner = known.get(path);
  if (!owner) return [];
  const kept = lists.get(owner.merchantId);
  if (kept && kept.until > now) return framersOf(kept.origins, owner.live);
  try {
    const origins = await readEmbedOriginsOf(db(), owner.merchantId);
    remember(lists, MOST_LISTS, owner.merchantId, { origins, until: now + FRAMERS_MS });
    return framersOf(origins, owner.live);
  } catch (error) {
    log.error({ error: String(error) }, "framing pages could not be looked up");
    return [];
  }
}

function remember<T>(memory: Map<string, T>, most: number, key: string, value: T): void {
  const oldest = memory.size >= most ? memory.keys().next() : null;
  if (oldest && !oldest.done) memory.delete(oldest.value);
  memory.set(key, value);
}
