import { Fragment, type ReactNode } from "react";
import { Copyable } from "#components/checkout/copyable.tsx";
import { Heading } from "#components/checkout/heading.tsx";
import { methodName, type Scene } from "#components/checkout/scene.ts";
import { isCurrency } from "#lib/domain/currency.ts";
import { isMoneyProblem, parseMoney } from "#lib/domain/money.ts";
import { shortRate } from "#lib/domain/rate.ts";
import { formatMoment, formatMoney } from "#lib/i18n/format.ts";

/** The receipt: what was paid, when (with zone), how, both numbers to copy; print it, go back to the shop. */
export function Paid({ scene }: { scene: Scene }) {
  const { view, t, locale } = scene;
  const paid = view.paid;
  if (!paid) return null;
  const refunded = formatMoney(paid.refunded, locale);
  const words = {
    refunded: t("paid.refunded_words", { amount: refunded }),
    part_refunded: t("paid.part_refunded_words", { amount: refunded }),
  };
  const titles = { refunded: t("paid.refunded_title"), part_refunded: t("paid.part_refunded_title") };
  const turned = view.detail === "refunded" || view.detail === "part_refunded" ? view.detail : null;
  return (
    <>
      <div className="check" data-kind={turned ?? "paid"}>
        <svg viewBox="0 0 48 48" width="56" height="56" aria-hidden="true">
          <circle cx="24" cy="24" r="23" />
          <path d={turned === "refunded" ? "M33 24H16m7-8-8 8 8 8" : "M14 25l7 7 14-15"} pathLength={1} />
        </svg>
      </div>
      <Heading words={turned ? words[turned] : t("paid.words", { merchant: view.merchant.name })}>
        {turned ? titles[turned] : t("paid.title")}
      </Heading>
      {paid.late && <p className="note note-warn">{t("paid.late")}</p>}
      {view.successMessage && !turned && <p className="note success-message">{view.successMessage}</p>}
      <Receipt scene={scene} paid={paid} />
      <HandOff scene={scene} paid={paid} />
      <div className="receipt-actions">
        {view.returnUrl && (
          <a className="primary" href={view.returnUrl}>
            {t("paid.back")}
          </a>
        )}
        <button type="button" className="secondary js-only" data-print suppressHydrationWarning>
          {t("paid.print")}
        </button>
      </div>
      <p className="small no-print">{t("paid.keep")}</p>
    </>
  );
}

/** A payment older than this was seen before: its page is a receipt, and stays. */
const FRESH_SECONDS = 120;

/**
 * Back to the shop by itself, moments after paying: the script waits until the shop's webhook has acknowledged, three
 * seconds at least and fifteen at most, and gives way to whoever touches the page. Its place is kept, so nothing jumps.
 */
function HandOff({ scene, paid }: { scene: Scene; paid: NonNullable<Scene["view"]["paid"]> }) {
  const { view, t } = scene;
  if (!view.returnUrl || view.detail !== "paid" || view.successMessage || paid.secondsAgo > FRESH_SECONDS) return null;
  return (
    <p
      className="handoff js-only"
      role="status"
      data-handoff={view.returnUrl}
      data-told={view.shopTold ? "" : undefined}
      suppressHydrationWarning
    >
      <span>{t("paid.handoff", { merchant: view.merchant.name })}</span>
      <button type="button" className="quiet" suppressHydrationWarning>
        {t("paid.stay")}
      </button>
    </p>
  );
}

/** In the reader's manner where the gateway's decimals are an amount of that currency, else letter for letter (seeds/000 has 0.877). */
function chargedWords({ amount, currency }: NonNullable<NonNullable<Scene["view"]["paid"]>["charged"]>, locale: Scene["locale"]): string {
  const money = isCurrency(currency) ? parseMoney(amount, currency) : "format";
  return isMoneyProblem(money) ? `${amount} ${currency}` : formatMoney(money, locale);
}

function Receipt({ scene, paid }: { scene: Scene; paid: NonNullable<Scene["view"]["paid"]> }) {
  const { view, t, locale } = scene;
  const rate = view.attempt?.exchangeRate;
  const foreign = view.amount.currency !== "CNY";
  const number = (label: string, value: string) => <Copyable t={t} label={label} value={value} />;
  const rows: (readonly [string, ReactNode] | null)[] = [
    [t("paid.amount"), formatMoney(view.amount, locale)],
    paid.refunded.minor > 0n ? [t("paid.refunded"), formatMoney(paid.refunded, locale)] : null,
    [t("paid.time"), formatMoment(paid.at, locale, view.timeZone)],
    [t("paid.method"), methodName(t, paid.method)],
    paid.charged ? [t("paid.charged"), chargedWords(paid.charged, locale)] : null,
    rate && foreign ? [t("paid.rate"), t("paid.rate_value", { currency: view.amount.currency, rate: shortRate(rate) })] : null,
    [t("paid.reference"), number(t("paid.reference"), view.reference)],
    [t("paid.gateway_order_no"), number(t("paid.gateway_order_no"), paid.gatewayOrderNo)],
    paid.gatewayRef ? [t("paid.gateway_ref"), number(t("paid.gateway_ref"), paid.gatewayRef)] : null,
  ];
  return (
    <dl className="facts receipt" aria-label={t("paid.receipt")}>
      {rows.map(
        (row) =>
          row && (
            <Fragment key={row[0]}>
              <dt>{row[0]}</dt>
              <dd>{row[1]}</dd>
            </Fragment>
          ),
      )}
    </dl>
  );
}
