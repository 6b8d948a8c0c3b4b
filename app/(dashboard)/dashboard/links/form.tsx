import { saveLink } from "#app/(dashboard)/dashboard/links/actions.ts";
import { LinksForm } from "#components/dashboard/links-form.tsx";
import { db } from "#db/client.ts";
import { type AccountListRow, listAccounts } from "#db/queries/dashboard-accounts.ts";
import type { MerchantRow } from "#db/queries/dashboard-merchants.ts";
import { CURRENCIES } from "#lib/domain/currency.ts";
import { env } from "#lib/env.ts";
import { ENGLISH } from "#lib/i18n/catalogue.ts";
import { LOCALE_NAMES, LOCALES, type Locale } from "#lib/i18n/locale.ts";
import { translator } from "#lib/i18n/translator.ts";

interface Props {
  merchant: MerchantRow;
  locale: Locale;
  /** The link that is edited; null: a new one. */
  link: { id: string; live: boolean } | null;
  values: Record<string, string>;
  accounts: readonly AccountListRow[];
}

/** A link's form with its words and choices: accounts of the same kind of money, every currency. */
export function LinkForm({ merchant, locale, link, values, accounts }: Props) {
  const t = translator(locale, "links");
  const names = Object.keys(ENGLISH.links.form) as (keyof typeof ENGLISH.links.form)[];
  // {n} is said by the form itself; the zone is known here.
  const words = Object.fromEntries(names.map((name) => [name, String(t.raw(`form.${name}`)).replace("{zone}", merchant.timeZone)]));
  return (
    <LinksForm
      submit={saveLink}
      hidden={{ merchant: merchant.id, ...(link && { link: link.id }) }}
      stored={link !== null}
      values={values}
      currencies={CURRENCIES}
      accounts={accounts.filter((one) => !link || one.live === link.live).map(({ id, title }) => ({ id, title }))}
      locales={LOCALES.map((tag) => ({ tag, name: LOCALE_NAMES[tag] }))}
      prefix={`${env().PUBLIC_URL}/l/`}
      words={words as typeof ENGLISH.links.form}
    />
  );
}

/** The accounts a link may be pinned to. */
export async function pinnable(merchantId: string): Promise<AccountListRow[]> {
  return (await listAccounts(db(), merchantId)).filter((one) => one.active);
}
