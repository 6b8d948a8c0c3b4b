import type { GatewayAccount } from "#db/queries/accounts.ts";
import type { Attempt } from "#db/queries/locks.ts";
import type { NewNotification } from "#db/queries/save-change.ts";
import type { NotificationVerdict, VerdictReason } from "#db/schema/notifications.ts";
import { newId } from "#lib/domain/ids.ts";
import type { Verdict } from "#lib/domain/verdict.ts";
import type { InboundMessage, VerifiedNotification } from "#lib/gateways/notice.ts";
import { sealFor } from "#lib/secrets.ts";

/** The word a notification keeps of what it was judged to be. */
export const VERDICT_WORDS = {
  credit: "credited",
  surplus: "surplus",
  mismatch: "mismatch",
  close: "closed",
  nothing: "nothing",
  query: "queried",
} as const satisfies Record<Verdict["do"], NotificationVerdict>;

/** Why it was judged so, for whoever reads the history. */
export function whyOf(verdict: Verdict, { settles, standing }: VerifiedNotification, attempt: Attempt): VerdictReason {
  switch (verdict.do) {
    case "credit":
      return verdict.late ? "late" : "on_time";
    case "surplus":
      return "second_payment";
    case "mismatch":
      return verdict.expected.currency === verdict.got.currency ? "amount" : "currency";
    case "close":
      return verdict.to === "failed" ? "failed_there" : "closed_there";
    case "nothing":
      return verdict.why;
    case "query":
      if (standing.kind === "unknown") return "unclear";
      return settles === "query" ? "hint" : attempt.gatewayClosedAt ? "closed_here" : "unclear";
  }
}

/** A message as it is kept: its bytes sealed. */
export function stored(
  row: GatewayAccount,
  notification: VerifiedNotification,
  message: InboundMessage,
  known: Pick<NewNotification, "orderId" | "attemptId" | "verdict" | "why">,
): NewNotification {
  const id = newId("notification");
  const raw = JSON.stringify({
    method: message.method,
    query: message.query,
    headers: message.headers,
    body: Buffer.from(message.body).toString("base64"),
  });
  return {
    id,
    accountId: row.id,
    fingerprint: notification.fingerprint,
    gatewayOrderNo: notification.gatewayOrderNo,
    ...known,
    fields: notification.fields,
    raw: sealFor("notifications.raw", id, raw),
  };
}
