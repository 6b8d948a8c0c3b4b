import { BUTTON } from "#components/ui/button.ts";
import { Notice } from "#components/ui/notice.tsx";
import { Submit } from "#components/ui/submit.tsx";
import type { AttemptState } from "#lib/domain/attempt.ts";
import type { OrderState } from "#lib/domain/order.ts";
import type { Permission } from "#lib/domain/permission.ts";
import type { Translator } from "#lib/i18n/translator.ts";

interface Props {
  t: Translator<"dashboard">;
  order: { id: string; state: OrderState; needsReview: boolean };
  attempts: readonly { state: AttemptState; amount: bigint; refundedAmount: bigint }[];
  allowed: (permission: Permission) => boolean;
  actions: Record<"recheck" | "closeOrder" | "review", (form: FormData) => Promise<void>>;
}

/** What this person may do with this order now; nothing that could not succeed is offered. */
export function OrderActions({ t, order, attempts, allowed, actions }: Props) {
  const undecided = attempts.some((attempt) => attempt.state !== "paid");
  const refundable = attempts.some((attempt) => attempt.state === "paid" && attempt.refundedAmount < attempt.amount);
  const show = {
    refund: refundable && allowed("request_refund"),
    recheck: undecided && allowed("recheck_order"),
    close: order.state === "open" && allowed("close_order"),
    review: order.needsReview && allowed("review_order"),
  };
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
            <form action={actions.review}>
              {hidden}
              <Submit look="secondary" busy={t("common.working")}>
                {t("order.review")}
              </Submit>
            </form>
          ) : null}
          {show.recheck ? (
            <form action={actions.recheck} title={t("order.recheckHint")}>
              {hidden}
              <Submit look="secondary" busy={t("common.working")}>
                {t("order.recheck")}
              </Submit>
            </form>
          ) : null}
          {show.close ? (
            <details className="group/close open:basis-full">
              <summary className={`${BUTTON.secondary} list-none [&::-webkit-details-marker]:hidden`}>{t("order.close")}</summary>
              <form action={actions.closeOrder} className="mt-2 grid max-w-lg gap-3 rounded-card border border-line bg-surface p-4">
                {hidden}
                <p>{t("order.closeConfirm")}</p>
                <div>
                  <Submit look="danger" busy={t("common.working")}>
                    {t("order.closeYes")}
                  </Submit>
                </div>
              </form>
            </details>
          ) : null}
        </div>
      ) : null}
    </section>
  );
}
