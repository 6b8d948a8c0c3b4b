import { ReasonForm, type ReasonState } from "#components/dashboard/reason-form.tsx";
import { reasonsFor, reasonWords } from "#components/dashboard/reason-words.ts";
import { BUTTON } from "#components/ui/button.ts";
import { Icon } from "#components/ui/icon.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { AttemptState } from "#lib/domain/attempt.ts";
import type { OrderState } from "#lib/domain/order.ts";
import type { Permission } from "#lib/domain/permission.ts";
import type { Translator } from "#lib/i18n/translator.ts";

interface Props {
  t: Translator<"dashboard">;
  words: Translator<"order">;
  order: { id: string; state: OrderState; needsReview: boolean; eventSequence: number };
  attempts: readonly { state: AttemptState; amount: bigint; refundedAmount: bigint }[];
  allowed: (permission: Permission) => boolean;
  actions: Record<"recheck" | "closeOrder" | "review", (before: ReasonState, form: FormData) => Promise<ReasonState>>;
}

/** What this person may do with this order now; nothing that could not succeed is offered. */
export function OrderActions({ t, words, order, attempts, allowed, actions }: Props) {
  const undecided = attempts.some((attempt) => attempt.state !== "paid");
  const refundable = attempts.some((attempt) => attempt.state === "paid" && attempt.refundedAmount < attempt.amount);
  const show = {
    refund: refundable && allowed("request_refund"),
    recheck: undecided && allowed("recheck_order"),
    close: order.state === "open" && allowed("close_order"),
    review: order.needsReview && allowed("review_order"),
    bundle: allowed("export_orders"),
  };
  // After something was done the panels are closed again: their keys are others.
  const reason = reasonWords(t, words);
  return (
    <section aria-label={t("order.actions")} className="grid gap-3 empty:hidden">
      {order.needsReview ? <Notice kind="hint">{t("order.reviewWhy")}</Notice> : null}
      {Object.values(show).some(Boolean) ? (
        <div className="flex flex-wrap items-start gap-2">
          {show.refund ? (
            <a href={`/dashboard/orders/${order.id}/refund`} className={BUTTON.primary}>
              {t("order.refund")}
            </a>
          ) : null}
          {show.review ? (
            <ReasonForm
              key={`review-${order.eventSequence}`}
              panel={{ title: t("order.review"), text: words("action.reviewTitle") }}
              id="review"
              submit={actions.review}
              hidden={{ order: order.id, seen: String(order.eventSequence) }}
              words={{ ...reason, yes: t("order.review") }}
            />
          ) : null}
          {show.recheck ? (
            <ReasonForm
              key={`recheck-${order.eventSequence}`}
              panel={{ title: t("order.recheck"), text: words("action.recheck") }}
              id="recheck"
              submit={actions.recheck}
              hidden={{ order: order.id }}
              suggestions={reasonsFor(words, "recheck")}
              words={{ ...reason, yes: words("action.recheckYes") }}
            />
          ) : null}
          {show.close ? (
            <ReasonForm
              key={`close-${order.eventSequence}`}
              panel={{ title: t("order.close"), text: t("order.closeConfirm") }}
              id="close"
              submit={actions.closeOrder}
              hidden={{ order: order.id }}
              look="danger"
              suggestions={reasonsFor(words, "close")}
              words={{ ...reason, yes: t("order.closeYes") }}
            />
          ) : null}
          {show.bundle ? (
            // A plain form: the answer is a file, and the page stays.
            <form action={`/dashboard/orders/${order.id}/bundle`} method="post" title={words("action.bundleHint")}>
              <button type="submit" className={BUTTON.quiet}>
                <Icon name="download" className="size-4" />
                {words("action.bundle")}
              </button>
            </form>
          ) : null}
        </div>
      ) : null}
    </section>
  );
}
