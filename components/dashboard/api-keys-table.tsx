import { type Reading, ShortMoment, zoneText } from "#components/dashboard/moment.tsx";
import { Badge, Dot } from "#components/ui/dot.tsx";
import { LINK } from "#components/ui/link.ts";
import { type Column, ListTable } from "#components/ui/list-table.tsx";
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

/** A merchant's keys, newest first. */
export function KeysTable(props: { t: Translator<"api">; rows: readonly KeyRow[]; allScopes: number; reading: Reading }) {
  const { t, rows, allScopes, reading } = props;
  const columns: Column<KeyRow>[] = [
    {
      head: t("keys.name"),
      phone: "lead",
      look: "md:max-w-64 truncate",
      cell: (row) => (
        <a href={`/dashboard/developers/keys/${row.id}`} className={LINK}>
          {row.name}
        </a>
      ),
    },
    {
      head: t("keys.key"),
      look: "whitespace-nowrap",
      cell: (row) => (
        <>
          <span className="font-mono text-xs">{keyFace(row)}</span> <ModeBadge t={t} live={row.live} />
        </>
      ),
    },
    { head: t("keys.state"), phone: "plain", cell: (row) => <KeyState t={t} row={row} reading={reading} /> },
    {
      head: t("keys.scopes"),
      look: "whitespace-nowrap",
      cell: ({ scopes }) => (
        <span title={scopes.join(", ")}>
          {scopes.length === allScopes ? t("keys.allScopes") : t("keys.someScopes", { count: scopes.length })}
        </span>
      ),
    },
    {
      head: zoneText(t("keys.lastUsed"), reading),
      look: "text-ink-soft",
      cell: (row) => (row.lastUsedAt ? <ShortMoment at={row.lastUsedAt} reading={reading} /> : t("keys.never")),
    },
    {
      head: zoneText(t("keys.created"), reading),
      look: "text-ink-soft",
      cell: (row) => <ShortMoment at={row.createdAt} reading={reading} />,
    },
  ];
  return <ListTable label={t("keys.list")} columns={columns} rows={rows} rowKey={({ id }) => id} />;
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
