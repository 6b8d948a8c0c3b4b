import { openSandbox, type PageProps, queryText } from "#app/(sandbox)/open-sandbox.ts";
import { FaultSection } from "#components/sandbox/fault-section.tsx";
import { GatewayCard } from "#components/sandbox/gateway-card.tsx";
import { PaymentTable } from "#components/sandbox/payment-table.tsx";
import { PayoutTable } from "#components/sandbox/payout-table.tsx";
import { Shell } from "#components/sandbox/shell.tsx";
import { listArmed } from "#lib/sandbox/armed.ts";
import { describeGateways } from "#lib/sandbox/gateway-listing.ts";
import { listPayments, listPayouts } from "#lib/sandbox/listing.ts";
import { noticeCounts } from "#lib/sandbox/notice-listing.ts";

const PAYMENTS = 50;
const PAYOUTS = 20;
const ARMED = 20;

/** The console: payments, payouts, faults, the gateways with their accounts. */
export default async function ConsolePage({ searchParams }: PageProps) {
  const { database, t, locale, origin } = await openSandbox();
  const [payments, payouts, armed, gateways, query] = await Promise.all([
    listPayments(database, PAYMENTS),
    listPayouts(database, PAYOUTS),
    listArmed(database, ARMED),
    describeGateways(database, origin),
    searchParams,
  ]);
  const counts = await noticeCounts(
    database,
    [...payments, ...payouts].map(({ no }) => no),
  );
  return (
    <Shell t={t} locale={locale} here="/sandbox" title={t("console.title")} lead={t("console.lead")}>
      <section aria-labelledby="payments">
        <div className="section-head">
          <h2 id="payments">{t("console.payments")}</h2>
          <a className="button" href="/sandbox">
            {t("console.refresh")}
          </a>
        </div>
        <PaymentTable t={t} locale={locale} payments={payments} counts={counts} />
      </section>
      <section aria-labelledby="payouts">
        <h2 id="payouts">{t("console.payouts")}</h2>
        <p className="soft">{t("console.payoutsLead")}</p>
        <PayoutTable t={t} locale={locale} payouts={payouts} counts={counts} />
      </section>
      <FaultSection t={t} armed={armed} problem={queryText(query, "problem")} gateways={gateways.map(({ id }) => id)} />
      <section aria-labelledby="gateways">
        <h2 id="gateways">{t("console.gateways")}</h2>
        <p className="soft">{t("console.gatewaysLead")}</p>
        {gateways.map((gateway) => (
          <GatewayCard key={gateway.id} t={t} gateway={gateway} />
        ))}
      </section>
    </Shell>
  );
}
