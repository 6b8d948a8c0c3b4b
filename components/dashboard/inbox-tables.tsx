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
  /** What became of it last. */
  match: { orderId: string | null; reason: string | null } | null;
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
  words: Translator<"inbox">;
  rows: readonly Row[];
  reading: Reading;
}

/** Verified notifications; each opens to its fields, personal data masked. */
export function InboxTable({ t, words, rows, reading }: Props<Inbox>) {
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
            <th scope="col" className={TABLE.th}>
              <span className="sr-only">{words("look")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const orderId = row.orderId ?? row.match?.orderId;
            return (
              <tr key={row.id} className={`${TABLE.row} align-top`}>
                <td className={`${TABLE.td} pt-2 text-ink-soft`}>
                  <ShortMoment at={row.receivedAt} reading={reading} />
                </td>
                <td className={`${TABLE.td} pt-2`}>
                  <span className="flex flex-wrap items-center gap-2">
                    <VerdictDot t={t} verdict={row.verdict} />
                    {row.match?.reason ? <Badge tone="quiet">{words("settled")}</Badge> : null}
                  </span>
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
                <td className={`${TABLE.td} pt-2 text-right whitespace-nowrap`}>
                  <LookLink words={words} href={`/dashboard/notifications/${row.id}`} number={row.gatewayOrderNo} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
}

/** Messages with a wrong or missing signature: they changed nothing. Each has a page that says why it was refused. */
export function RefusedTable({ t, words, rows, reading }: Props<Refused>) {
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
            <th scope="col" className={TABLE.th}>
              <span className="sr-only">{words("look")}</span>
            </th>
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
              <td className={`${TABLE.td} min-w-48 break-words`}>{row.detail}</td>
              <td className={`${TABLE.td} whitespace-nowrap`}>{row.accountTitle}</td>
              <td className={`${TABLE.td} text-right whitespace-nowrap`}>
                <a
                  href={`/dashboard/notifications/refused/${row.accountId}.${row.slot}.${row.receivedAt.getTime()}`}
                  className="text-jade underline underline-offset-4"
                >
                  {t("inbox.why")} {row.gatewayOrderNo ? <span className="sr-only">{row.gatewayOrderNo}</span> : null}
                </a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function LookLink({ words, href, number }: { words: Props<never>["words"]; href: string; number: string }) {
  return (
    <a href={href} aria-label={words("lookAt", { number })} className="text-jade underline underline-offset-4">
      {words("look")}
    </a>
  );
}
