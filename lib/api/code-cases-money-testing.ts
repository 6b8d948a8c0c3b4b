import { sql } from "drizzle-orm";
import { writeLimits } from "#db/queries/refund-limits.ts";
import { asks, type Case, type Cases, order, TEA, ZEROS } from "#lib/api/code-stage-testing.ts";
import { forgetKeys } from "#lib/api/known-keys.ts";
import type { Standing } from "#lib/domain/verdict.ts";
import type { Created, Outcome } from "#lib/gateways/gateway.ts";
import { pendingScan, qr, refusal } from "#lib/payments/fake-gateway-testing.ts";

const PAID: Standing = { kind: "paid", gatewayRef: "G1", amount: { minor: 8800n, currency: "HKD" }, paidAt: null };

/** A create at the fake gateway that ends so. */
const ending =
  (outcome: Outcome<Created>): Case =>
  async (stage) => {
    stage.fake.onCreate = () => outcome;
    const answer = await asks("wechat.native", {})(stage);
    stage.fake.onCreate = () => qr();
    await stage.world.database.execute(sql`delete from channel_health`);
    return answer;
  };

/** A refund of an order that was paid at once through the fake gateway. */
const refunding =
  (method: string, more: object): Case =>
  async (stage) => {
    stage.fake.onCreate = () => ({ ok: true, value: { presentation: { kind: "none" }, gatewayRef: "G1", standing: PAID } });
    const paid = await asks(method, {})(stage);
    stage.fake.onCreate = () => qr();
    return stage.shop.post("/refunds", { order: paid.body.id, reason: "Sold out", ...more });
  };

/** With limits of refunds; none afterwards. */
const limited =
  (limits: { approvalAbove: bigint | null; dailyCap: bigint | null }): Case =>
  async (stage) => {
    const { database } = stage.world;
    await writeLimits(database, stage.world.merchantId, [{ currency: "HKD", ...limits }]);
    const answer = await refunding("wechat.native", { amount: "50.00" })(stage);
    await writeLimits(database, stage.world.merchantId, [{ currency: "HKD", approvalAbove: null, dailyCap: null }]);
    return answer;
  };

/** Orders, tries to pay, refunds, accounts. */
export const MONEY_CASES: Cases = {
  amount_format: order({ amount: "1,00" }),
  amount_places: order({ amount: "1.001" }),
  amount_range: order({ amount: "999999999999999.00" }),
  amount_zero: order({ amount: "0.00" }),
  title_missing: order({ title: " " }),
  url_invalid: order({ return_url: "ftp://shop.example" }),
  reference_invalid: order({ reference: "Bestellung 1" }),
  reference_taken: async ({ shop }) => {
    await shop.post("/orders", { ...TEA, reference: "case-taken" });
    return shop.post("/orders", { ...TEA, amount: "1.00", reference: "case-taken" });
  },
  account_not_found: order({ account: `acc_${ZEROS}` }),
  order_not_open: async ({ shop }) => {
    const { id } = (await shop.post("/orders", TEA)).body;
    await shop.post(`/orders/${id}/cancel`);
    return shop.post(`/orders/${id}/attempts`, { method: "wechat.native" });
  },
  order_expired: async ({ shop }) => {
    const { id } = (await shop.post("/orders", TEA)).body;
    await shop.post(`/orders/${id}/expire`);
    return shop.post(`/orders/${id}/attempts`, { method: "wechat.native" });
  },
  method_unavailable: order({ method: "bank.transfer", currency: "JPY", amount: "88" }),
  openid_missing: order({ method: "wechat.jsapi" }),
  too_many_requests: async ({ shop, fake, fakeAccount, world }) => {
    const { id } = (await shop.post("/orders", { ...TEA, account: fakeAccount })).body;
    fake.onCreate = () => refusal("amount_rejected");
    for (let nth = 0; nth < 50; nth += 1) await shop.post(`/orders/${id}/attempts`, { method: "wechat.native" });
    fake.onCreate = () => qr();
    await world.database.execute(sql`delete from channel_health`);
    return shop.post(`/orders/${id}/attempts`, { method: "wechat.native" });
  },
  gateway_refused: ending(refusal("amount_rejected")),
  gateway_busy: ending(refusal("busy")),
  gateway_unreachable: ending({ ok: false, kind: "unreachable", message: "ECONNREFUSED" }),
  gateway_unclear: async ({ shop, world }) => {
    await shop.post("/sandbox/faults", { account: world.accountId, fault: "reply_garbage", target: "request" });
    return shop.get(`/accounts/${world.accountId}/rate?currency=HKD`);
  },
  channel_down: async (stage) => {
    await stage.world.database.execute(sql`insert into channel_health (account_id, scope, failures, downs, last_failed_at, down_until, cause)
      values (${stage.fakeAccount}, '*', 3, 1, now(), now() + interval '1 minute', 'unreachable')`);
    const answer = await asks("wechat.native", {})(stage);
    await stage.world.database.execute(sql`delete from channel_health`);
    return answer;
  },
  merchant_closed: async ({ shop, world }) => {
    const body = { ...TEA, method: "wechat.barcode", auth_code: "130000000000000077" };
    // As long as a process remembers the key.
    await shop.get("/orders");
    await world.database.execute(sql`update merchants set active = false where id = ${world.merchantId}`);
    const answer = await shop.post("/orders", body);
    await world.database.execute(sql`update merchants set active = true where id = ${world.merchantId}`);
    forgetKeys();
    return answer;
  },
  bank_missing: asks("unionpay.gateway", {}),
  bank_invalid: asks("unionpay.gateway", { bank: { code: "NONE" } }),
  card_number_missing: asks("unionpay.quick", {}),
  card_number_invalid: asks("unionpay.quick", { card_number: "4111111111111112" }),
  payer_missing: asks("bank.transfer", {}),
  payer_bank_invalid: asks("bank.transfer", { payer: { bank_code: "NONE", name: "Wong", account: "1234567" } }),
  payer_name_invalid: asks("bank.transfer", { payer: { bank_code: "ICBC", name: "a;b", account: "1234567" } }),
  payer_account_invalid: asks("bank.transfer", { payer: { bank_code: "ICBC", name: "Wong", account: "12" } }),
  auth_code_invalid: order({ method: "alipay.barcode", auth_code: "130000000000000000" }),
  auth_code_used: async (stage) => {
    stage.fake.onCreate = () => pendingScan();
    const till = asks("wechat.barcode", { auth_code: "130000000000000098" });
    await till(stage);
    const answer = await till(stage);
    stage.fake.onCreate = () => qr();
    return answer;
  },
  scan_under_way: async (stage) => {
    stage.fake.onCreate = () => pendingScan();
    const { id } = (await asks("wechat.barcode", { auth_code: "130000000000000097" })(stage)).body;
    stage.fake.onCreate = () => qr();
    return stage.shop.post(`/orders/${id}/attempts`, { method: "alipay.barcode", auth_code: "280000000000000097" });
  },

  attempt_not_paid: async ({ shop }) => shop.post("/refunds", { order: (await shop.post("/orders", TEA)).body.id, reason: "x" }),
  refund_exceeds: refunding("wechat.native", { amount: "88.01" }),
  refund_full_only: refunding("unionpay.qr", { amount: "1.00" }),
  reason_missing: refunding("wechat.native", { reason: " " }),
  refund_needs_approval: limited({ approvalAbove: 1000n, dailyCap: null }),
  refund_daily_cap: limited({ approvalAbove: null, dailyCap: 1n }),
  account_shut: async (stage) => {
    const { database } = stage.world;
    const { rows } = await database.execute<{ kept: string }>(
      sql`select credentials as kept from gateway_accounts where id = ${stage.world.accountId}`,
    );
    await database.execute(
      sql`update gateway_accounts set credentials = 'sealed with keys that are gone' where id = ${stage.world.accountId}`,
    );
    const answer = await stage.shop.get(`/accounts/${stage.world.accountId}/rate?currency=HKD`);
    await database.execute(sql`update gateway_accounts set credentials = ${rows[0]?.kept} where id = ${stage.world.accountId}`);
    return answer;
  },
  operation_not_supported: ({ shop, fakeAccount }) => shop.get(`/accounts/${fakeAccount}/balance`),
  sandbox_refused: async ({ shop, world }) => {
    const { attempt } = (await shop.post("/orders", { ...TEA, account: world.accountId, method: "wechat.native" })).body;
    await shop.post(`/sandbox/attempts/${attempt.id}/pay`, {});
    return shop.post(`/sandbox/attempts/${attempt.id}/pay`, {});
  },
};
