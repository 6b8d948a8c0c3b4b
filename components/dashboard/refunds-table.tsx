import { type Reading, ShortMoment, ZoneHead } from "#components/dashboard/moment.tsx";
import { moneyText } from "#components/dashboard/money.tsx";
import { RefundStateDot } from "#components/dashboard/states.tsx";
import { actorText } from "#components/dashboard/timeline-lines.tsx";
import { Code } from "#components/ui/code.tsx";
import { Scroll } from "#components/ui/scroll.tsx";
import { TABLE } from "#components/ui/table.ts";
import type { RefundState } from "#lib/domain/refund.ts";
import type { Translator } from "#lib/i18n/translator.ts";

interface Refund {
  id: string;
  refundNo: string;
  gatewayRefundRef: string | null;
  state: RefundState;
  amount: bigint;
  currency: string;
  reason: string;
  /** Of a manual refund: how it was paid back outside. */
  note: string | null;
  requestedBy: string;
  createdAt: Date;
}

interface Props {
  t: Translator<"dashboard">;
  refunds: readonly Refund[];
  names: ReadonlyMap<string, string>;
  reading: Reading;
}

/** Money going back, with who asked for it and why. */
export function RefundsTable({ t, refunds, names, reading }: Props) {
  const copy = (what: string) => ({ label: t("common.copy", { what }), done: t("common.copied") });
  return (
    <section aria-labelledby="refunds">
      <h2 id="refunds" className="mb-2 font-semibold">
        {t("order.refunds")}
      </h2>
      {refunds.length === 0 ? (
        <p className="rounded-card border border-line bg-surface px-4 py-6 text-ink-soft">{t("order.noRefunds")}</p>
      ) : (
        <Scroll label={t("order.refunds")}>
          <table className={TABLE.table}>
            <thead className={TABLE.head}>
              <tr>
                {(["state", "amount", "refundNo", "gatewayRef", "reason", "by", "at"] as const).map((name) => (
                  <th key={name} scope="col" className={name === "amount" ? TABLE.thNumber : TABLE.th}>
                    {name === "at" ? <ZoneHead word={t(`order.${name}`)} reading={reading} /> : t(`order.${name}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {refunds.map((refund) => (
                <tr key={refund.id} className={TABLE.row}>
                  <td className={TABLE.td}>
                    <RefundStateDot t={t} state={refund.state} />
                  </td>
                  <td className={TABLE.tdNumber}>{moneyText(refund, reading.locale)}</td>
                  <td className={TABLE.td}>
                    <Code text={refund.refundNo} copy={copy(t("order.refundNo"))} />
                  </td>
                  <td className={TABLE.td}>
                    {refund.gatewayRefundRef ? (
                      <Code text={refund.gatewayRefundRef} copy={copy(t("order.gatewayRef"))} />
                    ) : (
                      t("common.unavailable")
                    )}
                  </td>
                  <td className={`${TABLE.td} min-w-40 break-words`}>
                    {refund.reason}
                    {refund.note ? (
                      <span className="block text-xs text-ink-soft">
                        {t("refund.note")}: {refund.note}
                      </span>
                    ) : null}
                  </td>
                  <td className={`${TABLE.td} whitespace-nowrap`}>{actorText(t, names, refund.requestedBy)}</td>
                  <td className={`${TABLE.td} text-ink-soft`}>
                    <ShortMoment at={refund.createdAt} reading={reading} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </section>
  );
}
