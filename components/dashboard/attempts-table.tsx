import { type Reading, ShortMoment, ZoneHead } from "#components/dashboard/moment.tsx";
import { moneyText } from "#components/dashboard/money.tsx";
import { AttemptStateDot, methodText } from "#components/dashboard/states.tsx";
import { Code } from "#components/ui/code.tsx";
import { Badge } from "#components/ui/dot.tsx";
import { Scroll } from "#components/ui/scroll.tsx";
import { TABLE } from "#components/ui/table.ts";
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

/** Every try to pay an order, with both numbers a gateway's support will ask for. */
export function AttemptsTable({
  t,
  words,
  attempts,
  reading,
}: {
  t: Translator<"dashboard">;
  words: Translator<"order">;
  attempts: readonly Attempt[];
  reading: Reading;
}) {
  const copy = (what: string) => ({ label: t("common.copy", { what }), done: t("common.copied") });
  return (
    <section aria-labelledby="attempts">
      <h2 id="attempts" className="mb-2 font-semibold">
        {t("order.attempts")}
      </h2>
      {attempts.length === 0 ? (
        <p className="rounded-card border border-line bg-surface px-4 py-6 text-ink-soft">{t("order.noAttempts")}</p>
      ) : (
        <Scroll label={t("order.attempts")}>
          <table className={TABLE.table}>
            <thead className={TABLE.head}>
              <tr>
                {(["method", "state", "amount", "gatewayOrderNo", "gatewayRef", "at"] as const).map((name) => (
                  <th key={name} scope="col" className={name === "amount" ? TABLE.thNumber : TABLE.th}>
                    {name === "at" ? <ZoneHead word={t(`order.${name}`)} reading={reading} /> : t(`order.${name}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {attempts.map((attempt) => (
                <tr key={attempt.id} className={TABLE.row}>
                  <td className={`${TABLE.td} whitespace-nowrap`}>
                    {methodText(t, attempt.method)}
                    <span className="block text-xs text-ink-soft">{attempt.accountTitle}</span>
                  </td>
                  <td className={TABLE.td}>
                    <span className="flex items-center gap-2">
                      <AttemptStateDot t={t} state={attempt.state} />
                      {attempt.surplus ? <Badge tone="bad">{t("mark.surplus")}</Badge> : null}
                    </span>
                    {attempt.problem ? <span className="block min-w-48 text-xs break-words text-ink-soft">{attempt.problem}</span> : null}
                  </td>
                  <td className={TABLE.tdNumber}>
                    {moneyText(attempt, reading.locale)}
                    {attempt.payAmount ? (
                      <span className="block text-xs text-ink-soft">
                        {attempt.payAmount} {attempt.payCurrency}
                      </span>
                    ) : null}
                    {attempt.refund ? <RefundLeft words={words} refund={attempt.refund} /> : null}
                  </td>
                  <td className={TABLE.td}>
                    <Code text={attempt.gatewayOrderNo} copy={copy(t("order.gatewayOrderNo"))} />
                  </td>
                  <td className={TABLE.td}>
                    {attempt.gatewayRef ? <Code text={attempt.gatewayRef} copy={copy(t("order.gatewayRef"))} /> : t("common.unavailable")}
                  </td>
                  <td className={`${TABLE.td} text-ink-soft`}>
                    <ShortMoment at={attempt.createdAt} reading={reading} />
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

function RefundLeft({ words, refund }: { words: Translator<"order">; refund: NonNullable<Attempt["refund"]> }) {
  return (
    <span className="mt-0.5 flex flex-wrap items-center justify-end gap-x-2 text-xs text-ink-soft">
      {refund.pending ? <span>{refund.pending}</span> : null}
      {refund.remaining ? <span>{refund.remaining}</span> : null}
      {refund.href ? (
        <a href={refund.href} aria-label={refund.label} className="text-jade underline underline-offset-4">
          {words("attempt.refund")}
        </a>
      ) : null}
    </span>
  );
}
