import { type Reading, ShortMoment, ZoneHead } from "#components/dashboard/moment.tsx";
import { DeliveryStateDot } from "#components/dashboard/states.tsx";
import { Badge } from "#components/ui/dot.tsx";
import { Scroll } from "#components/ui/scroll.tsx";
import { TABLE } from "#components/ui/table.ts";
import type { Translator } from "#lib/i18n/translator.ts";

interface Row {
  id: string;
  reference: string | null;
  type: string;
  url: string;
  state: "pending" | "acknowledged" | "dead";
  tries: number;
  nextTryAt: Date;
  createdAt: Date;
  lastStatus: number | null;
  lastError: string | null;
}

/** Webhook messages; each one's own page has every try with its answer. */
export function DeliveriesTable(props: {
  t: Translator<"dashboard">;
  words: Translator<"webhooks">;
  rows: readonly Row[];
  reading: Reading;
  /** All of one endpoint, which need not be named in every row. */
  ofOne?: boolean;
}) {
  const { t, words, rows, reading, ofOne } = props;
  return (
    <Scroll label={t("deliveries.title")}>
      <table className={TABLE.table}>
        <thead className={TABLE.head}>
          <tr>
            {(["created", "event", "state", "tries", "last", "next", "endpoint"] as const)
              .filter((name) => !(ofOne && name === "endpoint"))
              .map((name) => (
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
                <a
                  href={`/dashboard/deliveries/${row.id}`}
                  className="inline-flex min-h-6 items-center text-jade underline underline-offset-4"
                >
                  {row.type}
                  <span className="sr-only">, {row.reference ?? words("deliveries.test")}</span>
                </a>
                {row.reference ? (
                  <span aria-hidden="true" className="block max-w-44 truncate font-mono text-xs text-ink-soft">
                    {row.reference}
                  </span>
                ) : null}
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
              {ofOne ? null : (
                <td className={`${TABLE.td} max-w-60 truncate`} title={row.url}>
                  {row.url}
                </td>
              )}
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
