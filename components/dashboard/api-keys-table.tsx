import { type Reading, ShortMoment, ZoneHead } from "#components/dashboard/moment.tsx";
import { Badge, Dot } from "#components/ui/dot.tsx";
import { Scroll } from "#components/ui/scroll.tsx";
import { TABLE } from "#components/ui/table.ts";
import { formatMoment } from "#lib/i18n/format.ts";
import type { Translator } from "#lib/i18n/translator.ts";

export interface KeyRow {
  id: string;
  name: string;
  live: boolean;
  lastFour: string;
  scopes: readonly string[];
  createdAt: Date;
  expiresAt: Date | null;
  revokedAt: Date | null;
  replacedBy: string | null;
  lastUsedAt: Date | null;
  working: boolean;
}

const COLUMNS = ["name", "key", "state", "scopes", "lastUsed", "created"] as const;

/** A merchant's keys, newest first. */
export function KeysTable(props: { t: Translator<"api">; rows: readonly KeyRow[]; allScopes: number; reading: Reading }) {
  const { t, rows, allScopes, reading } = props;
  return (
    <Scroll label={t("keys.list")}>
      <table className={TABLE.table}>
        <thead className={TABLE.head}>
          <tr>
            {COLUMNS.map((name) => (
              <th key={name} scope="col" className={TABLE.th}>
                {name === "lastUsed" || name === "created" ? <ZoneHead word={t(`keys.${name}`)} reading={reading} /> : t(`keys.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} className={TABLE.row}>
              <td className={`${TABLE.td} max-w-64 truncate`}>
                <a href={`/dashboard/developers/keys/${row.id}`} className="text-jade underline underline-offset-4">
                  {row.name}
                </a>
              </td>
              <td className={`${TABLE.td} whitespace-nowrap`}>
                <span className="font-mono text-xs">{keyFace(row)}</span> <ModeBadge t={t} live={row.live} />
              </td>
              <td className={TABLE.td}>
                <KeyState t={t} row={row} reading={reading} />
              </td>
              <td className={`${TABLE.td} whitespace-nowrap`} title={row.scopes.join(", ")}>
                {row.scopes.length === allScopes ? t("keys.allScopes") : t("keys.someScopes", { count: row.scopes.length })}
              </td>
              <td className={`${TABLE.td} text-ink-soft`}>
                {row.lastUsedAt ? <ShortMoment at={row.lastUsedAt} reading={reading} /> : t("keys.never")}
              </td>
              <td className={`${TABLE.td} text-ink-soft`}>
                <ShortMoment at={row.createdAt} reading={reading} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** How a key is told from others: its prefix and its last four signs. */
export function keyFace({ live, lastFour }: Pick<KeyRow, "live" | "lastFour">): string {
  return `sk_${live ? "live" : "test"}_…${lastFour}`;
}

export function ModeBadge({ t, live }: { t: Translator<"api">; live: boolean }) {
  return <Badge tone={live ? "good" : "wait"}>{t(live ? "keys.live" : "keys.test")}</Badge>;
}

export function KeyState({ t, row, reading }: { t: Translator<"api">; row: KeyRow; reading: Reading }) {
  if (row.revokedAt) return <Dot tone="bad">{t("keys.revoked")}</Dot>;
  if (!row.working) return <Dot tone="quiet">{t("keys.expired")}</Dot>;
  if (!row.expiresAt) return <Dot tone="good">{t("keys.works")}</Dot>;
  return <Dot tone="wait">{t("keys.ending", { at: formatMoment(row.expiresAt, reading.locale, reading.timeZone) })}</Dot>;
}
