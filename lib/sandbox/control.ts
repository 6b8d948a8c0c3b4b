import { z } from "zod";
import type { Database } from "#db/client.ts";
import type { ChosenFault } from "#db/schema/sandbox/payments.ts";
import { boundedText } from "#lib/bounded-body.ts";
import { env } from "#lib/env.ts";
import { armFault, disarm, listArmed } from "#lib/sandbox/armed.ts";
import { issueWalletCode } from "#lib/sandbox/codes.ts";
import { ARM, CHOOSE, CODE, DOMAIN, END, LOGIN, NOTHING, PAGE, PAY } from "#lib/sandbox/control-bodies.ts";
import { FAULTS, isFault } from "#lib/sandbox/faults.ts";
import { fitsGateway } from "#lib/sandbox/gateways.ts";
import { listPayments, listPayouts, listShopEvents, merchantByNo, paymentByAny, payoutByAny, refundsOf } from "#lib/sandbox/listing.ts";
import { issueLoginCode } from "#lib/sandbox/login-codes.ts";
import { endPayout } from "#lib/sandbox/move-payouts.ts";
import { noticesOf } from "#lib/sandbox/notice-listing.ts";
import { drainNotices, redeliverNotice } from "#lib/sandbox/notifier.ts";
import { originOf } from "#lib/sandbox/origin.ts";
import { oweNotice } from "#lib/sandbox/owe-notice.ts";
import { chooseFaults, declinePayment, expirePayment, payPayment, type WalletAnswer } from "#lib/sandbox/pay.ts";
import type { PayoutRow } from "#lib/sandbox/payout-rows.ts";
import { isOwnAddress } from "#lib/sandbox/reach.ts";
import type { PaymentRow } from "#lib/sandbox/rows.ts";
import { registerPage } from "#lib/sandbox/shops.ts";
import { keepWechatApp, readWechatApp } from "#lib/sandbox/wechat-apps.ts";

const BODY_MAX = 64 * 1024;
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
 * GET    /faults · POST /faults { fault, target?, gateway?, merchantNo?, path?, seconds?, key? } → 201 { id } · DELETE /faults (all unused)
 * GET    /payouts · GET /payouts/:payout → { payout, notices } · POST /payouts/:payout/end { state? } (PAID, FAIL) · /forge
 * POST   /notices/:id/redeliver → the try · POST /drain → { sent, acknowledged, failed } (ends payouts, waits till all due were sent)
 * POST   /codes { wallet, behaviour?, key? } → { code } for the merchant's scanner · POST /login-codes { merchantNo } → { code, openid }
 * POST   /pages { merchantNo, url, method? } registers the container's page (ours or this machine's) · GET /shop-events
 * POST   /domains { appId, url } lets the simulated WeChat send shoppers back there → { domains }
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
    if (misfits(faults, payment)) return refused("fault_not_for_gateway");
    return walletReply(await payPayment(database, payment.no, { channel, shopper }, faults));
  }),
  "POST payments/:/decline": onPayment(async ({ database }, payment) => walletReply(await declinePayment(database, payment.no))),
  "POST payments/:/expire": onPayment(async ({ database }, payment) => walletReply(await expirePayment(database, payment.no))),
  "POST payments/:/forge": onPayment(async ({ database }, payment) =>
    ok({ id: await oweNotice(database, { paymentNo: payment.no }, "forged") }),
  ),
  "POST payments/:/faults": onPayment(async ({ database, body }, payment) => {
    const { faults } = CHOOSE.parse(body);
    if (misfits(faults, payment)) return refused("fault_not_for_gateway");
    return walletReply(await chooseFaults(database, payment.no, faults));
  }),
  "GET faults": async ({ database }) => ok({ faults: await listArmed(database, 100), known: FAULTS }),
  "POST faults": async ({ database, body }) => {
    const armed = await armFault(database, ARM.parse(body));
    return "refusal" in armed ? refused(armed.refusal) : { status: 201, body: armed };
  },
  "DELETE faults": async ({ database }) => ok({ disarmed: await disarm(database, null) }),
  "POST notices/:/redeliver": async ({ database, id }) => {
    const made = /^\d{1,15}$/.test(id) ? await redeliverNotice(database, Number(id)) : null;
    return made ? ok(made) : missing();
  },
  "POST drain": async ({ database }) => ok(await drainNotices(database)),
  "POST codes": async ({ database, body }) => {
    const { wallet, behaviour, key } = CODE.parse(body);
    return { status: 201, body: await issueWalletCode(database, wallet, behaviour, key) };
  },
  "POST login-codes": async ({ database, body }) => {
    const { merchantNo, shopper } = LOGIN.parse(body);
    return (await merchantByNo(database, merchantNo))
      ? { status: 201, body: await issueLoginCode(database, merchantNo, shopper) }
      : missing();
  },
  "POST pages": async ({ database, body }) => {
    const page = PAGE.parse(body);
    if (!isOwnAddress(page.url, env().PUBLIC_URL)) return refused("page_elsewhere");
    return (await registerPage(database, page)) ? ok({}) : missing();
  },
  "POST domains": async ({ database, body }) => {
    const { appId, url } = DOMAIN.parse(body);
    if (!isOwnAddress(url, env().PUBLIC_URL)) return refused("page_elsewhere");
    if (!(await readWechatApp(database, appId))) return missing();
    const { domains } = await keepWechatApp(database, appId, new URL(url).host);
    return ok({ domains });
  },
  "GET payouts": async ({ database }) => ok({ payouts: (await listPayouts(database, 100)).map(shownPayout) }),
  "GET payouts/:": onPayout(async ({ database }, payout) =>
    ok({ payout: shownPayout(payout), notices: await noticesOf(database, payout.no, "payout") }),
  ),
  "POST payouts/:/end": onPayout(async ({ database, body }, payout) => {
    const ended = await endPayout(database, payout.no, END.parse(body).state);
    return ended ? ok({ payout: shownPayout(ended) }) : refused("ended");
  }),
  "POST payouts/:/forge": onPayout(async ({ database }, payout) =>
    ok({ id: await oweNotice(database, { payoutNo: payout.no }, "forged") }),
  ),
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

function onPayment(work: (call: Call, payment: PaymentRow) => Promise<{ status: number; body: unknown }>): Handler {
  return async (call) => {
    const payment = await paymentByAny(call.database, call.id);
    return payment ? work(call, payment) : missing();
  };
}

function onPayout(work: (call: Call, payout: PayoutRow) => Promise<{ status: number; body: unknown }>): Handler {
  return async (call) => {
    const payout = await payoutByAny(call.database, call.id);
    return payout ? work(call, payout) : missing();
  };
}

function misfits(faults: readonly ChosenFault[], { gateway }: PaymentRow): boolean {
  return faults.some(({ fault }) => isFault(fault) && !fitsGateway(fault, gateway));
}

function walletReply(answer: WalletAnswer): { status: number; body: unknown } {
  return answer.ok ? ok({ payment: shown(answer.payment) }) : refused(answer.reason);
}

function shown({ amountMinor: _amount, refundedMinor, ...payment }: PaymentRow) {
  return { ...payment, refundedMinor: refundedMinor.toString() };
}

// Whom the money goes to stays sealed.
function shownPayout({ amountMinor: _amount, details: _details, ...payout }: PayoutRow) {
  return payout;
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
