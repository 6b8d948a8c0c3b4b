import { type Reading, ShortMoment, ZoneHead } from "#components/dashboard/moment.tsx";
import { Badge } from "#components/ui/dot.tsx";
import { Scroll } from "#components/ui/scroll.tsx";
import { TABLE } from "#components/ui/table.ts";
import type { AlertRow } from "#db/queries/alerts.ts";
import { alertHref } from "#lib/domain/alert.ts";
import { alertLine } from "#lib/i18n/alert-words.ts";
import type { Translator } from "#lib/i18n/translator.ts";

/** What is over: what it was, from when to when, and who ended it. */
export function AlertHistory({ t, rows, reading }: { t: Translator<"alerts">; rows: readonly AlertRow[]; reading: Reading }) {
  return (
    <Scroll label={t("screen.history")}>
      <table className={TABLE.table}>
        <thead className={TABLE.head}>
          <tr>
            <th scope="col" className={TABLE.th}>
              {t("screen.what")}
            </th>
            <th scope="col" className={TABLE.th}>
              {t("screen.about")}
            </th>
            <th scope="col" className={TABLE.th}>
              <ZoneHead word={t("screen.since")} reading={reading} />
            </th>
            <th scope="col" className={TABLE.th}>
              {t("screen.ended")}
            </th>
            <th scope="col" className={TABLE.th}>
              {t("screen.endedBy")}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} className={TABLE.row}>
              <td className={`${TABLE.td} whitespace-nowrap`}>
                {t(`kinds.${row.kind}.name`)} {row.live === false ? <Badge tone="quiet">{t("screen.test")}</Badge> : null}
              </td>
              <td className={`${TABLE.td} max-w-80 min-w-44`}>
                <a href={alertHref(row.kind, row.facts)} className="block truncate text-jade underline underline-offset-4">
                  {alertLine(t, row, reading.locale) || t(`kinds.${row.kind}.name`)}
                </a>
              </td>
              <td className={`${TABLE.td} text-ink-soft`}>
                <ShortMoment at={row.openedAt} reading={reading} />
              </td>
              <td className={`${TABLE.td} text-ink-soft`}>
                {row.resolvedAt ? <ShortMoment at={row.resolvedAt} reading={reading} /> : null}
              </td>
              <td className={`${TABLE.td} whitespace-nowrap text-ink-soft`}>
                {row.resolvedBy === "itself" ? t("screen.itself") : t("screen.person", { name: row.resolvedBy ?? "" })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
