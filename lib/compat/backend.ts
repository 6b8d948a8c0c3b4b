import type { Database } from "#db/client.ts";
import { auditing } from "#db/queries/audit.ts";
import { noticeOf } from "#db/queries/compat.ts";
import { type CompatKey, keyByCaller, keyByMerchantNo, touchKey } from "#db/queries/compat-keys.ts";
import { holdingsOf, openidFor, rateFor } from "#lib/compat/accounts.ts";
import { auditorOf } from "#lib/compat/auditor.ts";
import { billOfKey } from "#lib/compat/bill.ts";
import { callerOf } from "#lib/compat/caller.ts";
import { createCompatPayment } from "#lib/compat/create.ts";
import { declareThere, findDeclarationsThere, redeclareThere } from "#lib/compat/declare.ts";
import { type CompatGateway, type CompatGatewayId, compatRoot } from "#lib/compat/gateways.ts";
import { knownOrder, knownPayment } from "#lib/compat/known.ts";
import { findCompatRefunds, refundCompatPayment } from "#lib/compat/refund.ts";
import type { Answer, Backend, Caller, Payment } from "#lib/dialects/backend.ts";
import type { AuditActor } from "#lib/domain/audit.ts";
import { env } from "#lib/env.ts";
import { cancelOrder } from "#lib/payments/close-order.ts";
import { rateLimiter } from "#lib/rate-limit.ts";
import { resendDelivery } from "#lib/webhooks/resend.ts";

/** Whoever knows a merchant's number may open orders by the calls two documents leave unsigned: not without end. */
const UNSIGNED = { most: 300, perMs: 60_000 };
const limiter = rateLimiter();

export interface CompatBackendOptions {
  database: Database;
  gateway: CompatGateway & { id: CompatGatewayId };
  /** Where the request came from. */
  clientIp: string;
}

/**
 * Payments behind a dialect: what a shop asks a gateway for becomes an order of ours, over the merchant's own accounts. One backend
 * serves one request; whoever calls finds its own key's orders and nobody else's.
 */
export function compatBackend({ database, gateway, clientIp }: CompatBackendOptions): Backend {
  const keys = new Map<string, CompatKey>();
  const keep = (key: CompatKey | null): Caller | null => {
    if (!key) return null;
    keys.set(key.callerNo, key);
    return callerOf(key);
  };
  /** The key of a caller the dialect has let in: the first such call of a request is a use of it. */
  let used = false;
  const keyOf = async ({ callerNo }: Caller): Promise<CompatKey> => {
    const key = keys.get(callerNo);
    if (!key) throw new Error("compat: the caller was never looked up");
    if (!used) await touchKey(database, key.id);
    used = true;
    return key;
  };
  const asking = async (caller: Caller): Promise<Asking> => {
    const key = await keyOf(caller);
    return { key, auditor: auditorOf(key, clientIp) };
  };
  return {
    caller: async (callerNo) => keep(isNumber(callerNo) ? await keyByCaller(database, gateway.id, callerNo) : null),
    // Calls that come unsigned: told that there is no such merchant when they come too often from one address.
    callerOfMerchant: async (merchantNo) => {
      const known = isNumber(merchantNo) && limiter.allow(`${gateway.id} ${clientIp}`, UNSIGNED);
      return keep(known ? await keyByMerchantNo(database, gateway.id, merchantNo) : null);
    },
    create: async (caller, asked) => createCompatPayment(database, { key: await keyOf(caller), gateway, asked, clientIp }),
    find: async (caller, by) => knownPayment(database, await keyOf(caller), by),
    refund: async (caller, payment, refund) => refundCompatPayment(database, await keyOf(caller), { no: payment.no }, refund, clientIp),
    findRefunds: async (caller, by) => findCompatRefunds(database, await keyOf(caller), by),
    close: async (caller, payment) => close(database, await asking(caller), payment),
    rate: async (wallet, currency) => {
      // Rates are asked for after the door only, and by one caller.
      const [key] = keys.values();
      return key ? rateFor(database, key, wallet, currency) : null;
    },
    bill: async (caller, range) => billOfKey(database, await keyOf(caller), range),
    declare: async (caller, declaration) => declareThere(database, await keyOf(caller), declaration),
    redeclare: async (caller, by) => redeclareThere(database, await keyOf(caller), by),
    findDeclarations: async (caller, by) => findDeclarationsThere(database, await keyOf(caller), by),
    openid: async (caller, merchantNo, code) =>
      caller.merchantNos.includes(merchantNo) ? openidFor(database, await keyOf(caller), code) : null,
    // Two pages are posted to (seeds/003 §2.1.5 `POST;`): our checkout takes no posts, so the way leads over /compat (serve.ts).
    pageUrl: (payment, page) =>
      page === "unionpay_quick" || page === "bank_transfer"
        ? `${compatRoot(env().PUBLIC_URL, gateway.id)}/pay/${payment.code}`
        : (payment.shown?.page ?? `${env().PUBLIC_URL}/`),
    openidPageUrl: (merchantNo, backUrl, parameter) =>
      `${compatRoot(env().PUBLIC_URL, gateway.id)}/openid?${new URLSearchParams({ merchant_no: merchantNo, backurl: backUrl, parameter })}`,
    // A key that takes money sends none to bank accounts: payouts are people's, on the dashboard (docs/compat.md).
    createPayout: async () => ({ ok: false, problem: "method_unavailable" }),
    findPayout: async () => null,
    holdings: async (caller) => holdingsOf(database, await keyOf(caller)),
    renotify: async (caller, what) => {
      if ("payment" in what) await renotify(database, await asking(caller), what.payment);
    },
  };
}

/** Who asks, and as whom the audit has it. */
interface Asking {
  key: CompatKey;
  auditor: AuditActor;
}

/** Closes an order nobody has paid; the gateways it was begun at are asked first, so that what is paid stays paid. */
async function close(database: Database, { key, auditor }: Asking, payment: Payment): Promise<Answer<Payment>> {
  const known = await knownOrder(database, key, { no: payment.no });
  if (!known) return { ok: false, problem: "not_found" };
  const { merchantId } = key;
  const also = auditing({ actor: auditor, merchantId, action: "orders.close", detail: {} }, "order");
  const closed = await cancelOrder({ merchantId, orderId: known.order.id, actor: "shop" }, database, also);
  const now = await knownPayment(database, key, { orderId: known.order.id });
  if (!now) return { ok: false, problem: "not_found" };
  if (closed.ok) return { ok: true, value: now };
  return { ok: false, problem: now.state === "PAID" ? "already_paid" : "already_closed" };
}

async function renotify(database: Database, { key, auditor }: Asking, payment: Payment): Promise<void> {
  const known = await knownOrder(database, key, { no: payment.no });
  const deliveryId = known && (await noticeOf(database, known.order));
  if (!deliveryId) return;
  const { merchantId } = key;
  const also = auditing({ actor: auditor, merchantId, action: "deliveries.resend", detail: {} }, "delivery");
  await resendDelivery({ merchantId, deliveryId }, database, also);
}

/** No caller's number is longer, and a NUL would break the query. */
function isNumber(text: string): boolean {
  return /^[\x21-\x7e]{1,64}$/.test(text);
}
