import type { NewPayout, Payout } from "#lib/dialects/backend.ts";
import type { WireReply } from "#lib/dialects/dialect.ts";
import type { Call, Route } from "#lib/dialects/xxpay/call.ts";
import { fenOfYuan, yuanOfFen } from "#lib/dialects/xxpay/fen.ts";
import { type Form, readForm } from "#lib/dialects/xxpay/form.ts";
import { isRefusal, PROBLEMS, refuse, success, whole } from "#lib/dialects/xxpay/reply.ts";
import { newTransStatus, RENOTIFIED, transStatus } from "#lib/dialects/xxpay/status.ts";

/** The one kind of payout this gateway has. */
const CHANNEL = "trans";
const REQUIRED = [
  ...["mchId", "appId", "mchTransOrderNo", "currency", "amount", "bankCode", "bankName"],
  ...["accountType", "accountName", "accountNo", "province", "city"],
];
/** What the gateway remembers of a payout beside whom and how much. */
const REMEMBERED = [
  "appId",
  "accountAttr",
  "bankType",
  "bankCode",
  "bankName",
  "accountType",
  "province",
  "city",
  "device",
  "param1",
  "param2",
];

/** 代付 (seeds/003 §3.1, §3.2). */
export const TRANS_ROUTES: readonly Route[] = [
  { path: "/api/trans/create_order", answer: createOrder },
  { path: "/api/trans/query_order", answer: queryOrder },
];

async function createOrder(call: Call): Promise<WireReply> {
  const optional = ["clientIp", "device", "notifyUrl", "accountAttr", "bankType", "param1", "param2"];
  const form = readForm(call.fields, REQUIRED, optional);
  if (isRefusal(form)) return refuse(form);
  const made = await call.backend.createPayout(call.caller, newPayout(call, form));
  if (!made.ok) return refuse(PROBLEMS[made.problem]);
  const payout = made.value;
  // These are JSON numbers here and strings in the query's reply: real clients need both (protocols.md §3).
  return success(call.caller, {
    ...numbersOf(payout),
    mchId: whole(call.caller.callerNo),
    amount: fenOfYuan(payout.amount),
    status: BigInt(newTransStatus(payout)),
    createTime: BigInt(payout.createdAt.getTime()),
  });
}

async function queryOrder(call: Call): Promise<WireReply> {
  const { caller, backend } = call;
  const form = readForm(call.fields, ["mchId", "appId"], ["mchTransOrderNo", "executeNotify"]);
  if (isRefusal(form)) return refuse(form);
  const no = form.get("transOrderId");
  const clientNo = form.get("mchTransOrderNo");
  if (no === null && clientNo === null) return refuse({ error: "parameter", detail: "transOrderId, mchTransOrderNo 不能都为空" });
  const payout = await backend.findPayout(caller, { channel: CHANNEL, ...(no === null ? { clientNo: clientNo ?? "" } : { no }) });
  if (!payout) return refuse({ error: "not_found" });
  const status = transStatus(payout);
  if (form.get("executeNotify") === "true" && RENOTIFIED.has(status)) await backend.renotify(caller, { payout });
  const paidAt = paidAtOf(payout);
  return success(caller, {
    ...numbersOf(payout),
    mchId: caller.callerNo,
    appId: payout.extra.appId ?? "",
    amount: fenOfYuan(payout.amount).toString(),
    currency: payout.currency.toLowerCase(),
    status,
    ...(paidAt === null ? {} : { transSuccTime: BigInt(paidAt.getTime()) }),
  });
}

/** 代付成功时间: when it was paid; null for a payout that was not. */
export function paidAtOf({ state, endedAt }: Payout): Date | null {
  return state === "PAID" ? endedAt : null;
}

/** The three numbers every reply and notice names a payout by. */
export function numbersOf(payout: Payout) {
  return { transOrderId: payout.no, mchTransOrderNo: payout.clientNo, channelOrderNo: payout.channelNo ?? "" };
}

function newPayout(call: Call, form: Form): NewPayout {
  const amount = yuanOfFen(form.need("amount"));
  if (amount === null) throw new Error("a checked amount is none");
  return {
    channel: CHANNEL,
    merchantNo: call.caller.callerNo,
    clientNo: form.need("mchTransOrderNo"),
    currency: "CNY",
    amount,
    accountNo: form.need("accountNo"),
    accountName: form.need("accountName"),
    notifyUrl: form.get("notifyUrl"),
    extra: Object.fromEntries(REMEMBERED.flatMap((name) => [[name, form.get(name)] as const].filter(isPresent))),
  };
}

function isPresent(pair: readonly [string, string | null]): pair is readonly [string, string] {
  return pair[1] !== null;
}
