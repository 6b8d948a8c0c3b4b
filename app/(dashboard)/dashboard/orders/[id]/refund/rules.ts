import { moneyText } from "#components/dashboard/money.tsx";
import { db } from "#db/client.ts";
import { readUserNames } from "#db/queries/dashboard-order.ts";
import { approvalAbove, readRefundDay } from "#db/queries/refund-limits.ts";
import { type RefundRequest, waitingRequests } from "#db/queries/refund-requests.ts";
import { refundedBy } from "#db/queries/refunds.ts";
import { can, type User } from "#lib/auth.ts";
import { leftOfDay, type RefundAsker } from "#lib/domain/refund-approval.ts";
import { formatMoment } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import type { Translator } from "#lib/i18n/translator.ts";

interface Order {
  id: string;
  merchantId: string;
  currency: string;
  live: boolean;
  timeZone: string;
}

/** Whether this person may refund, or only ask for it. */
export function askerOf(user: User, merchantId: string): Exclude<RefundAsker, "program"> {
  return can(user, merchantId, "refund_order") ? "refunder" : "requester";
}

export interface RefundRules {
  /** Sentences about what this person's refund of this order will meet, before anything is typed. */
  told: string[];
  /** Whether any refund of theirs has to be approved. */
  always: boolean;
  /** What waits already. */
  waiting: { id: string; text: string }[];
}

/** What the merchant's limits mean for this person and this order now; sendRefund and requestRefund decide by the same rules. */
export async function refundRules(user: User, order: Order, locale: Locale, t: Translator<"refunds">): Promise<RefundRules> {
  const money = (amount: bigint) => moneyText({ amount, currency: order.currency }, locale);
  const [limit, earlier, day, waiting] = await Promise.all([
    approvalAbove(db(), order.merchantId, order.currency),
    refundedBy(db(), order.id, user.id),
    readRefundDay(db(), order, new Date()),
    waitingRequests(db(), order.merchantId, order.id),
  ]);
  const alone = askerOf(user, order.merchantId) === "requester" ? 0n : limit === null ? null : limit > earlier ? limit - earlier : 0n;
  const told = [approvalText(user, order, limit, alone, t, money)];
  const left = leftOfDay(day.cap, day.used);
  if (day.cap !== null && left !== null) {
    told.push(t("form_cap", { left: money(left), cap: money(day.cap), at: formatMoment(day.endsAt, locale, order.timeZone) }));
  }
  const names = await readUserNames(
    db(),
    waiting.map((one) => one.requestedBy),
  );
  return {
    told: told.filter((text) => text !== null),
    always: alone === 0n,
    waiting: waiting.map((one) => ({ id: one.id, text: waitingText(one, names, t, money) })),
  };
}

function approvalText(
  user: User,
  order: Order,
  limit: bigint | null,
  alone: bigint | null,
  t: Translator<"refunds">,
  money: (amount: bigint) => string,
): string | null {
  if (askerOf(user, order.merchantId) === "requester") return t("form_operator");
  if (limit === null || alone === null) return null;
  if (limit === 0n) return t("form_always");
  return alone === 0n ? t("form_spent") : t("form_limit", { left: money(alone) });
}

function waitingText(
  one: RefundRequest,
  names: ReadonlyMap<string, string>,
  t: Translator<"refunds">,
  money: (amount: bigint) => string,
): string {
  return t("form_waiting", { amount: money(one.amount), name: names.get(one.requestedBy) ?? one.requestedBy, reason: one.reason });
}
