import type { Reading } from "#components/dashboard/moment.tsx";
import { CARD } from "#components/ui/card.ts";
import { formatMoment } from "#lib/i18n/format.ts";
import { isLocale, LOCALE_NAMES } from "#lib/i18n/locale.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import type { LinkWire } from "#lib/payments/link-input.ts";

/** Everything a link says and asks, but what its head shows already; what is not set is left out. */
export function LinkTermsList(props: { t: Translator<"links">; link: LinkWire; account: string | null; reading: Reading }) {
  const { t, link, account, reading } = props;
  const time = (text: string | null) => text && formatMoment(new Date(text), reading.locale, reading.timeZone);
  const rows: (readonly [label: string, value: string | null])[] = [
    [t("form.description"), link.description || null],
    [t("one.choice"), link.choices?.map((one) => `${one.label} ${one.amount}`).join(" · ") ?? null],
    [t("form.suggested_amount"), link.suggested_amount],
    [t("form.quantity_max"), link.quantity_max === null ? null : String(link.quantity_max)],
    [t("form.stock"), link.stock === null ? null : String(link.stock)],
    [t("form.opens_at"), time(link.opens_at)],
    [t("form.expires_at"), time(link.expires_at)],
    ...link.fields.map((field, index) => [t("form.question", { n: index + 1 }), `${field.label} (${field.key})`] as const),
    [t("form.success_message"), link.success_message],
    [t("form.return_url"), link.return_url],
    [t("form.notify_url"), link.notify_url],
    [t("form.locale"), isLocale(link.locale) ? LOCALE_NAMES[link.locale] : null],
    [t("form.account"), account],
    [t("one.created_at"), time(link.created_at)],
  ];
  return (
    <section className={CARD} aria-labelledby="terms">
      <h2 id="terms" className="mb-3 font-semibold">
        {t("one.terms")}
      </h2>
      <dl className="grid gap-3 text-sm">
        {rows.map(([label, value]) =>
          value ? (
            <div key={label} className="min-w-0">
              <dt className="text-xs text-ink-soft">{label}</dt>
              <dd className="break-words whitespace-pre-line">{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
    </section>
  );
}
