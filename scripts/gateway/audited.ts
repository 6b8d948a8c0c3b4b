import { type Database, inTransaction } from "#db/client.ts";
import { type Also, appendAudit, auditing } from "#db/queries/audit.ts";
import { ownActor } from "#lib/domain/audit.ts";
import { CHARGES_AT_ONCE } from "#lib/domain/methods.ts";
import type { Opened } from "#lib/payments/open-account.ts";
import type { StartAttempt } from "#lib/payments/start-attempt.ts";
import type { Input, OperationName } from "./inputs.ts";

/** Whose name the histories and the audit have what is typed on the server under. */
export const ACTOR = "command line";
export const AUDITOR = ownActor("script", ACTOR);

/** A scanned code is charged at once: the audit has it, with the attempt, as it has a till's. Nothing for other methods. */
export function chargeAudited(input: Input<"create">, { row }: Opened): StartAttempt["guard"] {
  if (!CHARGES_AT_ONCE.has(input.method)) return undefined;
  const detail = { amount: `${input.amount} ${input.currency}`, live: row.live };
  const also = auditing({ actor: AUDITOR, merchantId: row.merchantId, action: "counter.charge", detail }, "order");
  return async (tx, { order }) => {
    await also(tx, order.id);
    return { ok: true, value: undefined };
  };
}

/** The row of a payout, written with its intent. */
export function payoutAudited({ amount, channel, recipient }: Input<"payout">, { row }: Opened): Also {
  const detail = { amount: `${amount} CNY`, account: row.title, channel, ending: recipient.number.slice(-4) };
  return auditing({ actor: AUDITOR, merchantId: row.merchantId, action: "payouts.send", detail }, "payout");
}

/** Says in the audit that a gateway is about to be told something which changes nothing here: a close, a declaration. */
export async function auditCall(
  { database, opened }: { database: Database; opened: Opened },
  operation: OperationName,
  gatewayOrderNo: string,
): Promise<void> {
  const { id, merchantId, gateway } = opened.row;
  const detail = { operation, gateway, gatewayOrderNo };
  await inTransaction(database, (tx) =>
    appendAudit(tx, { actor: AUDITOR, merchantId, action: "gateway.call", target: { kind: "account", id }, detail }),
  );
}
