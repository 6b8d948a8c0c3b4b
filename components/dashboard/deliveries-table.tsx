import { type Reading, ShortMoment, ZoneHead } from "#components/dashboard/moment.tsx";
import { DeliveryStateDot } from "#components/dashboard/states.tsx";
import { Code } from "#components/ui/code.tsx";
import { Badge } from "#components/ui/dot.tsx";
import { Scroll } from "#components/ui/scroll.tsx";
import { TABLE } from "#components/ui/table.ts";
import type { Translator } from "#lib/i18n/translator.ts";

interface Row {
  id: string;
  orderId: string;
  reference: string;
  type: string;
  url: string;
  state: "pending" | "acknowledged" | "dead";
  tries: number;
  nextTryAt: Date;
  createdAt: Date;
  lastStatus: number | null;
  lastError: string | null;
}

/** Webhook messages; the order's page has each try with its answer. */
export function DeliveriesTable({ t, rows, reading }: { t: Translator<"dashboard">; rows: readonly Row[]; reading: Reading }) {
  const copy = { label: t("common.copy", { what: t("deliveries.message") }), done: t("common.copied") };
  return (
    <Scroll label={t("deliveries.title")}>
      <table className={TABLE.table}>
        <thead className={TABLE.head}>
          <tr>
            {(["created", "event", "state", "tries", "last", "next", "endpoint", "message"] as const).map((name) => (
              <th key={name} scope="col" className={name === "tries" ? TABLE.thNumber : TABLE.th}>
                {name === "created" || name === "next" ? (
                  <ZoneHead word={t(`deliveries.${name}`)} reading={reading} />
                ) : (
                  t(`deliveries.${name}`)
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} className={TABLE.row}>
              <td className={`${TABLE.td} text-ink-soft`}>
                <ShortMoment at={row.createdAt} reading={reading} />
              </td>
              <td className={`${TABLE.td} whitespace-nowrap`}>
                <a href={`/dashboard/orders/${row.orderId}`} className="text-jade underline underline-offset-4">
                  {row.type}
                  <span className="sr-only">, {row.reference}</span>
                </a>
              </td>
              <td className={TABLE.td}>
                <DeliveryStateDot t={t} state={row.state} />
              </td>
              <td className={TABLE.tdNumber}>{row.tries}</td>
              <td className={`${TABLE.td} max-w-48 truncate`} title={row.lastError ?? undefined}>
                {row.tries === 0 ? t("common.unavailable") : <LastAnswer row={row} none={t("timeline.noAnswer")} />}
              </td>
              <td className={`${TABLE.td} text-ink-soft`}>
                {row.state === "pending" ? <ShortMoment at={row.nextTryAt} reading={reading} /> : t("common.unavailable")}
              </td>
              <td className={`${TABLE.td} max-w-60 truncate`} title={row.url}>
                {row.url}
              </td>
              <td className={TABLE.td}>
                <Code text={row.id} copy={copy} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function LastAnswer({ row, none }: { row: Row; none: string }) {
  const good = row.lastStatus !== null && row.lastStatus < 300;
  return (
    <>
      <Badge tone={good ? "good" : "bad"}>{row.lastStatus ?? none}</Badge> {row.lastError}
    </>
  );
}
