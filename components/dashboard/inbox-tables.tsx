import { Facts, Fold } from "#components/dashboard/fold.tsx";
import { type Reading, ShortMoment, ZoneHead } from "#components/dashboard/moment.tsx";
import { VerdictDot } from "#components/dashboard/states.tsx";
import { refusalText } from "#components/dashboard/timeline-lines.tsx";
import { Code } from "#components/ui/code.tsx";
import { Badge } from "#components/ui/dot.tsx";
import { Scroll } from "#components/ui/scroll.tsx";
import { TABLE } from "#components/ui/table.ts";
import type { Translator } from "#lib/i18n/translator.ts";

interface Inbox {
  id: string;
  gatewayOrderNo: string;
  orderId: string | null;
  matchedOrderId: string | null;
  /** The payout with this number; null where there is none, or its reader may not see payouts. */
  payoutId: string | null;
  verdict: Parameters<typeof VerdictDot>[0]["verdict"];
  fields: Record<string, string>;
  accountTitle: string;
  receivedAt: Date;
}

interface Refused {
  accountId: string;
  slot: number;
  reason: string;
  detail: string;
  gatewayOrderNo: string | null;
  accountTitle: string;
  receivedAt: Date;
}

interface Props<Row> {
  t: Translator<"dashboard">;
  rows: readonly Row[];
  reading: Reading;
}

/** Verified notifications; each opens to its fields, personal data masked. */
export function InboxTable({ t, rows, reading }: Props<Inbox>) {
  const copy = { label: t("common.copy", { what: t("inbox.number") }), done: t("common.copied") };
  return (
    <Scroll label={t("inbox.verified")}>
      <table className={TABLE.table}>
        <thead className={TABLE.head}>
          <tr>
            {(["received", "verdict", "number", "order", "account"] as const).map((name) => (
              <th key={name} scope="col" className={TABLE.th}>
                {name === "received" ? <ZoneHead word={t(`inbox.${name}`)} reading={reading} /> : t(`inbox.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const orderId = row.orderId ?? row.matchedOrderId;
            return (
              <tr key={row.id} className={`${TABLE.row} align-top`}>
                <td className={`${TABLE.td} pt-2 text-ink-soft`}>
                  <ShortMoment at={row.receivedAt} reading={reading} />
                </td>
                <td className={`${TABLE.td} pt-2`}>
                  <VerdictDot t={t} verdict={row.verdict} />
                </td>
                <td className={TABLE.td}>
                  <Code text={row.gatewayOrderNo} copy={copy} keep={8} />
                  <Fold title={t("timeline.fields")}>
                    <Facts facts={Object.entries(row.fields)} />
                  </Fold>
                </td>
                <td className={`${TABLE.td} pt-2 whitespace-nowrap`}>
                  {orderId ? (
                    <a href={`/dashboard/orders/${orderId}`} className="text-jade underline underline-offset-4">
                      {t("common.open")} <span className="sr-only">{row.gatewayOrderNo}</span>
                    </a>
                  ) : row.payoutId ? (
                    <a href={`/dashboard/payouts/${row.payoutId}`} className="text-jade underline underline-offset-4">
                      {t("inbox.payout", { number: `…${row.gatewayOrderNo.slice(-6)}` })}
                    </a>
                  ) : (
                    <span className="text-ink-soft">{t(row.verdict === "orphan" ? "inbox.noOrderYet" : "inbox.noOrder")}</span>
                  )}
                </td>
                <td className={`${TABLE.td} pt-2 whitespace-nowrap`}>{row.accountTitle}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
}

/** Messages with a wrong or missing signature: they changed nothing. `examines`: their reader may ask the signature doctor. */
export function RefusedTable({ t, rows, reading, examines }: Props<Refused> & { examines: boolean }) {
  const copy = { label: t("common.copy", { what: t("inbox.number") }), done: t("common.copied") };
  return (
    <Scroll label={t("inbox.refused")}>
      <table className={TABLE.table}>
        <thead className={TABLE.head}>
          <tr>
            {(["received", "reason", "number", "detail", "account"] as const).map((name) => (
              <th key={name} scope="col" className={TABLE.th}>
                {name === "received" ? <ZoneHead word={t(`inbox.${name}`)} reading={reading} /> : t(`inbox.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.accountId} ${row.slot}`} className={TABLE.row}>
              <td className={`${TABLE.td} text-ink-soft`}>
                <ShortMoment at={row.receivedAt} reading={reading} />
              </td>
              <td className={TABLE.td}>
                <Badge tone="bad">{refusalText(t, row.reason)}</Badge>
              </td>
              <td className={TABLE.td}>
                {row.gatewayOrderNo ? <Code text={row.gatewayOrderNo} copy={copy} keep={8} /> : t("common.unavailable")}
              </td>
              <td className={`${TABLE.td} min-w-48 break-words`}>
                {row.detail}
                {examines ? (
                  <a
                    href={`/dashboard/developers/doctor?refused=${row.accountId}.${row.slot}`}
                    className="block w-fit text-jade underline underline-offset-4"
                  >
                    {t("inbox.why")} {row.gatewayOrderNo ? <span className="sr-only">{row.gatewayOrderNo}</span> : null}
                  </a>
                ) : null}
              </td>
              <td className={`${TABLE.td} whitespace-nowrap`}>{row.accountTitle}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
