import { Fold, Raw } from "#components/dashboard/fold.tsx";
import { type Reading, ShortMoment, zoneText } from "#components/dashboard/moment.tsx";
import { typeWords } from "#components/dashboard/webhook-words.ts";
import { Badge, Dot } from "#components/ui/dot.tsx";
import { LINK } from "#components/ui/link.ts";
import { type Column, ListTable } from "#components/ui/list-table.tsx";
import type { Translator } from "#lib/i18n/translator.ts";

interface Row {
  id: string;
  stream: string;
  about: "order" | "payout";
  reference: string;
  live: boolean;
  sequence: number;
  type: string;
  data: Record<string, unknown>;
  at: Date;
  told: { id: string; state: "pending" | "acknowledged" | "dead" }[];
}

const TONES = { pending: "wait", acknowledged: "good", dead: "bad" } as const;

/** What happened, and whom it was told. */
export function EventsTable(props: { t: Translator<"dashboard">; words: Translator<"webhooks">; rows: readonly Row[]; reading: Reading }) {
  const { t, words, rows, reading } = props;
  const columns: Column<Row>[] = [
    { head: zoneText(words("events.at"), reading), look: "text-ink-soft", cell: (row) => <ShortMoment at={row.at} reading={reading} /> },
    {
      head: words("events.type"),
      phone: "lead",
      look: "md:whitespace-nowrap",
      cell: (row) => (
        <>
          <span className="font-mono text-[13px]">{row.type}</span>
          <span className="block text-xs font-normal text-ink-soft">{typeWords(words, row.type)}</span>
        </>
      ),
    },
    {
      head: words("events.about"),
      look: "whitespace-nowrap",
      cell: (row) => (
        <span className="inline-flex max-w-full items-center gap-1.5">
          <a
            href={`/dashboard/${row.about}s/${row.stream}`}
            className={`inline-block min-w-0 truncate font-mono text-[13px] md:max-w-44 ${LINK}`}
          >
            {row.reference}
          </a>
          {row.live ? null : <Badge tone="quiet">{t("common.test")}</Badge>}
        </span>
      ),
    },
    { head: words("events.sequence"), number: true, phone: "gone", cell: (row) => row.sequence },
    { head: words("events.told"), cell: (row) => <Told t={t} words={words} told={row.told} /> },
    {
      head: words("events.data"),
      phone: "foot",
      look: "md:min-w-56",
      cell: (row) => (
        <Fold title={words("events.data")}>
          <Raw label={row.id} text={JSON.stringify(row.data, null, 2)} />
        </Fold>
      ),
    },
  ];
  return <ListTable label={words("events.title")} columns={columns} rows={rows} rowKey={({ id }) => id} top />;
}

function Told({ t, words, told }: { t: Translator<"dashboard">; words: Translator<"webhooks">; told: Row["told"] }) {
  if (told.length === 0) return <span className="text-ink-soft">{words("events.nobody")}</span>;
  return (
    <ul className="grid gap-1">
      {told.map((one) => (
        <li key={one.id}>
          <a href={`/dashboard/deliveries/${one.id}`} className="underline decoration-edge/50 underline-offset-3 hover:decoration-current">
            <Dot tone={TONES[one.state]}>{t(`deliveryState.${one.state}`)}</Dot>
          </a>
        </li>
      ))}
    </ul>
  );
}
