import { afterAll, beforeAll, expect, it } from "vitest";
import { auditedBy } from "#db/queries/audit-testing.ts";
import { HAND_SHOPS, type HandShop } from "#lib/compat/shops-testing.ts";
import { type CompatAccount, type CompatWorld, compatWorld } from "#lib/compat/world-testing.ts";
import type { Backend } from "#lib/dialects/backend.ts";
import type { AuditAction } from "#lib/domain/audit.ts";
import { number } from "#lib/payments/by-hand-testing.ts";

/** What a shop at `/compat` does that the audit has: what closes, sends again, takes money at once or gives it back; as its key. */
let world: CompatWorld;
beforeAll(async () => {
  world = await compatWorld();
});
afterAll(() => world.close());

interface Shop {
  merchantId: string;
  account: CompatAccount;
  shop: HandShop;
}

async function shopOver(gateway: string, upstream: string): Promise<Shop> {
  const { merchantId } = await world.otherMerchant(upstream);
  const account = await world.key(gateway, { merchantId });
  const shop = HAND_SHOPS[gateway]?.(account) as HandShop;
  Object.assign(world.word, { body: shop.words.ok, status: 200 });
  return { merchantId, account, shop };
}

/** What a dialect may ask of the payments behind it, and where it is written; null: it only asks, or an order's own history tells it. */
const WRITTEN = {
  ...{ caller: null, callerOfMerchant: null, find: null, findRefunds: null, rate: null, bill: null, findDeclarations: null },
  ...{ openid: null, pageUrl: null, openidPageUrl: null, findPayout: null, holdings: null },
  // Tells a customs office of a payment: no money, no right; the order's exchanges have the bytes.
  ...{ declare: null, redeclare: null },
  // Refused: a key that takes money sends none (docs/compat.md).
  createPayout: null,
  create: "counter.charge",
  refund: "refunds.create",
  close: "orders.close",
  renotify: "deliveries.resend",
} as const satisfies Record<keyof Backend, AuditAction | null>;

const CASES: readonly { gateway: string; asks: keyof Backend; kind: string; ready: (one: Shop) => Promise<() => Promise<unknown>> }[] = [
  {
    ...{ gateway: "hipopay-agent", asks: "create", kind: "order" },
    ready: async ({ shop, account }) => {
      const order = { merchant_no: account.credentials.merchantNo ?? "", currency: "CNY", amount: "5", subject: "tea" };
      const code = { notify_url: world.shopUrl, auth_code: "280000000000000100", out_order_no: number() };
      return () => shop.call("POST /alipay/scan_pay", { ...order, ...code });
    },
  },
  {
    ...{ gateway: "fengniao", asks: "refund", kind: "refund" },
    ready: async ({ shop }) => {
      const placed = await shop.place(world.shopUrl);
      await world.pay(placed.number);
      return () => shop.refund?.(placed, number()) ?? Promise.reject(new Error("no refund"));
    },
  },
  {
    ...{ gateway: "fengniao", asks: "close", kind: "order" },
    ready: async ({ shop, account }) => {
      const { number: out_trade_no } = await shop.place(world.shopUrl);
      const merchant_no = account.credentials.merchantNo ?? "";
      const { trade_no } = await shop.call("trade.query", { merchant_no, out_trade_no });
      return () => shop.call("trade.reverse", { out_trade_no, trade_no: String(trade_no) });
    },
  },
  {
    ...{ gateway: "xxpay", asks: "renotify", kind: "delivery" },
    ready: async ({ shop, account }) => {
      const placed = await shop.place(world.shopUrl);
      await world.pay(placed.number);
      const { mchId = "", appId = "" } = account.credentials;
      return () => shop.call("/api/pay/query_order", { mchId, appId, mchOrderNo: placed.number, executeNotify: "true" });
    },
  },
];

it("every call that is written has a case", () => {
  const written = Object.entries(WRITTEN).flatMap(([name, action]) => (action ? [name] : []));
  expect(CASES.map(({ asks }) => asks as string).sort()).toEqual(written.sort());
});

it.each(CASES.map((one) => [`${one.asks} (${one.gateway})`, one] as const))("%s is written once, as its key", async (_name, one) => {
  const made = await shopOver(one.gateway, "fengniao");
  const press = await one.ready(made);
  const { rows, value } = await auditedBy(world.database, press);
  const { account, merchantId } = made;
  const { mchId, appId, agentNo } = account.credentials;
  const actor = { kind: "key", id: account.keyId, name: `${one.gateway} ${mchId ?? agentNo ?? appId}` };
  const expected = { actor, merchant: merchantId, action: WRITTEN[one.asks], target: { kind: one.kind } };
  expect(rows, JSON.stringify(value)).toMatchObject([expected]);
});

it("an order that the shopper has to pay, and a query, write nothing", async () => {
  const { shop } = await shopOver("fengniao", "fengniao");
  const asked = await auditedBy(world.database, async () => shop.status((await shop.place(world.shopUrl)).number));
  expect(asked).toEqual({ value: shop.words.unpaid, rows: [] });
});
