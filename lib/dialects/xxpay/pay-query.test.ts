import { describe, expect, it } from "vitest";
import { payment } from "#lib/dialects/testing/fake-backend.ts";
import { ACCOUNT, backend, call } from "#lib/dialects/xxpay/testing/drive.ts";

const PATH = "/api/pay/query_order";
const ORDER = payment({
  clientNo: "20160427210604000490",
  method: "wechat.native",
  currency: "CNY",
  amount: "19.9",
  productId: "8002",
  appId: ACCOUNT.appId,
  openid: "o1",
  paidAt: new Date(1_505_049_094_262),
});
const UNPAID = { ...ORDER, state: "INIT", paidAt: null, walletNo: null } as const;

describe("the reply", () => {
  it("of a paid order is signed, complete, and all strings", async () => {
    const to = backend();
    to.payments.push(ORDER);
    const { json, signed } = await call(to, PATH, { ...ACCOUNT, mchOrderNo: ORDER.clientNo });
    expect(signed).toBe("good");
    expect(json).toEqual({
      retCode: "SUCCESS",
      retMsg: "",
      mchId: "20001222",
      appId: ACCOUNT.appId,
      productId: "8002",
      payOrderId: ORDER.no,
      mchOrderNo: "20160427210604000490",
      amount: "1990",
      currency: "cny",
      status: "2",
      channelUser: "o1",
      channelOrderNo: "4200000000",
      channelAttach: '{"bank_type":"OTHERS","trade_type":"pay.wechat.native"}',
      paySuccTime: "1505049094262",
    });
  });

  it("of an unpaid one has no channel's data, and still verifies", async () => {
    const to = backend();
    to.payments.push(UNPAID);
    const { json, signed } = await call(to, PATH, { ...ACCOUNT, payOrderId: ORDER.no });
    expect(signed).toBe("good");
    expect(json).toMatchObject({ status: "1", channelOrderNo: "", channelAttach: "", paySuccTime: "" });
  });
});

describe("status", () => {
  it.each([
    [UNPAID, "1"],
    [{ ...UNPAID, userPaying: true }, "1"],
    [ORDER, "2"],
    [{ ...ORDER, acknowledgedAt: new Date(0) }, "3"],
    [{ ...UNPAID, state: "FAIL" }, "5"],
    [{ ...UNPAID, state: "EXPIRED" }, "5"],
    [{ ...UNPAID, state: "CLOSED" }, "5"],
  ] as const)("of %j is %s, and executeNotify sends again for 2 and 3 alone", async (row, status) => {
    for (const executeNotify of [true, "true", false, undefined]) {
      const to = backend();
      to.payments.push(row);
      const { json } = await call(to, PATH, { ...ACCOUNT, payOrderId: row.no, executeNotify });
      expect(json.status).toBe(status);
      const again = String(executeNotify) === "true" && (status === "2" || status === "3");
      expect(to.renotified).toEqual(again ? [row.no] : []);
    }
  });
});

it("finds by payOrderId first", async () => {
  const to = backend();
  to.payments.push(ORDER, payment({ no: "2", clientNo: "B" }));
  expect((await call(to, PATH, { ...ACCOUNT, payOrderId: "2", mchOrderNo: ORDER.clientNo })).json.payOrderId).toBe("2");
});

it.each([
  [{}, "0014", "mchOrderNo"],
  [{ mchOrderNo: "nobody's" }, "0112", "订单不存在"],
  [{ payOrderId: "1", executeNotify: 1 }, "0014", "executeNotify"],
  [{ payOrderId: "1", appId: undefined }, "0014", "appId"],
])("refuses %j with %s", async (by, errCode, names) => {
  expect((await call(backend(), PATH, { ...ACCOUNT, ...by })).json).toMatchObject({
    retCode: "FAIL",
    errCode,
    errDes: expect.stringContaining(names),
  });
});
