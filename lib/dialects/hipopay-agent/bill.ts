import type { WireReply } from "#lib/dialects/dialect.ts";
import { billReply, readBillDays } from "#lib/dialects/hipopay/bill-text.ts";
import type { Call, Route } from "#lib/dialects/hipopay-agent/call.ts";
import { readForm } from "#lib/dialects/hipopay-agent/form.ts";
import { badRequest, refuse } from "#lib/dialects/hipopay-agent/reply.ts";

/** GET /download_bill (seeds/000 §8): a text file in the merchant API's format (assumed, protocols.md §1; seeds/001 reconciliation report). */
export const BILL_ROUTES: readonly Route[] = [{ method: "GET", path: "/download_bill", access: "signed", assumed: true, answer: bill }];

async function bill(call: Call): Promise<WireReply> {
  const form = readForm(call.fields, ["agent_no", "start_date", "end_date"], []);
  if (!form.ok) return form.reply;
  if (form.value.need("agent_no") !== call.caller.callerNo) return refuse(403, "agent_no");
  const days = readBillDays(form.value, call.receivedAt);
  if (!days.ok) return badRequest(days.fault);
  return billReply(call.caller.callerNo, days.value, await call.backend.bill(call.caller, days.value.range));
}
