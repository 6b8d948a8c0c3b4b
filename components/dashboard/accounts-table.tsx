import { type Health, HealthBadge, shareText } from "#components/dashboard/account-health.tsx";
import { Badge, Dot } from "#components/ui/dot.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { LINK } from "#components/ui/link.ts";
import { type Column, ListTable } from "#components/ui/list-table.tsx";
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
  const [first, last] = [rows[0], rows.at(-1)];
  const columns: Column<Row>[] = [
    {
      head: t("accounts.position"),
      phone: "aside",
      look: "md:w-22 max-md:font-normal",
      cell: (row) => <Place t={t} row={row} first={row === first} last={row === last} merchantId={merchantId} move={move} />,
    },
    {
      head: t("accounts.name"),
      phone: "lead",
      look: "md:whitespace-nowrap md:py-1",
      cell: (row) => (
        <>
          <a href={`/dashboard/accounts/${row.id}`} className={LINK}>
            {row.title}
          </a>
          <span className="block text-xs font-normal text-ink-soft">
            {row.gatewayTitle} <span className="font-mono">{row.gateway}</span>
          </span>
        </>
      ),
    },
    { head: t("accounts.state"), phone: "plain", cell: (row) => <State t={t} row={row} health={healthBy.get(row.id)} /> },
    {
      head: t("accounts.healthColumn"),
      number: true,
      cell: ({ id }) => shareText(healthBy.get(id)?.tries.paid ?? 0, healthBy.get(id)?.tries.ended ?? 0, locale),
    },
    { head: t("accounts.speedColumn"), number: true, cell: ({ id }) => speedText(t, healthBy.get(id)) },
    { head: t("accounts.weight"), number: true, cell: (row) => row.weight },
    { head: t("accounts.windows"), look: "md:whitespace-nowrap tabular-nums", cell: (row) => <Windows t={t} windows={row.windows} /> },
    { head: t("accounts.baseUrl"), look: "md:max-w-56", cell: (row) => <BaseUrl t={t} row={row} /> },
  ];
  return <ListTable label={t("accounts.title")} columns={columns} rows={rows} rowKey={({ id }) => id} />;
}

function State({ t, row, health }: { t: Props["t"]; row: Row; health: Health | undefined }) {
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1 md:flex-nowrap">
      <Dot tone={row.active ? "good" : "quiet"}>{t(row.active ? "accounts.active" : "accounts.inactive")}</Dot>
      <Badge tone={row.live ? "good" : "wait"}>{t(row.live ? "common.live" : "common.test")}</Badge>
      <HealthBadge t={t} health={health} />
    </span>
  );
}

function Windows({ t, windows }: { t: Props["t"]; windows: readonly string[] }) {
  if (windows.length === 0) return <span className="text-ink-soft">{t("accounts.anyAmount")}</span>;
  return windows.map((window) => (
    <span key={window} className="block">
      {window}
    </span>
  ));
}

function BaseUrl({ t, row }: { t: Props["t"]; row: Row }) {
  return (
    <>
      <span title={row.baseUrl} className="block truncate font-mono text-xs">
        {row.baseUrl}
      </span>
      {row.insecure ? <Badge tone="bad">{t("accounts.insecure")}</Badge> : null}
    </>
  );
}

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
