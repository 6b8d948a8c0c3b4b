import { describe, expect, it } from "vitest";
import { backend, call } from "#lib/dialects/mpgateway/testing/drive.ts";
import { payment } from "#lib/dialects/testing/fake-backend.ts";

const ORDER = payment({
  no: "201805011234567890",
  clientNo: "O2018050112345678",
  method: "wechat.native",
  currency: "CNY",
  amount: "19.9",
  paidAt: new Date("2018-05-01T16:34:56Z"),
});
const UNPAID = { ...ORDER, state: "INIT", paidAt: null } as const;
const NUMBERS = { queryid: ORDER.no, txnamt: 1990, merid: "89900100", orderid: ORDER.clientNo };

describe("/api/query", () => {
  it.each([
    [{}, "0000", "交易成功", "2018-05-02 00:34:56"],
    [{ extra: { resultcode: "1002" } }, "1002", "交易处理中", "2018-05-02 00:34:56"],
    [{ extra: { resultcode: "1004" } }, "1004", "协查调单", "2018-05-02 00:34:56"],
    [{ extra: { resultcode: "1003" } }, "0000", "交易成功", "2018-05-02 00:34:56"],
    [UNPAID, "1001", "未支付", ""],
    [{ ...UNPAID, userPaying: true }, "1001", "未支付", ""],
    [{ ...UNPAID, extra: { resultcode: "1002" } }, "1001", "未支付", ""],
    [{ ...UNPAID, state: "FAIL" }, "1003", "交易失败", ""],
    [{ ...UNPAID, state: "EXPIRED" }, "1003", "交易失败", ""],
    [{ ...UNPAID, state: "CLOSED" }, "1003", "交易失败", ""],
  ] as const)("%j is %s", async (changes, resultcode, resultmsg, paytime) => {
    const to = backend();
    to.payments.push({ ...ORDER, ...changes });
    const { json, signed } = await call(to, "/api/query", { merid: "89900100", orderid: ORDER.clientNo });
    expect(signed).toBe("good");
    expect(json).toEqual({ respcode: "00", respmsg: "成功", resultcode, resultmsg, ...NUMBERS, paytime });
  });

  it("finds by queryid first, and then ignores the orderid", async () => {
    const to = backend();
    to.payments.push(ORDER, payment({ no: "2", clientNo: "B1234567" }));
    const ask = (by: object) => call(to, "/api/query", { merid: "89900100", ...by }).then(({ json }) => json.queryid);
    expect(await ask({ queryid: "2", orderid: ORDER.clientNo })).toBe("2");
    expect(await ask({ queryid: "", orderid: ORDER.clientNo })).toBe(ORDER.no);
    expect(await ask({ queryid: ORDER.no })).toBe(ORDER.no);
  });
});

describe("/api/cancel", () => {
  it("closes an unpaid order, and answers alike when asked again", async () => {
    const to = backend();
    to.payments.push(UNPAID);
    for (const _ of [1, 2]) {
      const { json, signed } = await call(to, "/api/cancel", { merid: "89900100", orderid: ORDER.clientNo });
      expect(json).toEqual({ respcode: "00", respmsg: "成功", ...NUMBERS });
      expect(signed).toBe("good");
      expect(to.payments[0]?.state).toBe("CLOSED");
    }
  });

  it("refuses a paid order, also one paid in the same moment", async () => {
    const to = backend();
    to.payments.push(ORDER);
    const refused = { respcode: "06", respmsg: expect.stringContaining("已支付"), ...NUMBERS };
    expect((await call(to, "/api/cancel", { merid: "89900100", queryid: ORDER.no })).json).toEqual(refused);
    expect(to.payments[0]?.state).toBe("PAID");
    to.payments.splice(0, 1, UNPAID);
    to.problem = "already_paid";
    expect((await call(to, "/api/cancel", { merid: "89900100", queryid: ORDER.no })).json).toEqual(refused);
  });
});

describe.each(["/api/query", "/api/cancel"])("%s", (path) => {
  it("says 04 for an order nobody knows, and 01 without either number", async () => {
    expect((await call(backend(), path, { merid: "89900100", orderid: "A1234567" })).json).toMatchObject({
      respcode: "04",
      orderid: "A1234567",
    });
    expect((await call(backend(), path, { merid: "89900100" })).json).toMatchObject({
      respcode: "01",
      respmsg: expect.stringMatching(/queryid.*orderid/),
    });
  });
});
