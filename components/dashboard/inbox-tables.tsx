import { Facts, Fold } from "#components/dashboard/fold.tsx";
import { type Reading, ShortMoment, zoneText } from "#components/dashboard/moment.tsx";
import { VerdictDot } from "#components/dashboard/states.tsx";
import { refusalDetail, refusalText } from "#components/dashboard/timeline-lines.tsx";
import { Code } from "#components/ui/code.tsx";
import { Badge } from "#components/ui/dot.tsx";
import { LINK } from "#components/ui/link.ts";
import { type Column, ListTable } from "#components/ui/list-table.tsx";
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
  const columns: Column<Inbox>[] = [
    {
      head: zoneText(t("inbox.received"), reading),
      look: "text-ink-soft",
      cell: (row) => <ShortMoment at={row.receivedAt} reading={reading} />,
    },
    {
      head: t("inbox.verdict"),
      phone: "lead",
      cell: (row) => (
        <span className="flex flex-wrap items-center gap-2">
          <VerdictDot t={t} verdict={row.verdict} />
          {row.match?.reason ? <Badge tone="quiet">{words("settled")}</Badge> : null}
        </span>
      ),
    },
    {
      head: t("inbox.number"),
      phone: "plain",
      cell: (row) => (
        <>
          <Code text={row.gatewayOrderNo} copy={copy} keep={8} />
          <Fold title={t("timeline.fields")}>
            <Facts facts={Object.entries(row.fields)} />
          </Fold>
        </>
      ),
    },
    { head: t("inbox.order"), look: "whitespace-nowrap", cell: (row) => <Whose t={t} row={row} /> },
    { head: t("inbox.account"), look: "md:whitespace-nowrap", cell: (row) => row.accountTitle },
    {
      head: words("look"),
      quiet: true,
      phone: "aside",
      look: "text-right whitespace-nowrap max-md:font-normal",
      cell: (row) => (
        <a href={`/dashboard/notifications/${row.id}`} aria-label={words("lookAt", { number: row.gatewayOrderNo })} className={LINK}>
          {words("look")}
        </a>
      ),
    },
  ];
  return <ListTable label={t("inbox.verified")} columns={columns} rows={rows} rowKey={({ id }) => id} top />;
}

/** The order or the payout that a notification is about. */
function Whose({ t, row }: { t: Translator<"dashboard">; row: Inbox }) {
  const orderId = row.orderId ?? row.match?.orderId;
  if (orderId) {
    return (
      <a href={`/dashboard/orders/${orderId}`} className={LINK}>
        {t("common.open")} <span className="sr-only">{row.gatewayOrderNo}</span>
      </a>
    );
  }
  if (row.payoutId) {
    return (
      <a href={`/dashboard/payouts/${row.payoutId}`} className={LINK}>
        {t("inbox.payout", { number: `…${row.gatewayOrderNo.slice(-6)}` })}
      </a>
    );
  }
  return <span className="text-ink-soft">{t(row.verdict === "orphan" ? "inbox.noOrderYet" : "inbox.noOrder")}</span>;
}

/** Messages with a wrong or missing signature: they changed nothing. Each has a page that says why it was refused. */
export function RefusedTable({ t, words, rows, reading }: Props<Refused>) {
  const copy = { label: t("common.copy", { what: t("inbox.number") }), done: t("common.copied") };
  const columns: Column<Refused>[] = [
    {
      head: zoneText(t("inbox.received"), reading),
      look: "text-ink-soft",
      cell: (row) => <ShortMoment at={row.receivedAt} reading={reading} />,
    },
    { head: t("inbox.reason"), phone: "lead", cell: (row) => <Badge tone="bad">{refusalText(t, row.reason)}</Badge> },
    {
      head: t("inbox.number"),
      cell: (row) => (row.gatewayOrderNo ? <Code text={row.gatewayOrderNo} copy={copy} keep={8} /> : t("common.unavailable")),
    },
    {
      head: t("inbox.detail"),
      phone: "plain",
      look: "md:min-w-48 break-words",
      cell: (row) => <span lang="en">{refusalDetail(row)}</span>,
    },
    { head: t("inbox.account"), look: "md:whitespace-nowrap", cell: (row) => row.accountTitle },
    {
      head: words("look"),
      quiet: true,
      phone: "aside",
      look: "text-right whitespace-nowrap max-md:font-normal",
      cell: (row) => (
        <a href={`/dashboard/notifications/refused/${row.accountId}.${row.slot}.${row.receivedAt.getTime()}`} className={LINK}>
          {t("inbox.why")} {row.gatewayOrderNo ? <span className="sr-only">{row.gatewayOrderNo}</span> : null}
        </a>
      ),
    },
  ];
  return <ListTable label={t("inbox.refused")} columns={columns} rows={rows} rowKey={({ accountId, slot }) => `${accountId} ${slot}`} />;
}
