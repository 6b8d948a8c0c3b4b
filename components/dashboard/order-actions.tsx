import { ReasonForm, type ReasonState } from "#components/dashboard/reason-form.tsx";
import { BUTTON } from "#components/ui/button.ts";
import { Icon } from "#components/ui/icon.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Submit } from "#components/ui/submit.tsx";
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
  actions: { recheck: (form: FormData) => Promise<void> } & Record<
    "closeOrder" | "review",
    (before: ReasonState, form: FormData) => Promise<ReasonState>
  >;
}

const SUMMARY = `${BUTTON.secondary} list-none [&::-webkit-details-marker]:hidden`;
const PANEL = "mt-2 grid max-w-lg gap-3 rounded-card border border-line bg-surface p-4";

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
  const reason = { reason: words("action.reason"), reasonHint: words("action.reasonHint"), busy: t("common.working") };
  const hidden = <input type="hidden" name="order" value={order.id} />;
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
            <details className="group/review open:basis-full">
              <summary className={SUMMARY}>{t("order.review")}</summary>
              <div className={PANEL}>
                <p className="font-medium">{words("action.reviewTitle")}</p>
                <ReasonForm
                  id="review"
                  submit={actions.review}
                  hidden={{ order: order.id, seen: String(order.eventSequence) }}
                  words={{ ...reason, yes: t("order.review") }}
                />
              </div>
            </details>
          ) : null}
          {show.recheck ? (
            <form action={actions.recheck} title={words("action.recheck")}>
              {hidden}
              <Submit look="secondary" busy={t("common.working")}>
                {t("order.recheck")}
              </Submit>
            </form>
          ) : null}
          {show.close ? (
            <details className="group/close open:basis-full">
              <summary className={SUMMARY}>{t("order.close")}</summary>
              <div className={PANEL}>
                <p>{t("order.closeConfirm")}</p>
                <ReasonForm
                  id="close"
                  submit={actions.closeOrder}
                  hidden={{ order: order.id }}
                  look="danger"
                  words={{ ...reason, yes: t("order.closeYes") }}
                />
              </div>
            </details>
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
