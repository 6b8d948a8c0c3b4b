import { moneyText } from "#components/dashboard/money.tsx";
import { Badge, Dot } from "#components/ui/dot.tsx";
import { LINK } from "#components/ui/link.ts";
import { type Column, ListTable } from "#components/ui/list-table.tsx";
import type { Locale } from "#lib/i18n/locale.ts";
import type { Translator } from "#lib/i18n/translator.ts";

interface Row {
  id: string;
  name: string;
  timeZone: string;
  active: boolean;
  members: number;
  owners: number;
  today: readonly { currency: string; count: number; amount: bigint }[];
}

/** The platform's merchants by name. */
export function MerchantsTable({ t, rows, locale }: { t: Translator<"settings">; rows: readonly Row[]; locale: Locale }) {
  const columns: Column<Row>[] = [
    {
      head: t("merchants.name"),
      phone: "lead",
      look: "md:max-w-72 truncate",
      cell: (row) => (
        <a href={`/dashboard/merchants/${row.id}`} className={LINK}>
          {row.name}
        </a>
      ),
    },
    {
      head: t("merchants.state"),
      phone: "aside",
      look: "max-md:font-normal",
      cell: (row) => (
        <span className="flex items-center gap-2">
          <Dot tone={row.active ? "good" : "quiet"}>{t(row.active ? "merchants.active" : "merchants.closed")}</Dot>
          {row.owners === 0 ? <Badge tone="wait">{t("merchants.ownerless")}</Badge> : null}
        </span>
      ),
    },
    { head: t("merchants.people"), number: true, cell: (row) => row.members },
    { head: t("merchants.paid"), number: true, cell: (row) => row.today.reduce((sum, { count }) => sum + count, 0) },
    {
      head: t("merchants.taken"),
      number: true,
      cell: (row) =>
        row.today.length === 0 ? (
          <span className="text-ink-soft">–</span>
        ) : (
          row.today.map((one) => (
            <span key={one.currency} className="block">
              {moneyText(one, locale)}
            </span>
          ))
        ),
    },
    { head: t("merchants.zone"), look: "md:whitespace-nowrap text-ink-soft", cell: (row) => row.timeZone },
  ];
  return <ListTable label={t("merchants.title")} columns={columns} rows={rows} rowKey={({ id }) => id} />;
}
