import { BrandColours } from "#components/checkout/brand-colours.tsx";
import { Footer } from "#components/checkout/footer.tsx";
import { Heading } from "#components/checkout/heading.tsx";
import { Merchant } from "#components/checkout/merchant.tsx";
import { BigAmount } from "#components/checkout/money.tsx";
import { ProblemNote } from "#components/checkout/problem-note.tsx";
import type { FormTarget } from "#components/checkout/scene.ts";
import type { Problem } from "#lib/domain/errors.ts";
import { formatMoney, moneyParts } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { translator } from "#lib/i18n/translator.ts";
import type { LinkView } from "#lib/payments/checkout-link.ts";

interface Props {
  link: LinkView;
  locale: Locale;
  /** Made when the page is drawn: pressing twice makes one order. */
  formKey: string;
  /** What the shopper typed before a problem. */
  typed: string;
  problem: Problem | null;
  /** The request's, for the shop's colours. */
  nonce?: string | undefined;
  action: FormTarget;
}

/** A merchant's link: who, what for, how much (fixed, or entered within limits), and one button. */
export function LinkPage(props: Props) {
  const { link, locale, problem } = props;
  const t = translator(locale, "checkout");
  return (
    <div className="page">
      <BrandColours brand={link.merchant.brand} nonce={props.nonce} />
      {!link.live && (
        <aside className="sandbox" aria-label={t("sandbox.title")}>
          <p>
            <strong>{t("sandbox.title")}</strong> <span>{t("sandbox.words")}</span>
          </p>
        </aside>
      )}
      <main className="panes" data-view="link" data-link={link.slug} aria-labelledby="state">
        <section className="summary" aria-label={t("summary.label")}>
          <Merchant name={link.merchant.name} logoUrl={link.merchant.brand.logoUrl} label={t("summary.pay_to")} />
          <p className="link-title">{link.title}</p>
          {link.description && <p className="link-description">{link.description}</p>}
        </section>
        <section className="action" aria-labelledby="state">
          {problem && <ProblemNote problem={{ ...problem, values: limitsOf(link, locale) }} locale={locale} />}
          <LinkForm {...props} />
        </section>
      </main>
      <Footer locale={locale} t={t} contact={link.merchant.brand.supportContact} />
    </div>
  );
}

function LinkForm({ link, locale, formKey, typed, problem, action }: Props) {
  const t = translator(locale, "checkout");
  return (
    <form action={action} method={typeof action === "string" ? "post" : undefined} className="link-form" suppressHydrationWarning>
      <input type="hidden" name="slug" value={link.slug} />
      <input type="hidden" name="key" value={formKey} />
      {link.amount ? (
        <>
          <Heading>{t("link.what", { merchant: link.merchant.name })}</Heading>
          <BigAmount money={link.amount} locale={locale} />
        </>
      ) : (
        <AmountField link={link} locale={locale} typed={typed} bad={problem?.field === "amount"} />
      )}
      <button type="submit" className="primary" suppressHydrationWarning>
        {link.amount ? t("link.pay", { amount: formatMoney(link.amount, locale) }) : t("link.continue")}
      </button>
    </form>
  );
}

function AmountField({ link, locale, typed, bad }: { link: LinkView; locale: Locale; typed: string; bad: boolean }) {
  const t = translator(locale, "checkout");
  const limits = limitsOf(link, locale);
  const sign = moneyParts({ minor: 0n, currency: link.currency }, locale).sign;
  return (
    <>
      <Heading>{t("link.enter")}</Heading>
      <label className="amount-field">
        <span className="amount-label">{t("link.amount")}</span>
        <span className="amount-box">
          <span aria-hidden="true">{sign}</span>
          <input
            name="amount"
            type="text"
            inputMode="decimal"
            autoComplete="off"
            enterKeyHint="go"
            maxLength={20}
            required
            defaultValue={typed}
            aria-invalid={bad || undefined}
            aria-describedby={bad ? "problem amount-limits" : "amount-limits"}
            suppressHydrationWarning
          />
          <span>{link.currency}</span>
        </span>
      </label>
      <p className="small" id="amount-limits">
        {t("link.amount_between", limits)}
      </p>
    </>
  );
}

function limitsOf(link: LinkView, locale: Locale): { min: string; max: string } {
  const said = (money: LinkView["minAmount"]) => (money ? formatMoney(money, locale) : "");
  return { min: said(link.minAmount), max: said(link.maxAmount) };
}
