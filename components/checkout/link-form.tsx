import { Heading } from "#components/checkout/heading.tsx";
import { LinkChoices } from "#components/checkout/link-choices.tsx";
import type { LinkPageProps } from "#components/checkout/link-page.tsx";
import { LinkQuestions } from "#components/checkout/link-questions.tsx";
import { BigAmount } from "#components/checkout/money.tsx";
import { formatMajor } from "#lib/domain/money.ts";
import { formatMoney, moneyParts } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { translator } from "#lib/i18n/translator.ts";
import type { LinkView } from "#lib/payments/checkout-link.ts";

/** What the shopper sends: never a price but where the link leaves it open; which, how many, and their answers. */
export function LinkForm(props: LinkPageProps) {
  const { link, locale, formKey, action } = props;
  const t = translator(locale, "checkout");
  const sure = link.amount && link.quantityMax === 1 ? link.amount : null;
  return (
    <form action={action} method={typeof action === "string" ? "post" : undefined} className="link-form" suppressHydrationWarning>
      <input type="hidden" name="slug" value={link.slug} />
      <input type="hidden" name="key" value={formKey} />
      <input type="hidden" name="revision" value={link.revision} />
      <Price {...props} />
      {link.quantityMax > 1 && <Quantity {...props} />}
      <LinkQuestions {...props} />
      <button type="submit" className="primary" suppressHydrationWarning>
        {sure ? t("link.pay", { amount: formatMoney(sure, locale) }) : t("link.continue")}
      </button>
    </form>
  );
}

function Price(props: LinkPageProps) {
  const { link, locale } = props;
  const t = translator(locale, "checkout");
  if (link.choices) return <LinkChoices {...props} choices={link.choices} />;
  if (!link.amount) return <AmountField {...props} />;
  return (
    <>
      <Heading>{t("link.what", { merchant: link.merchant.name })}</Heading>
      <BigAmount money={link.amount} locale={locale} />
    </>
  );
}

function AmountField({ link, locale, typed, problem }: LinkPageProps) {
  const t = translator(locale, "checkout");
  const sign = moneyParts({ minor: 0n, currency: link.currency }, locale).sign;
  const bad = problem?.field === "amount";
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
            defaultValue={typed.amount ?? (link.suggestedAmount ? formatMajor(link.suggestedAmount) : "")}
            aria-invalid={bad || undefined}
            aria-describedby={bad ? "problem amount-limits" : "amount-limits"}
            suppressHydrationWarning
          />
          <span>{link.currency}</span>
        </span>
      </label>
      <p className="small" id="amount-limits">
        {t("link.amount_between", limitsOf(link, locale))}
      </p>
    </>
  );
}

/** A number field: every browser has one, it needs no script, and it can be typed into. */
function Quantity({ link, locale, typed, problem }: LinkPageProps) {
  const t = translator(locale, "links");
  const bad = problem?.field === "quantity";
  const max = String(link.quantityMax);
  return (
    <div className="field link-field-gap">
      <label className="field-label" htmlFor="quantity">
        {t("page.quantity")}
      </label>
      <input
        id="quantity"
        name="quantity"
        type="number"
        inputMode="numeric"
        className="input"
        min={1}
        max={link.quantityMax}
        step={1}
        required
        defaultValue={typed.quantity ?? "1"}
        aria-invalid={bad || undefined}
        aria-describedby={bad ? "problem quantity-hint" : "quantity-hint"}
        suppressHydrationWarning
      />
      <p className="field-hint" id="quantity-hint">
        {link.amount ? t("page.quantity_hint", { max, price: formatMoney(link.amount, locale) }) : t("page.quantity_hint_choice", { max })}
      </p>
    </div>
  );
}

/** The limits of an amount the shopper enters, in their language; empty where there are none. */
export function limitsOf(link: LinkView, locale: Locale): { min: string; max: string } {
  const said = (money: LinkView["minAmount"]) => (money ? formatMoney(money, locale) : "");
  return { min: said(link.minAmount), max: said(link.maxAmount) };
}
