import { Fold } from "#components/dashboard/fold.tsx";
import { methodText } from "#components/dashboard/states.tsx";
import { CARD } from "#components/ui/card.ts";
import { Dot } from "#components/ui/dot.tsx";
import { type Column, ListTable } from "#components/ui/list-table.tsx";
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
        <Rows t={t} rows={gateway.capabilities} />
      </Fold>
    </section>
  );
}

function Rows({ t, rows }: { t: Translator<"dashboard">; rows: readonly Row[] }) {
  const columns: Column<Row>[] = [
    { head: t("accounts.section"), phone: "aside", look: "whitespace-nowrap max-md:font-normal", cell: (row) => `§${row.section}` },
    {
      head: t("accounts.operation"),
      phone: "lead",
      cell: (row) => (
        <>
          <span lang="en">{row.operation}</span>
          {row.method ? <span className="block text-xs font-normal text-ink-soft">{methodText(t, row.method)}</span> : null}
        </>
      ),
    },
    { head: t("accounts.wire"), look: "font-mono text-xs md:whitespace-nowrap break-all", cell: (row) => row.wire },
    {
      head: t("accounts.evidence"),
      cell: (row) => <Dot tone={TONES[row.evidence]}>{t(`accounts.evidence_${EVIDENCE[row.evidence]}`)}</Dot>,
    },
  ];
  return (
    <ListTable
      label={t("accounts.can")}
      columns={columns}
      rows={rows}
      rowKey={(row) => `${row.section} ${row.operation} ${row.method} ${row.wire}`}
    />
  );
}
