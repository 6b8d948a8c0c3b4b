import { actionText, factsOf, targetHref } from "#components/dashboard/audit-words.ts";
import { Facts, Fold } from "#components/dashboard/fold.tsx";
import { type Reading, ShortMoment, zoneText } from "#components/dashboard/moment.tsx";
import { Badge } from "#components/ui/dot.tsx";
import { type Column, ListTable } from "#components/ui/list-table.tsx";
import type { Translator } from "#lib/i18n/translator.ts";

interface Row {
  sequence: number;
  at: Date;
  actorKind: "user" | "key" | "policy" | "system" | "script";
  actorName: string;
  merchantId: string | null;
  action: string;
  targetKind: string | null;
  targetId: string | null;
  detail: string;
  ip: string;
  userAgent: string;
}

/** Who did what to what, when and from where, newest first. */
export function AuditTable({ t, rows, reading }: { t: Translator<"audit">; rows: readonly Row[]; reading: Reading }) {
  const columns: Column<Row>[] = [
    { head: zoneText(t("column.at"), reading), look: "text-ink-soft", cell: (row) => <ShortMoment at={row.at} reading={reading} /> },
    {
      head: t("column.who"),
      phone: "lead",
      look: "md:min-w-32",
      cell: (row) => (
        <>
          <span className="font-medium">{actorText(t, row)}</span>
          {row.actorKind === "user" ? null : <span className="block text-xs text-ink-soft">{t(`kind.${row.actorKind}`)}</span>}
        </>
      ),
    },
    {
      head: t("column.what"),
      phone: "plain",
      look: "md:min-w-56",
      cell: (row) => (
        <>
          <div className="flex flex-wrap items-center gap-2">
            {actionText(t, row.action)}
            {row.merchantId === null ? <Badge tone="quiet">{t("platform")}</Badge> : null}
          </div>
          <Details t={t} row={row} />
        </>
      ),
    },
    { head: t("column.target"), cell: (row) => <Target t={t} kind={row.targetKind} id={row.targetId} /> },
    { head: t("column.from"), look: "font-mono text-xs text-ink-soft", cell: (row) => row.ip || "–" },
    { head: t("column.sequence"), number: true, phone: "aside", look: "font-normal text-ink-soft", cell: (row) => row.sequence },
  ];
  return <ListTable label={t("title")} columns={columns} rows={rows} rowKey={({ sequence }) => String(sequence)} top />;
}

/** A policy is named by what it was about; everybody else by the name they had then. */
function actorText(t: Translator<"audit">, { actorKind, actorName }: Row): string {
  const key = `policy.${actorName}` as "policy.late";
  return actorKind === "policy" && t.has(key) ? t(key) : actorName;
}

function Details({ t, row }: { t: Translator<"audit">; row: Row }) {
  const browser: readonly (readonly [string, string])[] = row.userAgent ? [[t("browser"), row.userAgent]] : [];
  const facts = [...factsOf(row.detail), ...browser];
  if (facts.length === 0) return null;
  return (
    <Fold title={t("details")}>
      <Facts facts={facts} />
    </Fold>
  );
}

function Target({ t, kind, id }: { t: Translator<"audit">; kind: string | null; id: string | null }) {
  if (kind === null || id === null) return <span className="text-ink-soft">–</span>;
  const href = targetHref(kind, id);
  const key = `target.${kind}` as "target.order";
  // The middle of an id tells nobody anything; the whole stands in the title and in the address.
  const short = id.length > 16 ? `${id.slice(0, 8)}…${id.slice(-4)}` : id;
  return (
    <>
      <span className="block text-xs text-ink-soft">{t.has(key) ? t(key) : kind}</span>
      {href ? (
        <a
          href={href}
          title={id}
          className="inline-flex min-h-6 items-center font-mono text-xs whitespace-nowrap text-jade underline underline-offset-3"
        >
          {short}
        </a>
      ) : (
        <span title={id} className="font-mono text-xs whitespace-nowrap">
          {short}
        </span>
      )}
    </>
  );
}
