import type { Database } from "#db/client.ts";
import { auditing } from "#db/queries/audit.ts";
import { releaseClientNo } from "#db/queries/compat.ts";
import type { CompatKey } from "#db/queries/compat-keys.ts";
import { auditorOf } from "#lib/compat/auditor.ts";
import type { CompatGateway, CompatGatewayId } from "#lib/compat/gateways.ts";
import { knownPayment } from "#lib/compat/known.ts";
import { type OpenedOrder, openCompatOrder } from "#lib/compat/open.ts";
import { wayFor } from "#lib/compat/way.ts";
import type { Answer, NewPayment, Payment, Problem } from "#lib/dialects/backend.ts";
import { authCodeDigits, methodOfAuthCode } from "#lib/domain/auth-code.ts";
import { isCurrency } from "#lib/domain/currency.ts";
import type { ProblemCode, Result } from "#lib/domain/errors.ts";
import { CHARGES_AT_ONCE, isMethod, type Method } from "#lib/domain/methods.ts";
import { isMoneyProblem, type Money, parseMoney } from "#lib/domain/money.ts";
import type { Presentation } from "#lib/domain/presentation.ts";
import { cancelOrder } from "#lib/payments/close-order.ts";
import { scanPay } from "#lib/payments/scan-pay.ts";
import { startAttempt } from "#lib/payments/start-attempt.ts";
import { addressProblem } from "#lib/webhooks/guarded-fetch.ts";

export interface CreateInput {
  key: CompatKey;
  gateway: CompatGateway & { id: CompatGatewayId };
  asked: NewPayment;
  /** Where the call came from, for a request that names no shopper's address. */
  clientIp: string;
}

/**
 * A create at `/compat`: an order of ours, and a try to pay it by the method asked for over the merchant's accounts. A number
 * used before is `duplicate_number`. One that could not even begin (no account, refused, not reached) gives its number back
 * and leaves a cancelled order behind; one whose answer was lost is an order like any other, solved by a query.
 */
export async function createCompatPayment(database: Database, input: CreateInput): Promise<Answer<Payment>> {
  const { key, gateway, asked } = input;
  if (asked.merchantNo !== key.merchantNo) return refuse("unknown_merchant");
  const money = moneyOf(asked);
  if (typeof money === "string") return refuse(money);
  if (asked.notifyUrl !== null && addressProblem(asked.notifyUrl) !== null) return refuse("notify_address_invalid");
  if (isOtherCode(asked)) return refuse("auth_code_invalid");
  const way = await wayFor(database, key, asked, money);
  if (typeof way === "string") return refuse(way);
  const opened = await openCompatOrder(database, { key, gateway: gateway.id, asked, money });
  if (!opened.ok) return opened;
  const problem = way.start ? await begin(database, input, opened.value, way.start) : null;
  if (problem) return giveUp(database, key, opened.value, problem);
  const payment = await knownPayment(database, key, { orderId: opened.value.id });
  return payment ? { ok: true, value: payment } : refuse("not_found");
}

/** Starts the attempt; null when the shopper has something to act on, or the answer was not clear. */
async function begin(database: Database, input: CreateInput, order: OpenedOrder, method: Method): Promise<Problem | null> {
  const started = CHARGES_AT_ONCE.has(method) ? await scan(database, input, order) : await start(database, input, order, method);
  if (!started.ok) return problemFor(started.problem.code);
  const { presentation } = started.value;
  // A page's address cannot be handed to a wallet's SDK.
  const lacks = presentation !== null && presentation.kind !== "jsapi" && presentation.kind !== "app";
  return lacks && input.gateway.bridged.has(method) ? "method_unavailable" : null;
}

async function scan(database: Database, { key, asked, clientIp }: CreateInput, order: OpenedOrder): Promise<Begun> {
  const authCode = asked.authCode ?? "";
  const scanned = { merchantId: key.merchantId, authCode, for: { orderId: order.id }, actor: "shop", clientIp: asked.ip ?? clientIp };
  const entry = { actor: auditorOf(key, clientIp), merchantId: key.merchantId, action: "counter.charge" } as const;
  const detail = { amount: `${asked.amount} ${asked.currency}`, live: key.live };
  const charged = await scanPay(scanned, database, auditing({ ...entry, detail }, "order"));
  return charged.ok ? { ok: true, value: { presentation: null } } : charged;
}

async function start(database: Database, { asked, clientIp }: CreateInput, order: OpenedOrder, method: Method): Promise<Begun> {
  return startAttempt(
    {
      token: order.token,
      method,
      shopper: { browser: "desktop", ip: asked.ip ?? clientIp, userAgent: "", locale: "zh-CN" },
      openid: asked.openid ?? undefined,
      appId: asked.appId ?? undefined,
    },
    database,
  );
}

type Begun = Result<{ presentation: Presentation | null }>;

async function giveUp(database: Database, key: CompatKey, order: OpenedOrder, problem: Problem): Promise<Answer<Payment>> {
  await cancelOrder({ merchantId: key.merchantId, orderId: order.id, actor: "shop" }, database);
  await releaseClientNo(database, order.id);
  return refuse(problem);
}

/** Why nothing began, in the words dialects have. What surely failed is never told as something to ask about. */
const PROBLEMS: Partial<Record<ProblemCode, Problem>> = {
  method_unavailable: "method_unavailable",
  openid_missing: "method_unavailable",
  auth_code_invalid: "auth_code_invalid",
  auth_code_used: "auth_code_expired",
  gateway_busy: "unavailable",
  channel_down: "unavailable",
  gateway_unreachable: "unavailable",
};

function problemFor(code: ProblemCode): Problem {
  return PROBLEMS[code] ?? "channel_refused";
}

/** A scanned code says itself whose it is: another wallet's must not be charged in the asked one's place. */
function isOtherCode({ method, authCode }: NewPayment): boolean {
  return isMethod(method) && CHARGES_AT_ONCE.has(method) && methodOfAuthCode(authCodeDigits(authCode ?? "")) !== method;
}

function moneyOf({ amount, currency }: NewPayment): Money | Problem {
  if (!isCurrency(currency)) return "currency_not_supported";
  const money = parseMoney(amount, currency);
  return isMoneyProblem(money) || money.minor === 0n ? "amount_invalid" : money;
}

function refuse(problem: Problem): Extract<Answer<never>, { ok: false }> {
  return { ok: false, problem };
}
