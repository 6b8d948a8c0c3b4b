import { describe, expect, it } from "vitest";
import { answer } from "#lib/gateways/fake-port.ts";
import { BASE_URL, ECHO, ORDER_NO, openedAccount, paymentKey, QUERY_ID, reply, sentJson } from "#lib/gateways/mpgateway/test-account.ts";

const FOUND = { ...ECHO, paytime: "2018-05-01 12:34:56" };
const query = async (fields: object, key = paymentKey()) => {
  const outcome = await openedAccount([reply({ ...FOUND, ...fields })]).account.query?.(key);
  return outcome?.ok ? outcome.value : outcome;
};

describe("a query asks", () => {
  it("by our number while that is all we have, by the gateway's once we know it", async () => {
    const { account, port } = openedAccount([answer(""), answer("")]);
    await account.query?.(paymentKey());
    await account.query?.(paymentKey({ gatewayRef: QUERY_ID }));
    expect(port.sent.map(({ url }) => url)).toEqual([`${BASE_URL}/api/query`, `${BASE_URL}/api/query`]);
    expect(sentJson(port, 0)).toBe(`{"merid":"89900100","orderid":"${ORDER_NO}"}`);
    expect(sentJson(port, 1)).toBe(`{"merid":"89900100","queryid":"${QUERY_ID}"}`);
  });

  it.each(["wechat.jsapi", "alipay.wap", "qq.native", "unionpay.qr"] as const)("for %s as for any", async (method) => {
    expect(await query({ resultcode: "0000" }, paymentKey({ method }))).toMatchObject({ kind: "paid" });
  });
});

describe("a query's answer", () => {
  const paid = { kind: "paid", gatewayRef: QUERY_ID, amount: { minor: 100n, currency: "CNY" }, paidAt: new Date("2018-05-01T04:34:56Z") };

  it.each([
    ["0000", paid],
    ["1002", paid],
    ["1001", { kind: "pending", gatewayRef: QUERY_ID }],
    ["1003", { kind: "failed", code: "1003" }],
    ["1004", { kind: "unknown", reason: expect.stringContaining("协查调单"), dispute: true }],
    ["", { kind: "unknown", reason: expect.any(String) }],
    ["1005", { kind: "unknown", reason: expect.any(String) }],
    ["constructor", { kind: "unknown", reason: expect.any(String) }],
  ])("resultcode %s", async (resultcode, standing) => {
    expect(await query({ resultcode })).toEqual(standing);
  });

  it("may pay another amount than was asked for: that is the gateway's word, and the verdict's mismatch", async () => {
    expect(await query({ resultcode: "0000", txnamt: "99" })).toMatchObject({ kind: "paid", amount: { minor: 99n } });
  });

  it.each(["1.00", "-1", "1e2", "", "00", "99999999999999"])("with the amount %s is unclear", async (txnamt) => {
    expect(await query({ resultcode: "0000", txnamt })).toMatchObject({ kind: "unknown" });
  });

  it.each(["", "yesterday"])("with the time %j is paid at a time not known", async (paytime) => {
    expect(await query({ resultcode: "0000", paytime })).toMatchObject({ kind: "paid", paidAt: null });
  });

  it.each([
    ["another merchant", { merid: "1" }],
    ["another number of ours", { orderid: "O2018050112345679" }],
    ["no number of ours", { orderid: null }],
  ])("about %s is unclear", async (_what, over) => {
    expect(await query({ resultcode: "0000", ...over })).toMatchObject({ kind: "unknown" });
  });

  it("about another payment of the gateway's is unclear", async () => {
    expect(await query({ resultcode: "0000", queryid: "2" }, paymentKey({ gatewayRef: QUERY_ID }))).toMatchObject({ kind: "unknown" });
  });
});

describe("a cancel", () => {
  it("is sent by either number, and closes what it answers about", async () => {
    const { account, port } = openedAccount([reply(ECHO), reply(ECHO)]);
    expect(await account.close?.(paymentKey())).toEqual({ ok: true, value: { kind: "closed" } });
    expect(await account.close?.(paymentKey({ gatewayRef: QUERY_ID }))).toEqual({ ok: true, value: { kind: "closed" } });
    expect(port.sent.map(({ url }) => url)).toEqual([`${BASE_URL}/api/cancel`, `${BASE_URL}/api/cancel`]);
    expect(sentJson(port, 0)).toBe(`{"merid":"89900100","orderid":"${ORDER_NO}"}`);
    expect(sentJson(port, 1)).toBe(`{"merid":"89900100","queryid":"${QUERY_ID}"}`);
  });

  it.each([{ merid: "1" }, { orderid: "O2018050112345679" }, { txnamt: 1 }])("about something else closes nothing: %j", async (over) => {
    const { account } = openedAccount([reply({ ...ECHO, ...over })]);
    expect(await account.close?.(paymentKey())).toMatchObject({ ok: true, value: { kind: "unknown" } });
  });
});

it("what the document has no operation for is absent", () => {
  const { account } = openedAccount();
  expect(account.refund).toBeUndefined();
  expect(account.queryRefund).toBeUndefined();
  expect(account.bill).toBeUndefined();
  expect(account.payout).toBeUndefined();
  expect(account.payoutChannels).toEqual([]);
});
