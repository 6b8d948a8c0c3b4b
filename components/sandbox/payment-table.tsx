import { StateBadge } from "#components/sandbox/shell.tsx";
import { formatMoment, formatMoney } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import { currencyOf, type PaymentRow } from "#lib/sandbox/rows.ts";

const NOTICE_STATES = ["waiting", "acknowledged", "given_up", "lost"] as const;

/** The latest payments; a row leads to its payment. */
export function PaymentTable(props: {
  t: Translator<"sandbox">;
  locale: Locale;
  payments: readonly PaymentRow[];
  counts: Record<string, Record<string, number>>;
}) {
  const { t, locale, payments, counts } = props;
  if (payments.length === 0)
    return (
      <div className="empty">
        <p>{t("console.noPayments")}</p>
        <a className="button button-strong" href="/sandbox/shop">
          {t("console.toShop")}
        </a>
      </div>
    );
  return (
    <div className="table-wrap">
      <table>
        <thead>
          <tr>
            <th scope="col">{t("console.number")}</th>
            <th scope="col" className="right">
              {t("console.amount")}
            </th>
            <th scope="col">{t("console.state")}</th>
            <th scope="col">{t("console.method")}</th>
            <th scope="col">{t("console.notices")}</th>
            <th scope="col">{t("console.created")}</th>
          </tr>
        </thead>
        <tbody>
          {payments.map((payment) => (
            <tr key={payment.no}>
              <td>
                <a className="mono" href={`/sandbox/payments/${payment.no}`} title={payment.no}>
                  {payment.no.slice(0, 8)}…{payment.no.slice(-6)}
                </a>
                <small>{payment.subject}</small>
              </td>
              <td className="right number">{formatMoney({ minor: payment.amountMinor, currency: currencyOf(payment) }, locale)}</td>
              <td>
                <StateBadge t={t} state={payment.state} />
              </td>
              <td>
                {payment.method}
                <small>{payment.gateway}</small>
              </td>
              <td>{noticeWords(t, counts[payment.no] ?? {})}</td>
              <td>
                <time dateTime={payment.createdAt.toISOString()}>{formatMoment(payment.createdAt, locale, "Asia/Shanghai")}</time>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** "1 acknowledged, 2 waiting", or a dash. */
export function noticeWords(t: Translator<"sandbox">, counts: Record<string, number>): string {
  const words = NOTICE_STATES.filter((state) => counts[state]).map((state) => `${counts[state]} ${t(`notice.${state}`)}`);
  return words.length > 0 ? words.join(", ") : "–";
}
