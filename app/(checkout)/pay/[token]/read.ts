import { cache } from "react";
import { currentLocale, currentShopper } from "#lib/action.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { log } from "#lib/log.ts";
import type { CheckoutView } from "#lib/payments/checkout-view.ts";
import { readCheckout } from "#lib/payments/read-checkout.ts";

/** Tokens are 26 characters of base32 (lib/domain/ids.ts); anything else is not worth a query. */
const TOKEN = /^[0-9a-hjkmnp-tv-z]{20,32}$/;

/**
 * The order behind the token, read once a request, whoever asks (layout, metadata, page). `broken`: the database did
 * not answer; the page then says so itself, since an error boundary would need the framework's runtime.
 */
export const checkoutOf = cache(async (token: string): Promise<CheckoutView | "broken" | null> => {
  if (!TOKEN.test(token)) return null;
  const shopper = await currentShopper();
  try {
    return await readCheckout(token, shopper);
  } catch (error) {
    log.error({ error: String(error) }, "checkout could not be read");
    return "broken";
  }
});

/** The language of this order's page; of the request alone when there is no such order. */
export async function localeOfCheckout(token: string): Promise<Locale> {
  const view = await checkoutOf(token);
  return currentLocale(view === "broken" ? null : (view?.locale ?? null));
}
