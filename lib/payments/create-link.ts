import { type Database, db, inTransaction } from "#db/client.ts";
import { type Also, nothingAlong } from "#db/queries/audit.ts";
import { type CheckoutLink, insertLink } from "#db/queries/links.ts";
import { fail, type Result } from "#lib/domain/errors.ts";
import { newId, newToken } from "#lib/domain/ids.ts";
import { SLUG, SLUG_MAX } from "#lib/domain/link-terms.ts";
import type { CreateLinkInput } from "#lib/payments/link-input.ts";
import { checkedTerms } from "#lib/payments/link-terms.ts";

/** Of a made-up slug: 50 random bits, short enough to be read from a poster. */
const SLUG_LENGTH = 10;

/**
 * Makes a checkout link, open at once. Its slug is the merchant's wish, unique over all merchants (`slug_taken`), or made up;
 * it and `live` never change. Problems name the wire's field: see lib/domain/link-terms.ts, url_invalid, account_not_found,
 * locale_invalid, times_invalid (an end in the past), slug_invalid, slug_taken.
 */
export async function createLink(
  input: { merchantId: string; live: boolean; link: CreateLinkInput },
  database: Database = db(),
  also: Also = nothingAlong,
): Promise<Result<CheckoutLink>> {
  const { slug, ...given } = input.link;
  if (slug !== undefined && !SLUG.test(slug)) return fail("slug_invalid", "slug", { max: String(SLUG_MAX) });
  const terms = await checkedTerms(database, input, given);
  if (!terms.ok) return terms;
  if (terms.value.expiresAt && terms.value.expiresAt.getTime() <= Date.now()) return fail("times_invalid", "expires_at");
  const { merchantId, live } = input;
  const row = { ...terms.value, id: newId("link"), merchantId, live, slug: slug ?? newToken().slice(0, SLUG_LENGTH) };
  const link = await inTransaction(database, async (tx) => {
    const made = await insertLink(tx, row);
    if (made) await also(tx, made.id);
    return made;
  });
  return link ? { ok: true, value: link } : fail("slug_taken", "slug");
}
