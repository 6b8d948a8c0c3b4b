import { type Reading, ShortMoment, zoneText } from "#components/dashboard/moment.tsx";
import { moneyText } from "#components/dashboard/money.tsx";
import { RefundStateDot, RequestStateDot } from "#components/dashboard/states.tsx";
import { actorText } from "#components/dashboard/timeline-lines.tsx";
import { Badge } from "#components/ui/dot.tsx";
import { LINK } from "#components/ui/link.ts";
import { type Column, ListTable } from "#components/ui/list-table.tsx";
import type { RefundState } from "#lib/domain/refund.ts";
import { mayDecide } from "#lib/domain/refund-approval.ts";
import type { RequestState } from "#lib/domain/refund-request.ts";
import type { Translator } from "#lib/i18n/translator.ts";

interface Row {
  id: string;
  orderId: string;
  reference: string;
  live: boolean;
  amount: bigint;
  currency: string;
  reason: string;
  requestedBy: string;
  createdAt: Date;
}
interface RefundRow extends Row {
  state: RefundState;
  note: string | null;
  settledAt: Date | null;
}
interface RequestRow extends Row {
  state: RequestState;
  decidedBy: string | null;
  decision: string | null;
  endedAt: Date | null;
  expiresAt: Date;
}

interface Props {
  t: Translator<"refunds">;
  common: Translator<"dashboard">;
  names: ReadonlyMap<string, string>;
  reading: Reading;
}

/** Refunds, newest first; each leads to its order, where everything about it stands. */
export function RefundsList({ t, common, names, reading, rows }: Props & { rows: readonly RefundRow[] }) {
  const columns: Column<RefundRow>[] = [
    {
      head: t("state"),
      phone: "lead",
      look: "whitespace-nowrap max-md:font-normal",
      cell: (row) => <RefundStateDot t={common} state={row.state} />,
    },
    amountColumn(t, reading),
    {
      head: t("order"),
      look: "whitespace-nowrap",
      cell: (row) => <Order row={row} href={`/dashboard/orders/${row.orderId}`} common={common} />,
    },
    { head: t("by"), look: "md:whitespace-nowrap", cell: (row) => actorText(common, names, row.requestedBy) },
    { head: t("reason"), look: REASON, cell: (row) => <Reason reason={row.reason} more={row.note} /> },
    { head: zoneText(t("made"), reading), look: "text-ink-soft", cell: (row) => <ShortMoment at={row.createdAt} reading={reading} /> },
    {
      head: zoneText(t("settled"), reading),
      look: "text-ink-soft",
      cell: (row) => (row.settledAt ? <ShortMoment at={row.settledAt} reading={reading} /> : null),
    },
  ];
  return <ListTable label={t("title")} columns={columns} rows={rows} rowKey={({ id }) => id} />;
}

/** Requests, newest first: those that wait with when they run out, the others with who ended them and why. */
export function RequestsList(props: Props & { rows: readonly RequestRow[]; viewer: { id: string; approves: boolean } }) {
  const { t, common, names, reading, rows, viewer } = props;
  const waiting = rows.every((row) => row.state === "requested");
  const name = (id: string) => (id === viewer.id ? t("me", { name: names.get(id) ?? id }) : actorText(common, names, id));
  const columns: Column<RequestRow>[] = [
    {
      head: t("state"),
      phone: "lead",
      look: "whitespace-nowrap max-md:font-normal",
      cell: (row) => (waiting && mayDecide(viewer, row) ? <Look t={t} row={row} /> : <RequestStateDot t={t} state={row.state} />),
    },
    amountColumn(t, reading),
    {
      head: t("order"),
      look: "whitespace-nowrap",
      cell: (row) => <Order row={row} href={`/dashboard/refunds/${row.id}`} common={common} />,
    },
    { head: t("by"), look: "md:whitespace-nowrap", cell: (row) => name(row.requestedBy) },
    { head: t("reason"), look: REASON, cell: (row) => <Reason reason={row.reason} more={row.decision} /> },
    { head: zoneText(t("asked"), reading), look: "text-ink-soft", cell: (row) => <ShortMoment at={row.createdAt} reading={reading} /> },
    waiting
      ? {
          head: zoneText(t("runs_out"), reading),
          look: "text-ink-soft",
          cell: (row) => <ShortMoment at={row.expiresAt} reading={reading} />,
        }
      : {
          head: t("decider"),
          look: "whitespace-nowrap",
          cell: (row) => (
            <>
              {row.decidedBy ? name(row.decidedBy) : common("common.unavailable")}
              <span className="block text-xs text-ink-soft">{row.endedAt ? <ShortMoment at={row.endedAt} reading={reading} /> : null}</span>
            </>
          ),
        },
  ];
  return <ListTable label={t("title")} columns={columns} rows={rows} rowKey={({ id }) => id} />;
}

const REASON = "md:max-w-80 md:min-w-36 break-words";

function amountColumn(t: Props["t"], reading: Reading): Column<Row> {
  return { head: t("amount"), number: true, phone: "aside", cell: (row) => moneyText(row, reading.locale) };
}

function Look({ t, row }: { t: Props["t"]; row: Row }) {
  return (
    <a
      href={`/dashboard/refunds/${row.id}`}
      aria-label={`${t("look")}: ${row.reference}`}
      className={`inline-flex min-h-9 items-center font-medium ${LINK}`}
    >
      {t("look")}
    </a>
  );
}

function Order({ row, href, common }: { row: Row; href: string; common: Props["common"] }) {
  return (
    <span className="inline-flex max-w-full items-center gap-2">
      <a href={href} title={row.reference} className={`block truncate md:max-w-36 md:py-2 ${LINK}`}>
        {row.reference}
      </a>
      {row.live ? null : <Badge tone="quiet">{common("common.test")}</Badge>}
    </span>
  );
}

function Reason({ reason, more }: { reason: string; more: string | null }) {
  return (
    <>
      {reason}
      {more ? <span className="block text-xs text-ink-soft">{more}</span> : null}
    </>
  );
}
