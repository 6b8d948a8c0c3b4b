import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { xxpayDialect } from "#lib/dialects/xxpay/index.ts";
import { md5, opened } from "#lib/dialects/xxpay/testing/drive.ts";
import { serveGateway } from "#lib/sandbox/gateway.ts";
import { endPayout } from "#lib/sandbox/move-payouts.ts";
import { drainNotices } from "#lib/sandbox/notifier.ts";
import { payPayment } from "#lib/sandbox/pay.ts";
import { accountAt } from "#lib/sandbox/provision.ts";
import { ORIGIN, sandboxWorld, type World } from "#lib/sandbox/testing.ts";

/** The dialect over a real ledger: what only both together can promise. */
let world: World;
beforeAll(async () => {
  world = await sandboxWorld();
});
afterAll(() => world.close());

function account() {
  return accountAt(world.accounts, "xxpay").credentials;
}

async function send(path: string, values: Record<string, unknown>): Promise<Record<string, unknown>> {
  const { mchId, appId, key } = account();
  const fields = { mchId, appId, ...values };
  const request = new Request(`${ORIGIN}/sandbox/gateway/xxpay${path}`, {
    method: "POST",
    body: new URLSearchParams({ params: JSON.stringify({ ...fields, sign: md5(fields, key) }) }),
  });
  const options = { database: world.database, dialect: xxpayDialect, origin: ORIGIN, path, sleep: async () => {} };
  const reply = await serveGateway(request, options);
  return opened({ status: reply.status, headers: {}, body: await reply.text() }).json;
}

function order(mchOrderNo: string) {
  return {
    ...{ productId: 8002, mchOrderNo, currency: "cny", amount: 1990, subject: "月饼", body: "月饼" },
    ...{ notifyUrl: world.receiver.url, param1: "p1" },
  };
}

describe("a payment", () => {
  it("created twice with the same parameters is one order; with others it is refused", async () => {
    const first = await send("/api/pay/create_order", order("SAME1"));
    expect(first).toMatchObject({
      retCode: "SUCCESS",
      payParams: { payUrl: expect.stringContaining(`${ORIGIN}/sandbox/gateway/xxpay/api/qrcode/create_qrcode?params=weixin://wxpay/`) },
    });
    expect(await send("/api/pay/create_order", order("SAME1"))).toEqual(first);
    expect(await send("/api/pay/create_order", { ...order("SAME1"), amount: 1 })).toMatchObject({ errCode: "0014" });
  });

  it("is 1, then 2, then 3 once its notice was acknowledged; executeNotify then sends one more", async () => {
    const { payOrderId } = await send("/api/pay/create_order", order("PAID1"));
    const status = async (more = {}) => (await send("/api/pay/query_order", { mchOrderNo: "PAID1", ...more })).status;
    expect(await status({ executeNotify: true })).toBe("1");
    expect(await drainNotices(world.database)).toMatchObject({ sent: 0 });
    await payPayment(world.database, String(payOrderId), { shopper: "anna", channel: "CN" });
    expect(await status()).toBe("2");
    expect(await drainNotices(world.database)).toMatchObject({ sent: 1, acknowledged: 1 });
    expect(await status({ executeNotify: true })).toBe("3");
    expect(await drainNotices(world.database)).toMatchObject({ sent: 1, acknowledged: 1 });
    const notices = world.receiver.received.map(({ body }) => Object.fromEntries(body));
    for (const { sign, ...fields } of notices) expect(sign).toBe(md5(fields, account().key));
    expect(notices.map((fields) => [fields.mchOrderNo, fields.status, fields.amount, fields.param1])).toEqual([
      ["PAID1", "2", "1990", "p1"],
      ["PAID1", "3", "1990", "p1"],
    ]);
    expect(await send("/api/pay/create_order", order("PAID1"))).toMatchObject({ errCode: "0113" });
  });
});

describe("a payout", () => {
  const asked = {
    ...{ mchTransOrderNo: "T1", currency: "cny", amount: 1000, bankCode: "HPT00003", bankName: "中国建设银行", accountType: "1" },
    ...{ accountName: "测试", accountNo: "6222020000000000001", province: "江苏", city: "上海" },
  };

  it("created twice is one, spends once, and ends as the bank says", async () => {
    const balance = async () => Number((await send("/api/query/query_balance", { queryTime: "1" })).balance);
    const before = await balance();
    const first = await send("/api/trans/create_order", asked);
    expect(first).toMatchObject({ retCode: "SUCCESS", amount: 1000, status: 0 });
    expect(await send("/api/trans/create_order", asked)).toMatchObject({ transOrderId: first.transOrderId });
    expect(await send("/api/trans/create_order", { ...asked, city: "南京" })).toMatchObject({ errCode: "0014" });
    expect(before - (await balance())).toBe(1000);
    await endPayout(world.database, String(first.transOrderId), "FAIL");
    expect(await send("/api/trans/query_order", { mchTransOrderNo: "T1" })).toMatchObject({ status: "3", amount: "1000" });
    expect(await balance()).toBe(before);
  });
});
