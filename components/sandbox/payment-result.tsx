import { Amount } from "#components/sandbox/amount.tsx";
import { Outcome } from "#components/sandbox/marks.tsx";
import type { Place } from "#components/sandbox/phone-shell.tsx";
import { formatMoment } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import { currencyOf, type PaymentRow } from "#lib/sandbox/rows.ts";

const KINDS = { INIT: "late", PAID: "good", FAIL: "bad", EXPIRED: "late", CLOSED: "late" } as const;

/** How a payment ended, and the way on. */
export function PaymentResult(props: {
  t: Translator<"sandbox">;
  locale: Locale;
  payment: PaymentRow;
  left: boolean;
  place: Place;
  again: string;
  returnTo: string | null;
  notice: string | null;
}) {
  const { t, locale, payment, left, place, again, returnTo, notice } = props;
  const words = left ? "left" : payment.state === "INIT" ? "left" : payment.state;
  return (
    <section className="result" aria-live="polite">
      <Outcome kind={KINDS[payment.state]} />
      <h2>{t(`result.${words}.title`)}</h2>
      <Amount money={{ minor: payment.amountMinor, currency: currencyOf(payment) }} locale={locale} />
      {notice ? (
        <p className="alert" role="alert">
          {notice}
        </p>
      ) : null}
      <p className="soft">{t(`result.${words}.hint`)}</p>
      <dl className="confirm-facts">
        <dt>{t("wallet.subject")}</dt>
        <dd>{payment.subject}</dd>
        <dt>{t("wallet.number")}</dt>
        <dd className="mono">{payment.no}</dd>
        {payment.paidAt ? <dt>{t("detail.paidAt")}</dt> : null}
        {payment.paidAt ? <dd>{formatMoment(payment.paidAt, locale, "Asia/Shanghai")}</dd> : null}
      </dl>
      {left ? (
        <a className="pay" href={again}>
          {t("wallet.back")}
        </a>
      ) : null}
      {returnTo ? (
        <a className={left ? "quiet" : "pay"} href={returnTo}>
          {t(payment.state === "PAID" ? "cashier.return" : "cashier.shop")}
        </a>
      ) : null}
      {place === "wallet" && !left ? (
        <a className="quiet" href="/sandbox/wallet">
          {t("wallet.done")}
        </a>
      ) : null}
    </section>
  );
}
