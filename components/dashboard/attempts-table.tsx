import { type Reading, ShortMoment, zoneText } from "#components/dashboard/moment.tsx";
import { moneyText } from "#components/dashboard/money.tsx";
import { AttemptStateDot, methodText } from "#components/dashboard/states.tsx";
import { Code } from "#components/ui/code.tsx";
import { Badge } from "#components/ui/dot.tsx";
import { LINK } from "#components/ui/link.ts";
import { type Column, ListTable } from "#components/ui/list-table.tsx";
import type { AttemptState } from "#lib/domain/attempt.ts";
import type { Method } from "#lib/domain/methods.ts";
import type { Translator } from "#lib/i18n/translator.ts";

interface Attempt {
  id: string;
  method: Method;
  accountTitle: string;
  state: AttemptState;
  surplus: boolean;
  /** Why it brought nothing, in words; null where there is nothing to say. */
  problem: string | null;
  amount: bigint;
  currency: string;
  payAmount: string | null;
  payCurrency: string | null;
  gatewayOrderNo: string;
  gatewayRef: string | null;
  createdAt: Date;
  /** Of a paid one: what can go back, what is on its way, in words; `href` for who may refund. */
  refund: { remaining: string | null; pending: string | null; href: string | null; label: string } | null;
}

interface Props {
  t: Translator<"dashboard">;
  words: Translator<"order">;
  reading: Reading;
}

/** Every try to pay an order, with both numbers a gateway's support will ask for. */
export function AttemptsTable({ t, words, attempts, reading }: Props & { attempts: readonly Attempt[] }) {
  return (
    <section aria-labelledby="attempts">
      <h2 id="attempts" className="mb-2 font-semibold">
        {t("order.attempts")}
      </h2>
      {attempts.length === 0 ? (
        <p className="rounded-card border border-line bg-surface px-4 py-6 text-ink-soft">{t("order.noAttempts")}</p>
      ) : (
        <ListTable label={t("order.attempts")} columns={columnsOf({ t, words, reading })} rows={attempts} rowKey={({ id }) => id} />
      )}
    </section>
  );
}

function columnsOf({ t, words, reading }: Props): Column<Attempt>[] {
  const copy = (what: string) => ({ label: t("common.copy", { what }), done: t("common.copied") });
  return [
    {
      head: t("order.method"),
      phone: "lead",
      look: "md:whitespace-nowrap",
      cell: (attempt) => (
        <>
          {methodText(t, attempt.method)}
          <span className="block text-xs font-normal text-ink-soft">{attempt.accountTitle}</span>
        </>
      ),
    },
    {
      head: t("order.state"),
      phone: "plain",
      cell: (attempt) => (
        <>
          <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <AttemptStateDot t={t} state={attempt.state} />
            {attempt.surplus ? <Badge tone="bad">{t("mark.surplus")}</Badge> : null}
          </span>
          {attempt.problem ? <span className="block text-xs break-words text-ink-soft md:min-w-48">{attempt.problem}</span> : null}
        </>
      ),
    },
    {
      head: t("order.amount"),
      number: true,
      phone: "aside",
      look: "md:py-1",
      cell: (attempt) => <Amount words={words} attempt={attempt} reading={reading} />,
    },
    { head: t("order.gatewayOrderNo"), cell: (attempt) => <Code text={attempt.gatewayOrderNo} copy={copy(t("order.gatewayOrderNo"))} /> },
    {
      head: t("order.gatewayRef"),
      cell: ({ gatewayRef }) => (gatewayRef ? <Code text={gatewayRef} copy={copy(t("order.gatewayRef"))} /> : t("common.unavailable")),
    },
    {
      head: zoneText(t("order.at"), reading),
      look: "text-ink-soft",
      cell: (attempt) => <ShortMoment at={attempt.createdAt} reading={reading} />,
    },
  ];
}

function Amount({ words, attempt, reading }: Omit<Props, "t"> & { attempt: Attempt }) {
  return (
    <>
      {moneyText(attempt, reading.locale)}
      {attempt.payAmount ? (
        <span className="block text-xs font-normal text-ink-soft">
          {attempt.payAmount} {attempt.payCurrency}
        </span>
      ) : null}
      {attempt.refund ? <RefundLeft words={words} refund={attempt.refund} /> : null}
    </>
  );
}

function RefundLeft({ words, refund }: { words: Translator<"order">; refund: NonNullable<Attempt["refund"]> }) {
  return (
    <span className="mt-0.5 flex flex-wrap items-center justify-end gap-x-2 text-xs font-normal text-ink-soft">
      {refund.pending ? <span>{refund.pending}</span> : null}
      {refund.remaining ? <span>{refund.remaining}</span> : null}
      {refund.href ? (
        <a href={refund.href} aria-label={refund.label} className={LINK}>
          {words("attempt.refund")}
        </a>
      ) : null}
    </span>
  );
}
