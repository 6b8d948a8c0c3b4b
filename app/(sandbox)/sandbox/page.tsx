import { openSandbox, type PageProps, queryText, type Sandbox } from "#app/(sandbox)/open-sandbox.ts";
import { FaultSection } from "#components/sandbox/fault-section.tsx";
import { PaymentTable } from "#components/sandbox/payment-table.tsx";
import { Shell } from "#components/sandbox/shell.tsx";
import { listArmed } from "#lib/sandbox/armed.ts";
import { listAccounts, listPayments, noticeCounts } from "#lib/sandbox/listing.ts";

const PAYMENTS = 50;
const ARMED = 20;

/** The console: payments, faults, accounts. */
export default async function ConsolePage({ searchParams }: PageProps) {
  const sandbox = await openSandbox();
  const { database, t, locale } = sandbox;
  const [payments, armed, query] = await Promise.all([listPayments(database, PAYMENTS), listArmed(database, ARMED), searchParams]);
  const counts = await noticeCounts(
    database,
    payments.map((payment) => payment.no),
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
      <FaultSection t={t} armed={armed} problem={queryText(query, "problem")} />
      <Accounts {...sandbox} />
    </Shell>
  );
}

async function Accounts({ database, t, origin }: Sandbox) {
  const accounts = await listAccounts(database);
  return (
    <section aria-labelledby="accounts">
      <h2 id="accounts">{t("console.accounts")}</h2>
      {accounts.length === 0 ? <p className="empty">{t("console.noAccounts")}</p> : null}
      {accounts.map((account) => (
        <article key={account.merchantNo} className="card">
          <h3>{account.name}</h3>
          <dl className="facts">
            <dt>{t("console.gateway")}</dt>
            <dd>{account.gateway}</dd>
            <dt>{t("console.caller")}</dt>
            <dd className="mono">{account.callerNo}</dd>
            <dt>{t("console.merchant")}</dt>
            <dd className="mono">{account.merchantNo}</dd>
            <dt>{t("console.baseUrl")}</dt>
            <dd className="mono">{`${origin}/sandbox/gateway/${account.gateway}`}</dd>
            <dt>{t("console.page")}</dt>
            <dd className="mono">{account.pageUrl ?? t("console.none")}</dd>
          </dl>
          {account.gatewayPublicKey ? (
            <details>
              <summary>{t("console.publicKey")}</summary>
              <pre>{account.gatewayPublicKey}</pre>
            </details>
          ) : null}
        </article>
      ))}
    </section>
  );
}
