import { type Reading, ShortMoment, ZoneHead } from "#components/dashboard/moment.tsx";
import { deliveredPart, endpointStatus } from "#components/dashboard/webhook-words.ts";
import { Badge, Dot } from "#components/ui/dot.tsx";
import { Scroll } from "#components/ui/scroll.tsx";
import { TABLE } from "#components/ui/table.ts";
import type { Translator } from "#lib/i18n/translator.ts";

export interface EndpointTableRow {
  id: string;
  url: string;
  description: string;
  live: boolean | null;
  eventTypes: string[] | null;
  formatName: string | null;
  active: boolean;
  failingSince: Date | null;
  acknowledged: number;
  dead: number;
  pending: number;
  lastAcknowledgedAt: Date | null;
}

/** Where a merchant's events go, and how well they arrive. */
export function EndpointsTable(props: { t: Translator<"webhooks">; label: string; rows: readonly EndpointTableRow[]; reading: Reading }) {
  const { t, label, rows, reading } = props;
  return (
    <Scroll label={label}>
      <table className={TABLE.table}>
        <thead className={TABLE.head}>
          <tr>
            {(["url", "status", "types", "delivered", "waiting", "lastAck"] as const).map((name) => (
              <th key={name} scope="col" className={name === "delivered" || name === "waiting" ? TABLE.thNumber : TABLE.th}>
                {name === "lastAck" ? <ZoneHead word={t("endpoints.lastAck")} reading={reading} /> : t(`endpoints.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} className={TABLE.row}>
              <td className={`${TABLE.td} max-w-72 min-w-44`}>
                <a
                  href={`/dashboard/developers/endpoints/${row.id}`}
                  className="block truncate text-jade underline underline-offset-4"
                  title={row.url}
                >
                  {row.url.replace(/^https:\/\//, "")}
                </a>
                {row.description ? <span className="block truncate text-xs text-ink-soft">{row.description}</span> : null}
              </td>
              <td className={TABLE.td}>
                <Dot {...dotOf(t, row)} /> {row.live === false ? <Badge tone="quiet">{t("endpoints.test")}</Badge> : null}
              </td>
              <td className={`${TABLE.td} whitespace-nowrap`}>
                {row.formatName ?? (row.eventTypes ? t("endpoints.typesCount", { count: row.eventTypes.length }) : t("endpoints.typesAll"))}
              </td>
              <td className={TABLE.tdNumber}>{deliveredPart(row, reading.locale) ?? "–"}</td>
              <td className={TABLE.tdNumber}>{row.pending}</td>
              <td className={`${TABLE.td} text-ink-soft`}>
                {row.lastAcknowledgedAt ? <ShortMoment at={row.lastAcknowledgedAt} reading={reading} /> : t("endpoints.never")}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function dotOf(t: Translator<"webhooks">, row: EndpointTableRow) {
  const { tone, word } = endpointStatus(t, row);
  return { tone, children: word };
}
