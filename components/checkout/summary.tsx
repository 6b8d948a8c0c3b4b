import { Copyable } from "#components/checkout/copyable.tsx";
import { Countdown } from "#components/checkout/countdown.tsx";
import { EstimateLine } from "#components/checkout/estimate.tsx";
import { Merchant } from "#components/checkout/merchant.tsx";
import { BigAmount } from "#components/checkout/money.tsx";
import type { Scene } from "#components/checkout/scene.ts";

/** The order's side of the page: to whom, how much, what for, until when; numbers folded away. */
export function Summary({ scene }: { scene: Scene }) {
  const { view, t, locale } = scene;
  const payable = view.view !== "paid" && view.view !== "expired" && view.view !== "cancelled";
  return (
    <section className="summary" aria-label={t("summary.label")}>
      <Merchant name={view.merchant.name} logoUrl={view.merchant.brand.logoUrl} label={t("summary.pay_to")} />
      <BigAmount money={view.amount} locale={locale} />
      <EstimateLine scene={scene} />
      <p className="what-for">{view.title}</p>
      {payable && <Countdown scene={scene} />}
      <details className="details">
        <summary>{t("summary.details")}</summary>
        <dl className="facts">
          <dt>{t("summary.reference")}</dt>
          <dd>
            <Copyable t={t} label={t("summary.reference")} value={view.reference} />
          </dd>
          <dt>{t("summary.order")}</dt>
          <dd>
            <Copyable t={t} label={t("summary.order")} value={view.orderId} />
          </dd>
        </dl>
      </details>
    </section>
  );
}
