import { Fold } from "#components/dashboard/fold.tsx";
import { methodText } from "#components/dashboard/states.tsx";
import { CARD } from "#components/ui/card.ts";
import { Dot } from "#components/ui/dot.tsx";
import { Scroll } from "#components/ui/scroll.tsx";
import { TABLE } from "#components/ui/table.ts";
import type { Method } from "#lib/domain/methods.ts";
import type { Translator } from "#lib/i18n/translator.ts";

interface Row {
  section: string;
  operation: string;
  method: Method | null;
  wire: string;
  evidence: "documented" | "assumed" | "real clients";
}

interface Props {
  t: Translator<"dashboard">;
  gateway: { document: string; currencies: readonly string[]; methods: readonly Method[]; capabilities: readonly Row[] };
}

/** What can be asked of a gateway beside a payment, by how its rows call it. */
export const CAN = {
  query: /^query\b/,
  close: /^close\b/,
  refund: /^refund\b/,
  queryRefund: /^queryRefund\b/,
  rate: /^rate\b/,
  bill: /^bill\b/,
  customs: /^(?:re)?declare\b|^queryDeclaration\b/,
  openid: /^openid\b/,
  payout: /^payout\b(?! (?:query|notification))/,
  balance: /^balance\b/,
  notification: /\bnotification\b/,
} as const satisfies Record<string, RegExp>;
export const NAMES = Object.keys(CAN) as (keyof typeof CAN)[];

const TONES = { documented: "good", "real clients": "good", assumed: "wait" } as const;
const EVIDENCE = { documented: "documented", "real clients": "clients", assumed: "assumed" } as const;

/** Whether a gateway's rows have an operation. */
export function has(capabilities: readonly Row[], name: keyof typeof CAN): boolean {
  return capabilities.some(({ operation }) => CAN[name].test(operation));
}

/** What a gateway's document can do, first in words, then row by row as it stands there. */
export function CapabilityList({ t, gateway }: Props) {
  return (
    <section className={`${CARD} grid grid-cols-[minmax(0,1fr)] gap-3`} aria-labelledby="can">
      <div>
        <h2 id="can" className="font-semibold">
          {t("accounts.can")}
        </h2>
        <p className="text-xs text-ink-soft">{t("accounts.currencies", { currencies: gateway.currencies.join(" · ") })}</p>
      </div>
      <ul className="flex flex-wrap gap-1.5" aria-label={t("accounts.methods")}>
        {gateway.methods.map((method) => (
          <li key={method} className="rounded-md bg-raised px-2 py-0.5 text-xs">
            {methodText(t, method)}
          </li>
        ))}
      </ul>
      <ul className="grid grid-cols-1 gap-x-4 gap-y-1 sm:grid-cols-2">
        {NAMES.map((name) => (
          <li key={name} className={has(gateway.capabilities, name) ? "" : "text-ink-soft"}>
            <Dot tone={has(gateway.capabilities, name) ? "good" : "quiet"}>
              {t(`accounts.can_${name}`)}
              {has(gateway.capabilities, name) ? null : <span className="text-xs"> · {t("accounts.cannot")}</span>}
            </Dot>
          </li>
        ))}
      </ul>
      <Fold title={t("accounts.allRows", { count: gateway.capabilities.length, document: gateway.document })}>
        <Scroll label={t("accounts.can")}>
          <table className={TABLE.table}>
            <thead className={TABLE.head}>
              <tr>
                {(["section", "operation", "wire", "evidence"] as const).map((name) => (
                  <th key={name} scope="col" className={TABLE.th}>
                    {t(`accounts.${name}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {gateway.capabilities.map((row) => (
                <tr key={`${row.section} ${row.operation} ${row.method} ${row.wire}`} className={TABLE.row}>
                  <td className={`${TABLE.td} whitespace-nowrap`}>§{row.section}</td>
                  <td className={TABLE.td}>
                    <span lang="en">{row.operation}</span>
                    {row.method ? <span className="block text-xs text-ink-soft">{methodText(t, row.method)}</span> : null}
                  </td>
                  <td className={`${TABLE.td} font-mono text-xs whitespace-nowrap`}>{row.wire}</td>
                  <td className={TABLE.td}>
                    <Dot tone={TONES[row.evidence]}>{t(`accounts.evidence_${EVIDENCE[row.evidence]}`)}</Dot>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </Fold>
    </section>
  );
}
