import { cache } from "react";
import { log } from "#lib/log.ts";
import { type LinkView, readLink } from "#lib/payments/checkout-link.ts";

const SLUG = /^[\w-]{1,80}$/;

/** The link, read once a request; null when there is none, `broken` when the database does not answer. */
export const linkOf = cache(async (slug: string): Promise<LinkView | "broken" | null> => {
  if (!SLUG.test(slug)) return null;
  try {
    return await readLink(slug);
  } catch (error) {
    log.error({ error: String(error) }, "link could not be read");
    return "broken";
  }
});
