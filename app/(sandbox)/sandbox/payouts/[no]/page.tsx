import { notFound } from "next/navigation";
import { openSandbox, type PageProps, queryText, type Sandbox } from "#app/(sandbox)/open-sandbox.ts";
import { NoticeList } from "#components/sandbox/notice-list.tsx";
import { ActButton, Shell, StateBadge } from "#components/sandbox/shell.tsx";
import { formatMoment, formatMoney } from "#lib/i18n/format.ts";
import { payoutByAny } from "#lib/sandbox/listing.ts";
import { noticesOf } from "#lib/sandbox/notice-listing.ts";
import type { PayoutRow } from "#lib/sandbox/payout-rows.ts";

/** One payout: what it is, its notices with every try, and buttons to end it. Whom it goes to shows only as four digits. */
export default async function PayoutPage({ params, searchParams }: PageProps<{ no: string }>) {
  const sandbox = await openSandbox();
  const { database, t, locale } = sandbox;
  const payout = await payoutByAny(database, (await params).no);
  if (!payout) notFound();
  const [notices, query] = await Promise.all([noticesOf(database, payout.no, "payout"), searchParams]);
  const sent = queryText(query, "sent");
  const problem = queryText(query, "problem");
  return (
    <Shell t={t} locale={locale} here={`/sandbox/payouts/${payout.no}`} title={t("payout.title", { no: payout.no })}>
      <p>
        <a href="/sandbox#payouts">← {t("payout.back")}</a>
      </p>
      <p className="headline">
        <strong className="number">{formatMoney({ minor: payout.amountMinor, currency: "CNY" }, locale)}</strong>{" "}
        <StateBadge t={t} state={payout.state} />
      </p>
      {sent ? <p className="note">{t("detail.sent", { id: sent })}</p> : null}
      {problem ? (
        <p className="alert" role="alert">
          {problem === "ended" ? t("payout.ended") : t("detail.problem", { why: t("detail.noAnswer") })}
        </p>
      ) : null}
      {payout.endedAt === null ? (
        <div className="buttons">
          <ActButton verb="payout" fields={{ no: payout.no, state: "PAID" }} label={t("payout.paid")} kind="strong" />
          <ActButton verb="payout" fields={{ no: payout.no, state: "FAIL" }} label={t("payout.fail")} kind="danger" />
        </div>
      ) : null}
      <section aria-labelledby="notices">
        <h2 id="notices">{t("detail.notices")}</h2>
        <NoticeList t={t} locale={locale} notices={notices} no={payout.no} of="payout" />
      </section>
      <Facts {...sandbox} payout={payout} />
    </Shell>
  );
}

function Facts({ t, locale, payout }: Pick<Sandbox, "t" | "locale"> & { payout: PayoutRow }) {
  const at = (moment: Date | null): string | null => moment && formatMoment(moment, locale, "Asia/Shanghai");
  const rows: [Parameters<Sandbox["t"]>[0], string | null][] = [
    ["detail.gateway", payout.gateway],
    ["payout.channel", payout.channel],
    ["detail.clientNo", payout.clientNo],
    ["console.to", t("console.tail", { tail: payout.accountTail })],
    ["payout.fee", `${payout.fee} CNY`],
    ["payout.channelNo", payout.channelNo],
    ["detail.notifyUrl", payout.notifyUrl],
    ["detail.createdAt", at(payout.createdAt)],
    ["payout.endedAt", at(payout.endedAt)],
    ["detail.acknowledgedAt", at(payout.acknowledgedAt)],
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
