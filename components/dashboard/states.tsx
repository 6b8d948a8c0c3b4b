import { Badge, Dot, type Tone } from "#components/ui/dot.tsx";
import type { AttemptState } from "#lib/domain/attempt.ts";
import { type Method, walletOf } from "#lib/domain/methods.ts";
import type { OrderState } from "#lib/domain/order.ts";
import { type RefundState, refundStanding } from "#lib/domain/refund.ts";
import type { RequestState } from "#lib/domain/refund-request.ts";
import type { Translator } from "#lib/i18n/translator.ts";

type T = Translator<"dashboard">;

const ORDER_TONES = { open: "wait", paid: "good", expired: "quiet", cancelled: "quiet" } as const satisfies Record<OrderState, Tone>;
const ATTEMPT_TONES = {
  new: "quiet",
  sent: "wait",
  presented: "wait",
  unknown: "wait",
  refused: "bad",
  paid: "good",
  failed: "bad",
  closed: "quiet",
} as const satisfies Record<AttemptState, Tone>;
const REFUND_TONES = {
  reserved: "wait",
  sent: "wait",
  unknown: "wait",
  succeeded: "good",
  failed: "bad",
  manual: "good",
} as const satisfies Record<RefundState, Tone>;
const REQUEST_TONES = {
  requested: "wait",
  approved: "good",
  declined: "bad",
  withdrawn: "quiet",
  expired: "quiet",
} as const satisfies Record<RequestState, Tone>;
const DELIVERY_TONES = { pending: "wait", acknowledged: "good", dead: "bad" } as const;
const VERDICT_TONES = {
  credited: "good",
  surplus: "bad",
  mismatch: "bad",
  nothing: "quiet",
  closed: "quiet",
  queried: "wait",
  orphan: "bad",
} as const;

export function OrderStateDot({ t, state }: { t: T; state: OrderState }) {
  return <Dot tone={ORDER_TONES[state]}>{t(`orderState.${state}`)}</Dot>;
}

export function AttemptStateDot({ t, state }: { t: T; state: AttemptState }) {
  return <Dot tone={ATTEMPT_TONES[state]}>{t(`attemptState.${state}`)}</Dot>;
}

export function RefundStateDot({ t, state }: { t: T; state: RefundState }) {
  return <Dot tone={REFUND_TONES[state]}>{t(`refundState.${state}`)}</Dot>;
}

/** A refund request's state; its words are the refunds screen's. */
export function RequestStateDot({ t, state }: { t: Translator<"refunds">; state: RequestState }) {
  return <Dot tone={REQUEST_TONES[state]}>{t(`state_${state}`)}</Dot>;
}

export function DeliveryStateDot({ t, state }: { t: T; state: keyof typeof DELIVERY_TONES }) {
  return <Dot tone={DELIVERY_TONES[state]}>{t(`deliveryState.${state}`)}</Dot>;
}

export function VerdictDot({ t, verdict }: { t: T; verdict: keyof typeof VERDICT_TONES }) {
  return <Dot tone={VERDICT_TONES[verdict]}>{t(`verdict.${verdict}`)}</Dot>;
}

/** What else there is to know at a glance: late, needs review, refunded, test money. */
export function OrderMarks(props: {
  t: T;
  order: { paidLate: boolean; needsReview: boolean; live: boolean; amount: bigint; refundedAmount: bigint };
}) {
  const { t, order } = props;
  const refunded = refundStanding(order.amount, order.refundedAmount);
  return (
    <>
      {order.needsReview ? <Badge tone="bad">{t("mark.review")}</Badge> : null}
      {order.paidLate ? <Badge tone="wait">{t("mark.late")}</Badge> : null}
      {refunded === "none" ? null : <Badge tone="quiet">{t(refunded === "full" ? "mark.refunded" : "mark.partRefunded")}</Badge>}
      {order.live ? null : <Badge tone="quiet">{t("common.test")}</Badge>}
    </>
  );
}

/** A method in words: the wallet and its shape, e.g. "Alipay · QR code". */
export function methodText(t: T, method: Method): string {
  const shape = method.slice(method.indexOf(".") + 1) as Parameters<T>[0] extends infer K
    ? K extends `shape.${infer S}`
      ? S
      : never
    : never;
  return `${t(`wallet.${walletOf(method)}`)} · ${t(`shape.${shape}`)}`;
}
