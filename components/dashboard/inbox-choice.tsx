import { type Reading, ShortMoment } from "#components/dashboard/moment.tsx";
import { moneyText } from "#components/dashboard/money.tsx";
import { OrderStateDot } from "#components/dashboard/states.tsx";
import { Badge } from "#components/ui/dot.tsx";
import type { OrderState } from "#lib/domain/order.ts";
import type { Translator } from "#lib/i18n/translator.ts";

export interface CandidateOrder {
  id: string;
  reference: string;
  title: string;
  state: OrderState;
  amount: bigint;
  currency: string;
  createdAt: Date;
}

/** What of an order fits an orphan. An order that differs in mode or account cannot be chosen; another amount is said. */
export interface Fit {
  amount: boolean;
  mode: boolean;
  account: boolean;
}

interface Props {
  t: Translator<"dashboard">;
  words: Translator<"inbox">;
  order: CandidateOrder;
  fit: Fit;
  reading: Reading;
}

/** One order an orphan may be given to, with what fits and what choosing it would mean. */
export function CandidateLine({ t, words, order, fit, reading }: Props) {
  const warning = warningOf(words, order, fit);
  return (
    <>
      <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <strong className="font-medium break-all">{order.reference}</strong>
        <span className="tabular-nums">{moneyText(order, reading.locale)}</span>
        <OrderStateDot t={t} state={order.state} />
      </span>
      <span className="flex flex-wrap gap-x-3 text-xs text-ink-soft">
        <span className="break-words">{order.title}</span>
        <ShortMoment at={order.createdAt} reading={reading} />
      </span>
      <span className="flex flex-wrap gap-1.5">
        {(["amount", "mode", "account"] as const).map((name) => (
          <Badge key={name} tone={fit[name] ? "good" : "bad"}>
            {words(`decide.fit_${name}`)} {words(fit[name] ? "decide.fit_yes" : "decide.fit_no")}
          </Badge>
        ))}
      </span>
      {warning ? <span className="text-xs text-amber">{warning}</span> : null}
    </>
  );
}

function warningOf(words: Props["words"], order: CandidateOrder, fit: Fit): string | null {
  if (!fit.mode || !fit.account) return words("decide.warn_unfit");
  if (!fit.amount) return words("decide.warn_amount");
  if (order.state === "paid") return words("decide.warn_paid");
  return order.state === "open" ? null : words("decide.warn_ended");
}
