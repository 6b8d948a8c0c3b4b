import { type Reading, ShortMoment, zoneText } from "#components/dashboard/moment.tsx";
import { DeliveryStateDot } from "#components/dashboard/states.tsx";
import { Badge } from "#components/ui/dot.tsx";
import { LINK } from "#components/ui/link.ts";
import { type Column, ListTable } from "#components/ui/list-table.tsx";
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
  const columns: (Column<Row> | null)[] = [
    {
      head: zoneText(t("deliveries.created"), reading),
      look: "text-ink-soft",
      cell: (row) => <ShortMoment at={row.createdAt} reading={reading} />,
    },
    { head: t("deliveries.event"), phone: "lead", look: "whitespace-nowrap", cell: (row) => <What words={words} row={row} /> },
    {
      head: t("deliveries.state"),
      phone: "aside",
      look: "max-md:font-normal",
      cell: (row) => <DeliveryStateDot t={t} state={row.state} />,
    },
    { head: t("deliveries.tries"), number: true, cell: (row) => row.tries },
    {
      head: t("deliveries.last"),
      look: "md:max-w-48 truncate",
      cell: (row) =>
        row.tries === 0 ? (
          t("common.unavailable")
        ) : (
          <span title={row.lastError ?? undefined}>
            <LastAnswer row={row} none={t("timeline.noAnswer")} />
          </span>
        ),
    },
    {
      head: zoneText(t("deliveries.next"), reading),
      look: "text-ink-soft",
      cell: (row) => (row.state === "pending" ? <ShortMoment at={row.nextTryAt} reading={reading} /> : t("common.unavailable")),
    },
    ofOne ? null : { head: t("deliveries.endpoint"), look: "md:max-w-60 truncate", cell: (row) => <span title={row.url}>{row.url}</span> },
  ];
  return <ListTable label={t("deliveries.title")} columns={columns.filter((one) => one !== null)} rows={rows} rowKey={({ id }) => id} />;
}

function What({ words, row }: { words: Translator<"webhooks">; row: Row }) {
  return (
    <>
      <a href={`/dashboard/deliveries/${row.id}`} className={`inline-flex min-h-6 items-center ${LINK}`}>
        {row.type}
        <span className="sr-only">, {row.reference ?? words("deliveries.test")}</span>
      </a>
      {row.reference ? (
        <span aria-hidden="true" className="block truncate font-mono text-xs font-normal text-ink-soft md:max-w-44">
          {row.reference}
        </span>
      ) : null}
    </>
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
