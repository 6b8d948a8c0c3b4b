import { z } from "zod";
import { MAX_MINOR, type Money } from "#lib/domain/money.ts";
import type { PaidDetail, Standing } from "#lib/domain/verdict.ts";

/** Text, or nothing: numbers arrive here as their source text (wire.ts `parseJson`), null as absent. */
export const text = z
  .string()
  .nullish()
  .transform((value) => value ?? "");

/** A payment as seeds/003 §2.2.4 and §2.3.2 describe it. */
export const PAYMENT = z.object({
  ...{ mchId: text, appId: text, payOrderId: text, mchOrderNo: text, amount: text, currency: text, status: text },
  ...{ channelUser: text, channelOrderNo: text, paySuccTime: text, backType: text },
});
export type Payment = z.output<typeof PAYMENT>;

/** §2.2.4, §2.3.2: 2 becomes 3 once the notification was acknowledged; both are paid. There is no 4. */
const STATUSES: Readonly<Record<string, "pending" | "paid" | "failed">> = {
  "0": "pending",
  "1": "pending",
  "2": "paid",
  "3": "paid",
  "5": "failed",
};

/** Integer fen ("1990") as money (§1.2); null for anything else: a point, a sign, an exponent, too many digits. */
export function fen(value: string): Money | null {
  if (!/^(?:0|[1-9]\d{0,12})$/.test(value)) return null;
  const minor = BigInt(value);
  return minor > MAX_MINOR ? null : { minor, currency: "CNY" };
}

/** Whose an answer must be: the signature binds it to no request, so it must say so itself. */
export interface Owner {
  mchId: string;
  appId: string;
}

/** Why an answer is of another merchant or app, or null. `appId` may be missing, but not differ. */
export function ownerProblem(got: Owner, own: Owner): string | null {
  if (got.mchId !== own.mchId) return `it is about the merchant ${got.mchId || "(none)"}, not ${own.mchId}`;
  return got.appId !== "" && got.appId !== own.appId ? `it is about the app ${got.appId}, not ${own.appId}` : null;
}

/** Why a queried payment is not the one asked for, or null. */
export function mismatchOf(payment: Payment, expected: Owner & { mchOrderNo: string; payOrderId: string | null }): string | null {
  const foreign = ownerProblem(payment, expected);
  if (foreign) return foreign;
  if (payment.mchOrderNo !== expected.mchOrderNo) return "the answer is about another number of ours";
  if (expected.payOrderId && payment.payOrderId !== expected.payOrderId) return "the answer is about another payment";
  return payment.currency !== "" && payment.currency.toLowerCase() !== "cny" ? "the answer is in another currency" : null;
}

/** What a payment's `status` says; `unknown` when it is not in the table, or a paid one has no readable amount or no number. */
export function standingOf(payment: Payment): Standing {
  const status = Object.hasOwn(STATUSES, payment.status) ? STATUSES[payment.status] : undefined;
  const gatewayRef = payment.payOrderId === "" ? null : payment.payOrderId;
  if (status === undefined) return unknown(`the status ${payment.status || "(empty)"} is not in the document`);
  if (status === "failed") return { kind: "failed", code: payment.status };
  if (status === "pending") return { kind: "pending", gatewayRef };
  const amount = fen(payment.amount);
  if (!amount) return unknown("paid, but the amount is not readable");
  if (!gatewayRef) return unknown("paid, but without the gateway's number");
  const paidAt = timeOf(payment.paySuccTime);
  const detail = detailOf(payment);
  return { kind: "paid", gatewayRef, amount, paidAt, ...(detail && { detail }) };
}

/** §2.2.4 `channelOrderNo`: the third party's number, which is what the shopper's receipt shows. */
function detailOf({ channelUser, channelOrderNo }: Payment): PaidDetail | null {
  if (channelUser === "" && channelOrderNo === "") return null;
  return { ...(channelUser !== "" && { payer: channelUser }), ...(channelOrderNo !== "" && { walletRef: channelOrderNo }) };
}

/** Milliseconds since 1970 (§2.3.2); null when it is no such text. */
function timeOf(value: string): Date | null {
  return /^[1-9]\d{12}$/.test(value) ? new Date(Number(value)) : null;
}

function unknown(reason: string): Standing {
  return { kind: "unknown", reason };
}
