import type { WireReply } from "#lib/dialects/dialect.ts";
import { billReply, readBillDays } from "#lib/dialects/hipopay/bill-text.ts";
import { readForm } from "#lib/dialects/hipopay/form.ts";
import { type Call, merchantOf, type Route } from "#lib/dialects/hipopay-merchant/call.ts";
import { badRequest } from "#lib/dialects/hipopay-merchant/reply.ts";

/** seeds/001, Export Reconciliation Report: a txt file, under Version 3.0, or 1.0 as the Java SDK sends (protocols.md §1). */
export const BILL_ROUTES: readonly Route[] = [{ method: "GET", path: "/download_bill", access: "signed", answer: bill }];

async function bill(call: Call): Promise<WireReply> {
  const form = readForm(call.fields, { required: ["merchant_no", "start_date", "end_date"] });
  if (!form.ok) return badRequest(form.fault);
  const merchantNo = merchantOf(call, form.value);
  if (!merchantNo.ok) return merchantNo.reply;
  const days = readBillDays(form.value, call.receivedAt);
  if (!days.ok) return badRequest(days.fault);
  return billReply(merchantNo.value, days.value, await call.backend.bill(call.caller, days.value.range));
}
