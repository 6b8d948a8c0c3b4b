import { describe, expect, it } from "vitest";
import { answer } from "#lib/gateways/fake-port.ts";
import {
  BASE_URL,
  credentials,
  FEN_100,
  fail,
  gatewaySign,
  notice,
  openedAccount,
  payoutRequest,
  reply,
  sentJson,
} from "#lib/gateways/xxpay/test-account.ts";

const NO = "T20160427210604000490";
const REF = "T01000020181013";
const MADE = { transOrderId: REF, mchId: 20_001_222, mchTransOrderNo: NO, amount: 100, status: 1, createTime: 1_505_049_094_262 };
const KEY = { payoutNo: NO, gatewayRef: null, amount: FEN_100 };
const STANDINGS = [
  ["0", "pending"],
  ["1", "pending"],
  ["2", "paid"],
  ["3", "failed"],
  ["4", "unknown"],
  ["5", "unknown"],
  ["", "unknown"],
] as const;

describe("a payout is sent", () => {
  it("exactly so to a person, and its answer read", async () => {
    const { account, port } = openedAccount([reply(MADE)]);
    const outcome = await account.payout?.("trans", payoutRequest());
    const fields = {
      ...{ mchId: "20001222", appId: credentials.appId, mchTransOrderNo: NO, currency: "cny", amount: "100" },
      ...{ notifyUrl: "http://domain/notify.htm", bankCode: "HPT00003", bankName: "中国建设银行", accountType: "1" },
      ...{ accountName: "测试", accountNo: "1234567890123", province: "江苏", city: "上海" },
    };
    expect(port.sent.map(({ method, url }) => `${method} ${url}`)).toEqual([`POST ${BASE_URL}/api/trans/create_order`]);
    expect(port.sent[0]?.body).toBe(`params=${encodeURIComponent(JSON.stringify({ ...fields, sign: gatewaySign(fields) }))}`);
    expect(outcome).toEqual({ ok: true, value: { kind: "pending", gatewayRef: REF, amount: FEN_100, code: "1" } });
  });

  it("to a company, with what the account's settings add", async () => {
    const settings = { payoutAccountType: "4", payoutPayerLastSix: "123456", paths: { createTrans: "/api/v2/trans" } };
    const { account, port } = openedAccount([answer("")], settings, { payoutCode: "auF4AeHd4jLj" });
    await account.payout?.("trans", payoutRequest({ clientIp: "210.73.10.148" }, { kind: "company", bankName: "建行上海分行" }));
    expect(port.sent[0]?.url).toBe(`${BASE_URL}/api/v2/trans`);
    expect(JSON.parse(sentJson(port))).toMatchObject({
      ...{ accountAttr: "1", accountType: "4", bankName: "建行上海分行", clientIp: "210.73.10.148" },
      ...{ param1: "123456", param2: "auF4AeHd4jLj" },
    });
  });

  it.each([
    ["no bank", payoutRequest({}, { bankCode: "" })],
    ["a bank without a name, and none in the document's table", payoutRequest({}, { bankCode: "HPT99999" })],
    ["no province", payoutRequest({}, { province: "" })],
    ["a long city", payoutRequest({}, { city: "市".repeat(33) })],
    ["an account with a sign of the wire", payoutRequest({}, { number: "1234&amount=1" })],
    ["a name with =", payoutRequest({}, { name: "a=b" })],
    ["a name of 65", payoutRequest({}, { name: "名".repeat(65) })],
    ["a number of 31", payoutRequest({ payoutNo: "1".repeat(31) })],
    ["a notify address of 129", payoutRequest({ notifyUrl: `https://${"a".repeat(121)}` })],
    ["no money", payoutRequest({ amount: { minor: 0n, currency: "CNY" } })],
    ["other money", payoutRequest({ amount: { minor: 100n, currency: "USD" } })],
  ])("not at all with %s", async (_what, request) => {
    const { account, port } = openedAccount();
    expect(await account.payout?.("trans", request)).toMatchObject({ ok: false, kind: "refused", code: "invalid_request" });
    expect(port.sent).toEqual([]);
  });

  it("by no other channel", async () => {
    const { account } = openedAccount();
    expect(account.payoutChannels).toEqual(["trans"]);
    expect(await account.payout?.("pay", payoutRequest())).toMatchObject({ ok: false, code: "unsupported" });
    expect(await account.queryPayout?.("pay", KEY)).toMatchObject({ ok: false, code: "unsupported" });
  });
});

describe("its status is a table of its own: 3 is failed here, and paid there", () => {
  it.each(STANDINGS)("%s is %s, in the answer, the query and the notice", async (status, kind) => {
    const { account } = openedAccount([reply({ ...MADE, status }), reply({ ...MADE, appId: credentials.appId, currency: "cny", status })]);
    expect(await account.payout?.("trans", payoutRequest())).toMatchObject({ ok: true, value: { kind } });
    expect(await account.queryPayout?.("trans", KEY)).toMatchObject({ ok: true, value: { kind } });
  });

  it("a paid one without a readable amount is unclear", async () => {
    const { account } = openedAccount([reply({ ...MADE, status: 2, amount: "1.00" })]);
    expect(await account.queryPayout?.("trans", KEY)).toMatchObject({ ok: true, value: { kind: "unknown", amount: null } });
  });
});

describe("an answer about something else is unclear", () => {
  const others = [{ mchId: 2 }, { mchTransOrderNo: "T2" }, { mchTransOrderNo: "" }, { appId: "other" }, { currency: "usd" }];
  it.each([...others, { amount: 99 }, { amount: "" }])("create: %j", async (over) => {
    const { account } = openedAccount([reply({ ...MADE, ...over })]);
    expect(await account.payout?.("trans", payoutRequest())).toMatchObject({ ok: false, kind: "unknown" });
  });

  it.each([...others, { transOrderId: "T9" }])("query: %j", async (over) => {
    const { account } = openedAccount([reply({ ...MADE, ...over })]);
    expect(await account.queryPayout?.("trans", { ...KEY, gatewayRef: REF })).toMatchObject({ ok: false, kind: "unknown" });
  });

  it("and so is a success that is not signed; a FAIL the table knows is refused", async () => {
    const { account } = openedAccount([answer({ ...MADE, retCode: "SUCCESS" }), fail("0112", "订单不存在")]);
    expect(await account.payout?.("trans", payoutRequest())).toMatchObject({ ok: false, kind: "unknown" });
    expect(await account.queryPayout?.("trans", KEY)).toMatchObject({ ok: false, kind: "refused", code: "not_found" });
  });
});

it("a query asks by our number, and again for a notice where the account wants one", async () => {
  const { account, port } = openedAccount([answer("")], { executeNotify: true });
  await account.queryPayout?.("trans", KEY);
  const fields = { mchId: "20001222", appId: credentials.appId, mchTransOrderNo: NO, executeNotify: true };
  expect(port.sent[0]?.url).toBe(`${BASE_URL}/api/trans/query_order`);
  expect(sentJson(port)).toBe(JSON.stringify({ ...fields, sign: gatewaySign({ ...fields, executeNotify: "true" }) }));
});

describe("a payout's notice", () => {
  const FIELDS = {
    ...{ transOrderId: REF, mchId: "20001222", mchTransOrderNo: NO, amount: "100", status: "2", channelOrderNo: "wx2016" },
    ...{ param1: "", param2: "auF4AeHd4jLj", transSuccTime: "1505049094262", backType: "2" },
  };
  const open = (inbound: ReturnType<typeof notice>, settings = {}) => openedAccount([], settings).account.openPayoutNotification?.(inbound);

  it.each(["GET", "POST"] as const)("by %s is opened into our words; what the account was given is not readable in it", (method) => {
    expect(open(notice(FIELDS, method))).toEqual({
      ok: true,
      notification: {
        payoutNo: NO,
        gatewayRef: REF,
        standing: { kind: "paid", gatewayRef: REF, amount: FEN_100, code: "2" },
        settles: "query",
        fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
        fields: { ...FIELDS, param2: "***", sign: expect.any(String) },
      },
    });
  });

  it.each(STANDINGS.filter(([status]) => status !== ""))("status %s is %s", (status, kind) => {
    expect(open(notice({ ...FIELDS, status }))).toMatchObject({ ok: true, notification: { standing: { kind } } });
  });

  it("settles by itself only where the account trusts it and it is the server's", () => {
    const trusting = { trustNotifications: true };
    expect(open(notice(FIELDS), trusting)).toMatchObject({ notification: { settles: "inline" } });
    expect(open(notice({ ...FIELDS, backType: "1" }), trusting)).toMatchObject({ notification: { settles: "query" } });
  });

  it("of another merchant or app is a conflict; one that names no app is none", () => {
    expect(open(notice({ ...FIELDS, mchId: "2" }))).toMatchObject({ ok: true, notification: { conflict: expect.any(String) } });
    expect(open(notice({ ...FIELDS, appId: "2" }))).toMatchObject({ ok: true, notification: { conflict: expect.any(String) } });
    const opened = open(notice(FIELDS));
    expect(opened?.ok && opened.notification.conflict).toBeUndefined();
  });

  it.each(Object.keys(FIELDS))("is refused when %s was changed", (name) => {
    const body = { ...FIELDS, sign: gatewaySign(FIELDS), [name]: "9" };
    const inbound = { method: "GET", query: new URLSearchParams(body).toString(), headers: {}, body: new Uint8Array() };
    expect(open(inbound)).toMatchObject({ ok: false, reason: "bad_signature" });
  });

  it.each(["transOrderId", "mchId", "mchTransOrderNo", "amount", "status"])("that is genuine but has no %s is refused", (name) => {
    expect(open(notice({ ...FIELDS, [name]: "" }))).toMatchObject({ ok: false, reason: "missing_field" });
  });
});
