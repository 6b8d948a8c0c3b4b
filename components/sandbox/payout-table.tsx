import { noticeWords } from "#components/sandbox/payment-table.tsx";
import { StateBadge } from "#components/sandbox/shell.tsx";
import { formatMoment, formatMoney } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import type { PayoutRow } from "#lib/sandbox/payout-rows.ts";

/** The latest payouts; a row leads to its payout. */
export function PayoutTable(props: {
  t: Translator<"sandbox">;
  locale: Locale;
  payouts: readonly PayoutRow[];
  counts: Record<string, Record<string, number>>;
}) {
  const { t, locale, payouts, counts } = props;
  if (payouts.length === 0) return <p className="empty">{t("console.noPayouts")}</p>;
  return (
    <div className="table-wrap">
      <table data-testid="payouts">
        <thead>
          <tr>
            <th scope="col">{t("console.number")}</th>
            <th scope="col" className="right">
              {t("console.amount")}
            </th>
            <th scope="col">{t("console.state")}</th>
            <th scope="col">{t("console.to")}</th>
            <th scope="col">{t("console.notices")}</th>
            <th scope="col">{t("console.created")}</th>
          </tr>
        </thead>
        <tbody>
          {payouts.map((payout) => (
            <tr key={payout.no}>
              <td>
                <a className="mono" href={`/sandbox/payouts/${payout.no}`} title={payout.no}>
                  {payout.no.slice(0, 8)}…{payout.no.slice(-6)}
                </a>
                <small>{payout.gateway}</small>
              </td>
              <td className="right number">{formatMoney({ minor: payout.amountMinor, currency: "CNY" }, locale)}</td>
              <td>
                <StateBadge t={t} state={payout.state} />
              </td>
              <td>{t("console.tail", { tail: payout.accountTail })}</td>
              <td>{noticeWords(t, counts[payout.no] ?? {})}</td>
              <td>
                <time dateTime={payout.createdAt.toISOString()}>{formatMoment(payout.createdAt, locale, "Asia/Shanghai")}</time>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
