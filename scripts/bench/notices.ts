import type { Database } from "#db/client.ts";
import { dialectById } from "#lib/dialects/registry.ts";
import { formatMajor } from "#lib/domain/money.ts";
import { readCaller } from "#lib/sandbox/callers.ts";
import type { LoadRequest } from "./load.ts";
import { ACCOUNT, GATEWAY, type Stocked } from "./stock.ts";

const CALLER = "100001";

/** The genuine notification of each order's payment, signed with the gateway's own key before any clock starts. */
export async function signNotices(database: Database, origin: string, orders: readonly Stocked[]): Promise<LoadRequest[]> {
  const dialect = dialectById(GATEWAY);
  const caller = await readCaller(database, GATEWAY, CALLER);
  if (!dialect || !caller) throw new Error("the sandbox has no account to sign for");
  const now = new Date();
  const path = `/api/notify/${GATEWAY}/${ACCOUNT}`;
  return orders.map((order) => {
    const amount = formatMajor({ minor: order.minor, currency: "HKD" });
    const payment = {
      ...PAYMENT,
      no: order.gatewayOrderNo,
      merchantNo: caller.merchantNos[0] ?? "",
      clientNo: order.gatewayOrderNo,
      amount,
      payAmount: amount,
    };
    const times = { createdAt: now, paidAt: now, notifyUrl: `${origin}${path}`, code: order.token };
    const message = dialect.notification(caller, { ...payment, ...times }, now);
    if (message?.method !== "POST") throw new Error("the dialect signed nothing");
    return { method: "POST", path, headers: message.headers, body: message.body };
  });
}

const PAYMENT = {
  method: "wechat.native",
  currency: "HKD",
  subject: "Bench",
  state: "PAID",
  userPaying: false,
  ip: null,
  openid: "oBenchBenchBenchBenchBenchBe",
  deviceInfo: null,
  productId: null,
  appId: null,
  returnUrl: null,
  extra: {},
  exchangeRate: "0.93000000",
  settleRate: "1",
  payCurrency: "CNY",
  fee: "0",
  channel: "CN",
  buyerId: null,
  buyerEmail: null,
  walletNo: null,
  refundedAmount: "0",
  acknowledgedAt: null,
} as const;
