import { type Reading, ShortMoment, zoneText } from "#components/dashboard/moment.tsx";
import { deviceText } from "#components/dashboard/security-sessions.tsx";
import { Dot, type Tone } from "#components/ui/dot.tsx";
import { type Column, ListTable } from "#components/ui/list-table.tsx";
import type { Translator } from "#lib/i18n/translator.ts";

const TONES = { password: "good", code: "good", recovery_code: "wait", wrong_password: "bad", wrong_code: "bad" } as const satisfies Record<
  string,
  Tone
>;

export interface SignInRow {
  id: number;
  outcome: keyof typeof TONES;
  ip: string;
  userAgent: string;
  at: Date;
}

/** How a person's last sign-ins ended, newest first. */
export function SecuritySignIns({ t, rows, reading }: { t: Translator<"safety">; rows: readonly SignInRow[]; reading: Reading }) {
  if (rows.length === 0) return <p className="text-sm text-ink-soft">{t("signIns.empty")}</p>;
  const columns: Column<SignInRow>[] = [
    { head: zoneText(t("signIns.when"), reading), cell: (row) => <ShortMoment at={row.at} reading={reading} /> },
    { head: t("signIns.outcome"), phone: "plain", cell: (row) => <Dot tone={TONES[row.outcome]}>{t(`signIns.${row.outcome}`)}</Dot> },
    { head: t("signIns.place"), look: "font-mono text-xs whitespace-nowrap", cell: (row) => row.ip },
    {
      head: t("signIns.device"),
      look: "md:whitespace-nowrap text-ink-soft",
      cell: (row) => <span title={row.userAgent}>{deviceText(t, row.userAgent)}</span>,
    },
  ];
  return <ListTable label={t("signIns.title")} columns={columns} rows={rows} rowKey={({ id }) => String(id)} />;
}
