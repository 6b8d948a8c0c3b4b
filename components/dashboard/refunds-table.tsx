import { type Reading, ShortMoment, zoneText } from "#components/dashboard/moment.tsx";
import { moneyText } from "#components/dashboard/money.tsx";
import { RefundStateDot } from "#components/dashboard/states.tsx";
import { actorText } from "#components/dashboard/timeline-lines.tsx";
import { Code } from "#components/ui/code.tsx";
import { type Column, ListTable } from "#components/ui/list-table.tsx";
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
  return (
    <section aria-labelledby="refunds">
      <h2 id="refunds" className="mb-2 font-semibold">
        {t("order.refunds")}
      </h2>
      {refunds.length === 0 ? (
        <p className="rounded-card border border-line bg-surface px-4 py-6 text-ink-soft">{t("order.noRefunds")}</p>
      ) : (
        <ListTable label={t("order.refunds")} columns={columnsOf({ t, names, reading })} rows={refunds} rowKey={({ id }) => id} />
      )}
    </section>
  );
}

function columnsOf({ t, names, reading }: Omit<Props, "refunds">): Column<Refund>[] {
  const copy = (what: string) => ({ label: t("common.copy", { what }), done: t("common.copied") });
  return [
    { head: t("order.state"), phone: "lead", look: "max-md:font-normal", cell: (refund) => <RefundStateDot t={t} state={refund.state} /> },
    { head: t("order.amount"), number: true, phone: "aside", cell: (refund) => moneyText(refund, reading.locale) },
    { head: t("order.refundNo"), cell: (refund) => <Code text={refund.refundNo} copy={copy(t("order.refundNo"))} /> },
    {
      head: t("order.gatewayRef"),
      cell: ({ gatewayRefundRef }) =>
        gatewayRefundRef ? <Code text={gatewayRefundRef} copy={copy(t("order.gatewayRef"))} /> : t("common.unavailable"),
    },
    {
      head: t("order.reason"),
      look: "md:min-w-40 break-words",
      cell: (refund) => (
        <>
          {refund.reason}
          {refund.note ? (
            <span className="block text-xs text-ink-soft">
              {t("refund.note")}: {refund.note}
            </span>
          ) : null}
        </>
      ),
    },
    { head: t("order.by"), look: "md:whitespace-nowrap", cell: (refund) => actorText(t, names, refund.requestedBy) },
    {
      head: zoneText(t("order.at"), reading),
      look: "text-ink-soft",
      cell: (refund) => <ShortMoment at={refund.createdAt} reading={reading} />,
    },
  ];
}
