import { type Reading, ShortMoment, ZoneHead } from "#components/dashboard/moment.tsx";
import { deviceText } from "#components/dashboard/security-sessions.tsx";
import { Dot, type Tone } from "#components/ui/dot.tsx";
import { Scroll } from "#components/ui/scroll.tsx";
import { TABLE } from "#components/ui/table.ts";
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
  return (
    <Scroll label={t("signIns.title")}>
      <table className={TABLE.table}>
        <thead className={TABLE.head}>
          <tr>
            <th scope="col" className={TABLE.th}>
              <ZoneHead word={t("signIns.when")} reading={reading} />
            </th>
            {(["outcome", "place", "device"] as const).map((name) => (
              <th key={name} scope="col" className={TABLE.th}>
                {t(`signIns.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} className={TABLE.row}>
              <td className={TABLE.td}>
                <ShortMoment at={row.at} reading={reading} />
              </td>
              <td className={TABLE.td}>
                <Dot tone={TONES[row.outcome]}>{t(`signIns.${row.outcome}`)}</Dot>
              </td>
              <td className={`${TABLE.td} font-mono text-xs whitespace-nowrap`}>{row.ip}</td>
              <td className={`${TABLE.td} whitespace-nowrap text-ink-soft`} title={row.userAgent}>
                {deviceText(t, row.userAgent)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
