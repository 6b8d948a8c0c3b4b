import { notFound } from "next/navigation";
import { openSandbox, type PageProps, queryText, type Sandbox } from "#app/(sandbox)/open-sandbox.ts";
import { NoticeList } from "#components/sandbox/notice-list.tsx";
import { ActButton, Shell, StateBadge } from "#components/sandbox/shell.tsx";
import { formatMoment, formatMoney } from "#lib/i18n/format.ts";
import { isFault } from "#lib/sandbox/faults.ts";
import { paymentByAny, refundsOf } from "#lib/sandbox/listing.ts";
import { noticesOf } from "#lib/sandbox/notice-listing.ts";
import { currencyOf, type PaymentRow } from "#lib/sandbox/rows.ts";
import { readSaid } from "#lib/sandbox/said.ts";

/** One payment: what it is, its notices with every try, its refunds, and buttons to move it. */
export default async function PaymentPage({ params, searchParams }: PageProps<{ no: string }>) {
  const sandbox = await openSandbox();
  const { database, t, locale } = sandbox;
  const payment = await paymentByAny(database, (await params).no);
  if (!payment) notFound();
  const [notices, refunds, query] = await Promise.all([noticesOf(database, payment.no), refundsOf(database, payment.no), searchParams]);
  const currency = currencyOf(payment);
  const sent = queryText(query, "sent");
  const problem = queryText(query, "problem");
  const why = readSaid(problem);
  return (
    <Shell t={t} locale={locale} here={`/sandbox/payments/${payment.no}`} title={t("detail.title", { no: payment.no })}>
      <p>
        <a href="/sandbox">← {t("detail.back")}</a>
      </p>
      <p className="headline">
        <strong className="number">{formatMoney({ minor: payment.amountMinor, currency }, locale)}</strong>{" "}
        <StateBadge t={t} state={payment.state} />
      </p>
      {sent ? <p className="note">{t("detail.sent", { id: sent })}</p> : null}
      {problem ? (
        <p className="alert" role="alert">
          {why && why !== "left" ? t(`said.${why}`) : t("detail.problem", { why: t("detail.noAnswer") })}
        </p>
      ) : null}
      <Buttons t={t} payment={payment} />
      <section aria-labelledby="notices">
        <h2 id="notices">{t("detail.notices")}</h2>
        <NoticeList t={t} locale={locale} notices={notices} no={payment.no} />
      </section>
      <section aria-labelledby="refunds">
        <h2 id="refunds">{t("detail.refunds")}</h2>
        {refunds.length === 0 ? <p className="empty">{t("detail.noRefunds")}</p> : null}
        <ul className="armed">
          {refunds.map((refund) => (
            <li key={refund.no}>
              <span>
                <strong className="number">{formatMoney({ minor: refund.amountMinor, currency }, locale)}</strong>
                <small className="mono">
                  {refund.no} {refund.clientRefundNo}
                </small>
              </span>
              <time dateTime={refund.createdAt.toISOString()}>{formatMoment(refund.createdAt, locale, "Asia/Shanghai")}</time>
            </li>
          ))}
        </ul>
      </section>
      <Facts {...sandbox} payment={payment} />
    </Shell>
  );
}

function Buttons({ t, payment }: { t: Sandbox["t"]; payment: PaymentRow }) {
  const fields = { code: payment.code, in: "console" };
  const open = payment.state === "INIT";
  return (
    <div className="buttons">
      <a className="button button-strong" href={`/sandbox/wallet/pay/${payment.code}`}>
        {t("detail.open")}
      </a>
      {open ? <ActButton verb="pay" fields={fields} label={t("detail.pay")} /> : null}
      {open ? <ActButton verb="decline" fields={fields} label={t("detail.decline")} /> : null}
      {open ? <ActButton verb="expire" fields={fields} label={t("detail.expire")} /> : null}
      {payment.notifyUrl ? <ActButton verb="forge" fields={fields} label={t("detail.forge")} kind="danger" /> : null}
    </div>
  );
}

function Facts({ t, locale, payment }: Pick<Sandbox, "t" | "locale"> & { payment: PaymentRow }) {
  const at = (moment: Date | null): string | null => moment && formatMoment(moment, locale, "Asia/Shanghai");
  const currency = currencyOf(payment);
  const rows: [Parameters<Sandbox["t"]>[0], string | null][] = [
    ["detail.gateway", payment.gateway],
    ["detail.clientNo", payment.clientNo],
    ["detail.subject", payment.subject],
    ["console.method", payment.method],
    ["detail.exchangeRate", payment.exchangeRate],
    ["detail.payAmount", `${payment.payAmount} ${payment.payCurrency}`],
    ["detail.refunded", payment.refundedMinor > 0n ? formatMoney({ minor: payment.refundedMinor, currency }, locale) : null],
    ["detail.faults", payment.faults.map(({ fault }) => (isFault(fault) ? t(`fault.${fault}.title`) : fault)).join(", ") || null],
    ["detail.openid", payment.openid],
    ["detail.notifyUrl", payment.notifyUrl],
    ["detail.returnUrl", payment.returnUrl],
    ["detail.code", payment.code],
    ["detail.createdAt", at(payment.createdAt)],
    ["detail.expiresAt", at(payment.expiresAt)],
    ["detail.paidAt", at(payment.paidAt)],
    ["detail.acknowledgedAt", at(payment.acknowledgedAt)],
  ];
  return (
    <section aria-labelledby="facts">
      <h2 id="facts">{t("detail.facts")}</h2>
      <dl className="facts card">
        {rows.flatMap(([key, value]) =>
          value === null
            ? []
            : [
                <dt key={`${key}-name`}>{t(key)}</dt>,
                <dd key={key} className="mono">
                  {value}
                </dd>,
              ],
        )}
      </dl>
    </section>
  );
}
