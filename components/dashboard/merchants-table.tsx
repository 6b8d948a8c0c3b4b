import { moneyText } from "#components/dashboard/money.tsx";
import { Badge, Dot } from "#components/ui/dot.tsx";
import { Scroll } from "#components/ui/scroll.tsx";
import { TABLE } from "#components/ui/table.ts";
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
  return (
    <Scroll label={t("merchants.title")}>
      <table className={TABLE.table}>
        <thead className={TABLE.head}>
          <tr>
            {(["name", "state", "people", "paid", "taken", "zone"] as const).map((name) => (
              <th key={name} scope="col" className={name === "people" || name === "paid" || name === "taken" ? TABLE.thNumber : TABLE.th}>
                {t(`merchants.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} className={TABLE.row}>
              <td className={`${TABLE.td} max-w-72 truncate`}>
                <a href={`/dashboard/merchants/${row.id}`} className="text-jade underline underline-offset-4">
                  {row.name}
                </a>
              </td>
              <td className={TABLE.td}>
                <span className="flex items-center gap-2">
                  <Dot tone={row.active ? "good" : "quiet"}>{t(row.active ? "merchants.active" : "merchants.closed")}</Dot>
                  {row.owners === 0 ? <Badge tone="wait">{t("merchants.ownerless")}</Badge> : null}
                </span>
              </td>
              <td className={TABLE.tdNumber}>{row.members}</td>
              <td className={TABLE.tdNumber}>{row.today.reduce((sum, { count }) => sum + count, 0)}</td>
              <td className={TABLE.tdNumber}>
                {row.today.length === 0 ? <span className="text-ink-soft">–</span> : null}
                {row.today.map((one) => (
                  <span key={one.currency} className="block">
                    {moneyText(one, locale)}
                  </span>
                ))}
              </td>
              <td className={`${TABLE.td} whitespace-nowrap text-ink-soft`}>{row.timeZone}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
