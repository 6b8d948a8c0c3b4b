import { type Reading, ShortMoment, zoneText } from "#components/dashboard/moment.tsx";
import { moneyText } from "#components/dashboard/money.tsx";
import { channelText, PAYOUT_TONES } from "#components/dashboard/payout-words.ts";
import { Badge, Dot } from "#components/ui/dot.tsx";
import { LINK } from "#components/ui/link.ts";
import { type Column, ListTable } from "#components/ui/list-table.tsx";
import type { PayoutState } from "#lib/domain/payout.ts";
import type { Translator } from "#lib/i18n/translator.ts";

interface Row {
  id: string;
  payoutNo: string;
  channel: string;
  accountTitle: string;
  live: boolean;
  currency: string;
  amount: bigint;
  state: PayoutState;
  recipientEnding: string;
  needsReview: boolean;
  createdAt: Date;
}

/** Money sent out, newest first; of the recipient only the last four digits. */
export function PayoutsTable({ t, rows, reading }: { t: Translator<"dashboard">; rows: readonly Row[]; reading: Reading }) {
  const columns: Column<Row>[] = [
    {
      head: zoneText(t("payouts.created"), reading),
      phone: "lead",
      cell: (row) => (
        <a href={`/dashboard/payouts/${row.id}`} className={LINK}>
          <ShortMoment at={row.createdAt} reading={reading} />
          <span className="sr-only"> {row.payoutNo}</span>
        </a>
      ),
    },
    { head: t("payouts.amount"), number: true, phone: "aside", cell: (row) => moneyText(row, reading.locale) },
    {
      head: t("payouts.state"),
      phone: "plain",
      cell: (row) => (
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <Dot tone={PAYOUT_TONES[row.state]}>{t(`payouts.state_${row.state}`)}</Dot>
          {row.needsReview ? <Badge tone="bad">{t("mark.review")}</Badge> : null}
          {row.live ? null : <Badge tone="quiet">{t("common.test")}</Badge>}
        </span>
      ),
    },
    { head: t("payouts.recipient"), look: "font-mono text-[13px] whitespace-nowrap", cell: (row) => `•••• ${row.recipientEnding}` },
    {
      head: t("payouts.from"),
      look: "md:whitespace-nowrap",
      cell: (row) => (
        <>
          {row.accountTitle} <span className="text-ink-soft">· {channelText(t, row.channel)}</span>
        </>
      ),
    },
  ];
  return <ListTable label={t("payouts.title")} columns={columns} rows={rows} rowKey={({ id }) => id} />;
}
