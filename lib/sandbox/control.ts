import { z } from "zod";
import type { Database } from "#db/client.ts";
import type { ChosenFault } from "#db/schema/sandbox/payments.ts";
import { boundedText } from "#lib/bounded-body.ts";
import { env } from "#lib/env.ts";
import { armFault, disarm, listArmed } from "#lib/sandbox/armed.ts";
import { CODE_BEHAVIOURS, issueLoginCode, issueWalletCode } from "#lib/sandbox/codes.ts";
import { FAULT_IDS, FAULT_SECONDS_MAX, FAULTS, type Fault } from "#lib/sandbox/faults.ts";
import { listPayments, listShopEvents, merchantByNo, noticesOf, paymentByAny, refundsOf } from "#lib/sandbox/listing.ts";
import { drainNotices, redeliverNotice } from "#lib/sandbox/notifier.ts";
import { originOf } from "#lib/sandbox/origin.ts";
import { chooseFaults, declinePayment, expirePayment, oweNotice, payPayment, type WalletAnswer } from "#lib/sandbox/pay.ts";
import type { PaymentRow } from "#lib/sandbox/rows.ts";
import { registerPage } from "#lib/sandbox/shops.ts";

const BODY_MAX = 64 * 1024;
const LOOPBACK: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);
const seconds = z.number().int().min(0).max(FAULT_SECONDS_MAX).nullable().default(null);
const fault = z.enum(FAULT_IDS as [Fault, ...Fault[]]);
const chosen = z
  .array(z.object({ fault, seconds }))
  .max(10)
  .default([])
  .transform((list): ChosenFault[] => list.map((one) => ({ fault: one.fault, seconds: one.seconds ?? FAULTS[one.fault].seconds })));

const PAY = z.object({
  channel: z.enum(["CN", "HK"]).default("CN"),
  shopper: z.string().min(1).max(100).default("sandbox"),
  faults: chosen,
});
const CHOOSE = z.object({ faults: chosen });
const ARM = z.object({
  fault,
  target: z.enum(["payment", "request"]).default("payment"),
  merchantNo: z.string().max(64).nullable().default(null),
  path: z.string().max(100).startsWith("/").nullable().default(null),
  seconds,
});
const CODE = z.object({ wallet: z.enum(["wechat", "alipay"]), behaviour: z.enum(CODE_BEHAVIOURS as ["pays"]).default("pays") });
const LOGIN = z.object({ merchantNo: z.string().max(64), shopper: z.string().min(1).max(100).default("sandbox") });
const PAGE = z.object({
  merchantNo: z.string().max(64),
  url: z.url({ protocol: /^https?$/ }).max(500),
  method: z.enum(["GET", "POST"]).default("GET"),
});
const NOTHING = z.object({});

interface Call {
  database: Database;
  /** The path's variable segment, or "". */
  id: string;
  body: unknown;
}
type Handler = (call: Call) => Promise<{ status: number; body: unknown }>;

/**
 * The JSON control API, for tests and scripts. `:payment` is the gateway's number, the code or the caller's own number.
 * Errors: 400 `{problem:"body",issues}`, 403 `{problem:"origin"}`, 404 `{problem:"not_found"}`, 409 `{problem:<why>}`.
 *
 * GET    /payments · GET /payments/:payment → { payment, refunds, notices: [{…, log}] }
 * POST   /payments/:payment/pay      { channel?, shopper?, faults?: [{fault, seconds?}] }
 * POST   /payments/:payment/decline · /expire · /forge (a forged "paid" notice, whatever the state)
 * POST   /payments/:payment/faults   { faults }                before it is paid
 * GET    /faults · POST /faults { fault, target?, merchantNo?, path?, seconds? } → 201 { id } · DELETE /faults (all unused)
 * POST   /notices/:id/redeliver → the try · POST /drain → { sent, acknowledged, failed } (waits till all due were sent)
 * POST   /codes { wallet, behaviour? } → { code } for the merchant's scanner · POST /login-codes { merchantNo } → { code, openid }
 * POST   /pages { merchantNo, url, method? } registers the container's page (ours or this machine's) · GET /shop-events
 */
const ROUTES: Readonly<Record<string, Handler>> = {
  "GET payments": async ({ database }) => ok({ payments: (await listPayments(database, 100)).map(shown) }),
  "GET payments/:": onPayment(async ({ database }, payment) =>
    ok({
      payment: shown(payment),
      refunds: (await refundsOf(database, payment.no)).map(shownRefund),
      notices: await noticesOf(database, payment.no),
    }),
  ),
  "POST payments/:/pay": onPayment(async ({ database, body }, payment) => {
    const { channel, shopper, faults } = PAY.parse(body);
    return walletReply(await payPayment(database, payment.no, { channel, shopper }, faults));
  }),
  "POST payments/:/decline": onPayment(async ({ database }, payment) => walletReply(await declinePayment(database, payment.no))),
  "POST payments/:/expire": onPayment(async ({ database }, payment) => walletReply(await expirePayment(database, payment.no))),
  "POST payments/:/forge": onPayment(async ({ database }, payment) => ok({ id: await oweNotice(database, payment.no, "forged") })),
  "POST payments/:/faults": onPayment(async ({ database, body }, payment) =>
    walletReply(await chooseFaults(database, payment.no, CHOOSE.parse(body).faults)),
  ),
  "GET faults": async ({ database }) => ok({ faults: await listArmed(database, 100), known: FAULTS }),
  "POST faults": async ({ database, body }) => {
    const id = await armFault(database, ARM.parse(body));
    return id === null ? refused("fault_not_for_requests") : { status: 201, body: { id } };
  },
  "DELETE faults": async ({ database }) => ok({ disarmed: await disarm(database, null) }),
  "POST notices/:/redeliver": async ({ database, id }) => {
    const made = /^\d{1,15}$/.test(id) ? await redeliverNotice(database, Number(id)) : null;
    return made ? ok(made) : missing();
  },
  "POST drain": async ({ database }) => ok(await drainNotices(database)),
  "POST codes": async ({ database, body }) => {
    const { wallet, behaviour } = CODE.parse(body);
    return { status: 201, body: await issueWalletCode(database, wallet, behaviour) };
  },
  "POST login-codes": async ({ database, body }) => {
    const { merchantNo, shopper } = LOGIN.parse(body);
    return (await merchantByNo(database, merchantNo))
      ? { status: 201, body: await issueLoginCode(database, merchantNo, shopper) }
      : missing();
  },
  "POST pages": async ({ database, body }) => {
    const page = PAGE.parse(body);
    if (!isOwnAddress(page.url)) return refused("page_elsewhere");
    return (await registerPage(database, page)) ? ok({}) : missing();
  },
  "GET shop-events": async ({ database }) => ok({ events: await listShopEvents(database, 100) }),
};

/** Serves `/sandbox/control/<path>`. Cross-origin pages cannot call it: Origin, when there, must be ours, and bodies JSON. */
export async function serveControl(request: Request, database: Database, path: readonly string[]): Promise<Response> {
  const [group = "", id = "", ...rest] = path;
  const template = path.length > 1 ? [group, ":", ...rest].join("/") : group;
  const handler = ROUTES[`${request.method} ${template}`];
  if (!handler) return json(missing());
  if (request.method !== "GET" && originOf(request) === "other") return json({ status: 403, body: { problem: "origin" } });
  const text = await boundedText(request, BODY_MAX);
  if (text === null) return json({ status: 413, body: { problem: "too_large" } });
  const typed = /^application\/json\b/i.test(request.headers.get("content-type") ?? "");
  if (text !== "" && !typed) return json({ status: 415, body: { problem: "content_type" } });
  const body = parsed(text);
  if (!NOTHING.loose().safeParse(body).success) return json({ status: 400, body: { problem: "body", issues: [] } });
  try {
    return json(await handler({ database, id: decodeURIComponent(id), body }));
  } catch (error) {
    if (error instanceof z.ZodError) return json({ status: 400, body: { problem: "body", issues: error.issues } });
    throw error;
  }
}

// Whoever reaches this server may call this API: shoppers' browsers must not be sent to strangers through it.
function isOwnAddress(text: string): boolean {
  const url = new URL(text);
  return url.origin === env().PUBLIC_URL || LOOPBACK.has(url.hostname);
}

function onPayment(work: (call: Call, payment: PaymentRow) => Promise<{ status: number; body: unknown }>): Handler {
  return async (call) => {
    const payment = await paymentByAny(call.database, call.id);
    return payment ? work(call, payment) : missing();
  };
}

function walletReply(answer: WalletAnswer): { status: number; body: unknown } {
  return answer.ok ? ok({ payment: shown(answer.payment) }) : refused(answer.reason);
}

function shown({ amountMinor: _amount, refundedMinor, ...payment }: PaymentRow) {
  return { ...payment, refundedMinor: refundedMinor.toString() };
}

function shownRefund({ amountMinor, ...refund }: Awaited<ReturnType<typeof refundsOf>>[number]) {
  return { ...refund, amountMinor: amountMinor.toString() };
}

function parsed(text: string): unknown {
  try {
    return text === "" ? {} : JSON.parse(text);
  } catch {
    return null;
  }
}

const ok = (body: unknown) => ({ status: 200, body });
const missing = () => ({ status: 404, body: { problem: "not_found" } });
const refused = (problem: string) => ({ status: 409, body: { problem } });
const json = ({ status, body }: { status: number; body: unknown }): Response =>
  Response.json(body, { status, headers: { "cache-control": "no-store" } });
