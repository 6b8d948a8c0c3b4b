import { randomBytes, randomInt } from "node:crypto";
import type { Method } from "#lib/domain/methods.ts";

/** What a gateway gives to whoever signs in at it, and how the two sign. */
export interface CompatGateway {
  readonly id: string;
  /** `rsa`: a key pair each. `secret`: one shared secret. `both`: the secret, and key pairs for `sign_type=RSA` (seeds/004). */
  readonly keys: "rsa" | "secret" | "both";
  /** What the document calls the caller's number and the merchant's; the same name where there is one number only. */
  readonly names: { caller: string; merchant: string; app: string | null; secret: string | null };
  /** Fresh numbers, as the document's examples look. Unguessable they need not be: they are public. */
  numbers(): { callerNo: string; merchantNo: string; appId: string | null };
  /** Whether its shops register a page that is opened with the shopper's openid (seeds/000 §4.1). */
  readonly container: boolean;
  /** Ways to pay whose reply is parameters for a wallet's bridge or SDK: an address cannot stand in for them. */
  readonly bridged: ReadonlySet<Method>;
}

const HIPOPAY_BRIDGED: ReadonlySet<Method> = new Set<Method>(["wechat.jsapi", "wechat.mini_program", "wechat.app", "alipay.app"]);
const NONE: ReadonlySet<Method> = new Set();

/** The five gateways a shop may have been written for, in the order of their documents. */
export const COMPAT_GATEWAYS = [
  {
    id: "hipopay-agent",
    keys: "rsa",
    names: { caller: "AgentNo", merchant: "merchant_no", app: null, secret: null },
    numbers: () => ({ callerNo: digits(9), merchantNo: `WC${digits(10)}`, appId: null }),
    container: true,
    bridged: HIPOPAY_BRIDGED,
  },
  {
    id: "hipopay-merchant",
    keys: "rsa",
    names: { caller: "MerchantNO", merchant: "MerchantNO", app: null, secret: null },
    numbers: () => same(digits(10)),
    container: true,
    bridged: HIPOPAY_BRIDGED,
  },
  {
    id: "mpgateway",
    keys: "secret",
    names: { caller: "merid", merchant: "merid", app: null, secret: "key" },
    numbers: () => same(digits(15)),
    container: false,
    bridged: NONE,
  },
  {
    id: "xxpay",
    keys: "secret",
    names: { caller: "mchId", merchant: "mchId", app: "appId", secret: "key" },
    // Clients send mchId as a number too: it must fit one.
    numbers: () => ({ ...same(digits(10)), appId: randomBytes(16).toString("hex") }),
    container: false,
    bridged: NONE,
  },
  {
    id: "fengniao",
    keys: "both",
    names: { caller: "app_id", merchant: "merchant_no", app: null, secret: "key" },
    numbers: () => ({ callerNo: digits(16), merchantNo: digits(20), appId: null }),
    // seeds/004 §2.2 has a page's address for who names no openid, so an address can stand in there (payment.ts).
    container: false,
    bridged: NONE,
  },
] as const satisfies readonly CompatGateway[];

export type CompatGatewayId = (typeof COMPAT_GATEWAYS)[number]["id"];

export function compatGatewayById(id: string): (CompatGateway & { id: CompatGatewayId }) | null {
  return COMPAT_GATEWAYS.find((gateway) => gateway.id === id) ?? null;
}

/** The address a shop's client is pointed at, without a trailing slash. */
export function compatRoot(origin: string, id: string): string {
  return `${origin}/compat/${id}`;
}

/** A gateway's number of a payment: 25 digits, the first fourteen the time in UTC+8 (seeds/000 §4.2). */
export function newCompatNo(now: Date): string {
  const stamp = new Date(now.getTime() + 8 * 3_600_000).toISOString().replaceAll(/[-:T]/g, "").slice(0, 14);
  return stamp + Array.from({ length: 11 }, () => randomInt(10)).join("");
}

// The first digit is never 0, which a client that reads numbers would lose.
function digits(count: number): string {
  return `${randomInt(1, 10)}${Array.from({ length: count - 1 }, () => randomInt(10)).join("")}`;
}

function same(number: string): { callerNo: string; merchantNo: string; appId: null } {
  return { callerNo: number, merchantNo: number, appId: null };
}
