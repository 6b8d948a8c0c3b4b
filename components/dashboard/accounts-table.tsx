import { type Health, HealthBadge, shareText } from "#components/dashboard/account-health.tsx";
import { Badge, Dot } from "#components/ui/dot.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Scroll } from "#components/ui/scroll.tsx";
import { TABLE } from "#components/ui/table.ts";
import type { Translator } from "#lib/i18n/translator.ts";

interface Row {
  id: string;
  title: string;
  gateway: string;
  gatewayTitle: string;
  baseUrl: string;
  live: boolean;
  active: boolean;
  position: number;
  weight: number;
  /** The amounts it takes, in words. */
  windows: string[];
  insecure: boolean;
}

interface Props {
  t: Translator<"dashboard">;
  locale: string;
  rows: readonly Row[];
  health: readonly Health[];
  merchantId: string;
  /** Null for somebody who may only look. */
  move: ((form: FormData) => Promise<void>) | null;
}

/** Gateway accounts in the order they are tried, and how they have been working. */
export function AccountsTable({ t, locale, rows, health, merchantId, move }: Props) {
  const healthBy = new Map(health.map((one) => [one.accountId, one]));
  return (
    <Scroll label={t("accounts.title")}>
      <table className={TABLE.table}>
        <thead className={TABLE.head}>
          <tr>
            {COLUMNS.map((name) => (
              <th key={name} scope="col" className={NUMBERS.has(name) ? TABLE.thNumber : TABLE.th}>
                {t(`accounts.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={row.id} className={TABLE.row}>
              <td className={`${TABLE.td} w-28`}>
                <Place t={t} row={row} first={index === 0} last={index === rows.length - 1} merchantId={merchantId} move={move} />
              </td>
              <td className={`${TABLE.td} whitespace-nowrap`}>
                <a href={`/dashboard/accounts/${row.id}`} className="text-jade underline underline-offset-4">
                  {row.title}
                </a>
              </td>
              <td className={`${TABLE.td} whitespace-nowrap`}>
                {row.gatewayTitle} <span className="font-mono text-xs text-ink-soft">{row.gateway}</span>
              </td>
              <td className={TABLE.td}>
                <span className="flex items-center gap-2">
                  <Dot tone={row.active ? "good" : "quiet"}>{t(row.active ? "accounts.active" : "accounts.inactive")}</Dot>
                  <Badge tone={row.live ? "good" : "wait"}>{t(row.live ? "common.live" : "common.test")}</Badge>
                  <HealthBadge t={t} health={healthBy.get(row.id)} />
                </span>
              </td>
              <td className={TABLE.tdNumber}>
                {shareText(healthBy.get(row.id)?.tries.paid ?? 0, healthBy.get(row.id)?.tries.ended ?? 0, locale)}
              </td>
              <td className={TABLE.tdNumber}>{speedText(t, healthBy.get(row.id))}</td>
              <td className={TABLE.tdNumber}>{row.weight}</td>
              <td className={`${TABLE.td} whitespace-nowrap tabular-nums`}>
                {row.windows.length === 0 ? <span className="text-ink-soft">{t("accounts.anyAmount")}</span> : null}
                {row.windows.map((window) => (
                  <span key={window} className="block">
                    {window}
                  </span>
                ))}
              </td>
              <td className={`${TABLE.td} font-mono text-xs whitespace-nowrap`}>
                {row.baseUrl}
                {row.insecure ? (
                  <span className="ml-2 font-sans">
                    <Badge tone="bad">{t("accounts.insecure")}</Badge>
                  </span>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

const COLUMNS = ["position", "name", "gateway", "state", "healthColumn", "speedColumn", "weight", "windows", "baseUrl"] as const;
const NUMBERS = new Set<string>(["healthColumn", "speedColumn", "weight"]);

function speedText(t: Translator<"dashboard">, health: Health | undefined): string {
  return typeof health?.calls.p95 === "number" ? t("accounts.ms", { ms: health.calls.p95 }) : "–";
}

type PlaceProps = Pick<Props, "t" | "merchantId" | "move"> & { row: Row; first: boolean; last: boolean };

/** An account's place, with a button to each neighbour: no dragging, no script. */
function Place({ t, row, first, last, merchantId, move }: PlaceProps) {
  if (!move) return <span className="tabular-nums">{row.position}</span>;
  const button =
    "inline-grid size-11 cursor-pointer place-items-center rounded-md text-ink-soft hover:bg-raised hover:text-ink disabled:invisible sm:size-8";
  return (
    <form action={move} className="flex items-center">
      <input type="hidden" name="merchant" value={merchantId} />
      <input type="hidden" name="account" value={row.id} />
      <span className="min-w-6 text-right tabular-nums">{row.position}</span>
      {(["up", "down"] as const).map((step) => (
        <button
          key={step}
          type="submit"
          name="step"
          value={step}
          disabled={step === "up" ? first : last}
          aria-label={t(`accounts.${step}`, { name: row.title })}
          title={t(`accounts.${step}`, { name: row.title })}
          className={button}
        >
          <Icon name="chevron" className={`size-4 ${step === "up" ? "-rotate-90" : "rotate-90"}`} />
        </button>
      ))}
    </form>
  );
}
