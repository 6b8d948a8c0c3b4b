import { actionText, factsOf, targetHref } from "#components/dashboard/audit-words.ts";
import { Facts, Fold } from "#components/dashboard/fold.tsx";
import { type Reading, ShortMoment, ZoneHead } from "#components/dashboard/moment.tsx";
import { Badge } from "#components/ui/dot.tsx";
import { Scroll } from "#components/ui/scroll.tsx";
import { TABLE } from "#components/ui/table.ts";
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
  return (
    <Scroll label={t("title")}>
      <table className={TABLE.table}>
        <thead className={TABLE.head}>
          <tr>
            <th scope="col" className={TABLE.th}>
              <ZoneHead word={t("column.at")} reading={reading} />
            </th>
            {(["who", "what", "target", "from"] as const).map((name) => (
              <th key={name} scope="col" className={TABLE.th}>
                {t(`column.${name}`)}
              </th>
            ))}
            <th scope="col" className={TABLE.thNumber}>
              {t("column.sequence")}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.sequence} className={`${TABLE.row} align-top`}>
              <td className={`${TABLE.td} text-ink-soft`}>
                <ShortMoment at={row.at} reading={reading} />
              </td>
              <td className={`${TABLE.td} min-w-32`}>
                <span className="font-medium">{actorText(t, row)}</span>
                {row.actorKind === "user" ? null : <span className="block text-xs text-ink-soft">{t(`kind.${row.actorKind}`)}</span>}
              </td>
              <td className={`${TABLE.td} min-w-56`}>
                <div className="flex flex-wrap items-center gap-2">
                  {actionText(t, row.action)}
                  {row.merchantId === null ? <Badge tone="quiet">{t("platform")}</Badge> : null}
                </div>
                <Details t={t} row={row} />
              </td>
              <td className={TABLE.td}>
                <Target t={t} kind={row.targetKind} id={row.targetId} />
              </td>
              <td className={`${TABLE.td} font-mono text-xs text-ink-soft`}>{row.ip || "–"}</td>
              <td className={`${TABLE.tdNumber} text-ink-soft`}>{row.sequence}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
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
          className="inline-flex min-h-6 items-center font-mono text-xs whitespace-nowrap text-jade underline underline-offset-4"
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
