import { describe, expect, it } from "vitest";
import { payout } from "#lib/dialects/testing/fake-backend.ts";
import { BANKS } from "#lib/dialects/xxpay/banks.ts";
import { ACCOUNT, backend, call } from "#lib/dialects/xxpay/testing/drive.ts";

const CREATE = "/api/trans/create_order";
const QUERY = "/api/trans/query_order";
const NO = "2017062221294656822829999";
const ASKED = {
  ...ACCOUNT,
  mchTransOrderNo: "T20160427210604000490",
  currency: "cny",
  amount: 1990,
  notifyUrl: "http://domain/notify.htm",
  bankCode: "HPT00003",
  bankName: "中国建设银行",
  accountType: "1",
  accountName: "测试",
  accountNo: "1234567890123",
  province: "江苏",
  city: "上海",
  param2: "ffvaaBVvLFDW",
};

describe("a payout", () => {
  it("is created, and answered with numbers where real clients read numbers", async () => {
    const to = backend();
    const { json, signed } = await call(to, CREATE, { ...ASKED, mchId: 20001222 });
    expect(signed).toBe("good");
    expect(json).toEqual({
      retCode: "SUCCESS",
      retMsg: "",
      transOrderId: NO,
      mchId: 20001222,
      mchTransOrderNo: ASKED.mchTransOrderNo,
      amount: 1990,
      status: 1,
      channelOrderNo: "",
      createTime: new Date("2017-06-22T13:29:47Z").getTime(),
    });
    expect(to.paidOut).toEqual([
      {
        channel: "trans",
        merchantNo: "20001222",
        clientNo: ASKED.mchTransOrderNo,
        currency: "CNY",
        amount: "19.90",
        accountNo: "1234567890123",
        accountName: "测试",
        notifyUrl: "http://domain/notify.htm",
        extra: {
          appId: ACCOUNT.appId,
          bankCode: "HPT00003",
          bankName: "中国建设银行",
          accountType: "1",
          province: "江苏",
          city: "上海",
          param2: "ffvaaBVvLFDW",
        },
      },
    ]);
  });

  it("needs no notifyUrl", async () => {
    const to = backend();
    expect((await call(to, CREATE, { ...ASKED, notifyUrl: undefined })).json.retCode).toBe("SUCCESS");
    expect(to.paidOut).toMatchObject([{ notifyUrl: null }]);
  });

  it.each([
    ...["mchTransOrderNo", "currency", "amount", "bankCode", "bankName", "accountType", "accountName", "accountNo", "province", "city"].map(
      (name) => [name, undefined] as const,
    ),
    ["bankCode", "HPT00098"] as const,
    ["bankCode", "HP00001"] as const,
    ["bankCode", "toString"] as const,
    ["amount", "1.5"] as const,
    ["amount", 0] as const,
    ["accountType", "5"] as const,
    ["accountAttr", "2"] as const,
    ["bankType", "x"] as const,
    ["mchTransOrderNo", "1".repeat(31)] as const,
    ["notifyUrl", "ftp://domain"] as const,
    ["province", "省".repeat(33)] as const,
    ["accountNo", "1".repeat(65)] as const,
  ])("is refused by name with %s = %j", async (name, value) => {
    const to = backend();
    const { json } = await call(to, CREATE, { ...ASKED, [name]: value });
    expect(json).toMatchObject({ retCode: "FAIL", errCode: "0014", errDes: expect.stringContaining(name) });
    expect(to.paidOut).toEqual([]);
  });

  it.each([
    ["balance_insufficient", "0014", "amount"],
    ["duplicate_number", "0014", "重复"],
    ["unavailable", "0010", "相同参数"],
  ] as const)("is refused when the backend says %s: %s", async (problem, errCode, names) => {
    const to = backend();
    to.problem = problem;
    expect((await call(to, CREATE, ASKED)).json).toMatchObject({ errCode, errDes: expect.stringContaining(names) });
  });

  it("may go to any of the document's 97 banks", async () => {
    expect(BANKS.size).toBe(97);
    for (const bankCode of BANKS.keys()) {
      expect((await call(backend(), CREATE, { ...ASKED, bankCode, accountAttr: "1", bankType: 308584000013 })).json.retCode).toBe(
        "SUCCESS",
      );
    }
    expect([BANKS.get("HPT00001"), BANKS.get("HPT00097")]).toEqual(["中国银行", "龙江银行"]);
  });
});

const PAID = payout({
  clientNo: ASKED.mchTransOrderNo,
  amount: "19.9",
  state: "PAID",
  channelNo: "wx2017",
  endedAt: new Date(1_505_049_094_262),
  extra: { appId: ACCOUNT.appId },
});

describe("a payout's query", () => {
  it("is answered in strings, but transSuccTime is a number", async () => {
    const to = backend();
    to.payouts.push(PAID);
    const { json, signed } = await call(to, QUERY, { ...ACCOUNT, mchTransOrderNo: PAID.clientNo });
    expect(signed).toBe("good");
    expect(json).toEqual({
      retCode: "SUCCESS",
      retMsg: "",
      mchId: "20001222",
      appId: ACCOUNT.appId,
      transOrderId: NO,
      mchTransOrderNo: PAID.clientNo,
      amount: "1990",
      currency: "cny",
      status: "2",
      channelOrderNo: "wx2017",
      transSuccTime: 1_505_049_094_262,
    });
  });

  it.each([
    [{ state: "CREATED", endedAt: null }, "0"],
    [{ state: "PROCESSING", endedAt: null }, "1"],
    [{ state: "PAID" }, "2"],
    [{ state: "PAID", acknowledgedAt: new Date(0) }, "2"],
    [{ state: "FAIL" }, "3"],
    [{ state: "FAIL", acknowledgedAt: new Date(0) }, "3"],
  ] as const)("of %j says %s, 3 being FAILED; executeNotify sends again for 2 and 3 alone", async (changes, status) => {
    for (const executeNotify of [true, false]) {
      const to = backend();
      to.payouts.push({ ...PAID, ...changes });
      const { json } = await call(to, QUERY, { ...ACCOUNT, transOrderId: NO, executeNotify });
      expect(json.status).toBe(status);
      expect("transSuccTime" in json).toBe(status === "2");
      expect(to.renotified).toEqual(executeNotify && (status === "2" || status === "3") ? [NO] : []);
    }
  });

  it.each([
    [{}, "0014"],
    [{ transOrderId: "1" }, "0112"],
  ])("refuses %j with %s", async (by, errCode) => {
    expect((await call(backend(), QUERY, { ...ACCOUNT, ...by })).json).toMatchObject({ retCode: "FAIL", errCode });
  });
});

it("a create repeated after the notice was acknowledged says 4, which no query says", async () => {
  const to = backend();
  to.createPayout = async () => ({ ok: true, value: { ...PAID, acknowledgedAt: new Date(0) } });
  expect((await call(to, CREATE, ASKED)).json.status).toBe(4);
});

it("/api/query/query_balance answers what is available, in fen", async () => {
  const { json, signed } = await call(backend(), "/api/query/query_balance", { mchId: "20001222", queryTime: "20181013115051" });
  expect(signed).toBe("good");
  expect(json).toEqual({ retCode: "SUCCESS", retMsg: "", mchId: "20001222", balance: "10000" });
});
