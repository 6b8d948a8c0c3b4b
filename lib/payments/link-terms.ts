import type { Tx } from "#db/client.ts";
import { accountById } from "#db/queries/accounts.ts";
import type { LinkChange } from "#db/queries/links.ts";
import { storableText } from "#db/storable.ts";
import { fail, type Result } from "#lib/domain/errors.ts";
import { linkTerms } from "#lib/domain/link-terms.ts";
import type { CreateLinkInput } from "#lib/payments/link-input.ts";
import { isWebAddress } from "#lib/payments/open-order.ts";

const LOCALES = ["zh-CN", "zh-HK", "en"] as const;

/**
 * A link's terms, checked, as its row keeps them: lib/domain/link-terms.ts and what only the database knows, that the account
 * is the merchant's own and of the same kind of money. Problems name the wire's field.
 */
export async function checkedTerms(
  tx: Tx,
  owner: { merchantId: string; live: boolean },
  input: Omit<CreateLinkInput, "slug">,
): Promise<Result<Omit<LinkChange, "active">>> {
  const terms = linkTerms(storable(input));
  if (!terms.ok) return terms;
  if (input.notify_url && !isWebAddress(input.notify_url)) return fail("url_invalid", "notify_url");
  if (input.return_url && !isWebAddress(input.return_url)) return fail("url_invalid", "return_url");
  const locale = LOCALES.find((one) => one === input.locale) ?? null;
  if (input.locale && !locale) return fail("locale_invalid", "locale");
  const accountId = (input.account && storableText(input.account)) || null;
  const account = accountId ? await accountById(tx, accountId) : null;
  if (accountId && (account?.merchantId !== owner.merchantId || account.live !== owner.live)) return fail("account_not_found", "account");
  return {
    ok: true,
    value: { ...terms.value, notifyUrl: input.notify_url || null, returnUrl: input.return_url || null, accountId, locale },
  };
}

/** Every text as PostgreSQL can hold it, also inside lists (jsonb refuses NUL). */
function storable<T>(value: T): T {
  if (typeof value === "string") return storableText(value) as T;
  if (Array.isArray(value)) return value.map(storable) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, storable(one)])) as T;
}
