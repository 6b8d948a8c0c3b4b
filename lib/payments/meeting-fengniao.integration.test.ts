import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newGatewayNumber } from "#lib/domain/ids.ts";
import type { Method } from "#lib/domain/methods.ts";
import type { OpenAccount } from "#lib/gateways/gateway.ts";
import { cny, had, type Meeting, meetAt } from "#lib/payments/meeting-testing.ts";
import { issueWalletCode } from "#lib/sandbox/codes.ts";
import { declinePayment, expirePayment, payPayment } from "#lib/sandbox/pay.ts";

/** The two sides of seeds/004 meet over HTTP: every operation and variant. Differences are settled from the document. */
let meeting: Meeting<"fengniao">;
let account: OpenAccount;

beforeAll(async () => {
  meeting = await meetAt("fengniao");
  account = meeting.open();
});
afterAll(() => meeting.close());

const PERSON = { bank: { code: "01020000", card: "debit" }, openid: "oSandbox123456", cardNumber: "6222020200112233445" } as const;
const number = () => newGatewayNumber(new Date());

describe("creating", () => {
  it.each<[Method, string, Record<string, unknown>]>([
    ["wechat.jsapi", "jsapi", {}],
    ["wechat.native", "qr", {}],
    ["wechat.h5", "redirect", { wechatH5: "weixin.pay", sendPayUid: true }],
    ["wechat.h5", "redirect", { wechatH5: "weixin.h5_pay", subMchId: "1900000109" }],
    ["alipay.qr", "qr", {}],
    ["alipay.personal", "redirect", {}],
    ["alipay.personal", "qr", { personalCode: "qr" }],
    ["alipay.wap", "redirect", {}],
    ["alipay.jsapi", "redirect", {}],
    ["jd.native", "qr", {}],
    ["qq.native", "qr", {}],
    ["unionpay.gateway", "redirect", {}],
    ["unionpay.wap", "redirect", {}],
  ])("%s gives a %s (%j): pending under both numbers, by MD5 and by RSA", async (method, kind, settings) => {
    for (const signType of ["MD5", "RSA"]) {
      const by = meeting.open({ ...settings, signType });
      const { value, key } = await meeting.create(method, PERSON, by);
      expect(value.presentation.kind).toBe(kind);
      const standing = had(await by.query?.(key));
      expect(standing).toEqual({ kind: "pending", gatewayRef: await meeting.numberOf(key.gatewayOrderNo) });
    }
  });

  it("weixin.mppay online (tran_type 2) names the sub-merchant, and gives what the wallet is opened with", async () => {
    const online = meeting.open({ tranType: "2", subMchId: "1900000109" });
    const { value } = await meeting.create("wechat.jsapi", PERSON, online);
    if (value.presentation.kind !== "jsapi") throw new Error(value.presentation.kind);
    expect(value.presentation.params).toMatchObject({ appId: meeting.provisioned.settings.wechatAppId, signType: "MD5" });
    expect(value.presentation.params.package).toMatch(/^prepay_id=/);
  });

  it.each(["wechat", "alipay"] as const)("%s scan pay: pending by its answer, paid by the query", async (wallet) => {
    const { code } = await issueWalletCode(meeting.database, wallet, "pays");
    const { value, key } = await meeting.create(`${wallet}.barcode`, { authCode: code });
    expect(value).toMatchObject({ presentation: { kind: "none" }, standing: { kind: "pending" } });
    expect(had(await account.query?.(key))).toMatchObject({
      kind: "paid",
      amount: cny(10_050n),
      gatewayRef: expect.stringMatching(/^\d+$/),
    });
  });

  it.each(["pays", "expires"])("scan pay that asks for a password is pending, then the shopper %s", async (then) => {
    const { code } = await issueWalletCode(meeting.database, "wechat", "asks");
    const { value, key } = await meeting.create("wechat.barcode", { authCode: code });
    const no = await meeting.numberOf(key.gatewayOrderNo);
    expect(value.standing).toEqual({ kind: "pending", gatewayRef: no });
    expect(had(await account.query?.(key))).toEqual({ kind: "pending", gatewayRef: no, seen: true });
    if (then === "pays") await payPayment(meeting.database, no, { channel: "CN", shopper: "someone" });
    else await expirePayment(meeting.database, no);
    expect(had(await account.query?.(key))).toMatchObject({ kind: then === "pays" ? "paid" : "closed" });
  });

  it.each(["wechat", "alipay"] as const)("%s scan pay without money, or by an old code, is refused and never paid", async (wallet) => {
    const { code } = await issueWalletCode(meeting.database, wallet, "insufficient");
    for (const authCode of [code, wallet === "wechat" ? "130000000000000003" : "280000000000000003"]) {
      const sent = meeting.request({ authCode });
      expect(await account.create(`${wallet}.barcode`, sent)).toMatchObject({ ok: false, kind: "refused", gatewayCode: "10008" });
      const key = { method: `${wallet}.barcode`, gatewayOrderNo: sent.gatewayOrderNo, gatewayRef: null, amount: sent.amount } as const;
      expect(["failed", "closed"]).toContain(had(await account.query?.(key)).kind);
    }
  });

  it("a number used before is never paid twice: unclear, until a query answers", async () => {
    const { sent } = await meeting.create("alipay.qr");
    expect(await account.create("alipay.qr", sent)).toMatchObject({ ok: false, kind: "unknown" });
  });
});

describe("asking", () => {
  it.each<[Method, string]>([
    ["wechat.native", "refunded"],
    ["alipay.qr", "paid"],
    ["jd.native", "refunded"],
    ["qq.native", "refunded"],
  ])("%s: paid, then %s after a part went back, and refunded after all did", async (method, after) => {
    const { key, no } = await meeting.paid(method, PERSON);
    expect(had(await account.query?.(key))).toMatchObject({ kind: "paid", gatewayRef: no, amount: key.amount });
    const part = { ...key, refundNo: number(), refundAmount: cny(50n) };
    expect(had(await account.refund?.(part))).toMatchObject({ kind: "succeeded", code: "REFUND_SUCCESS" });
    expect(had(await account.query?.(key))).toMatchObject({ kind: after, amount: key.amount });
    // No refund query in the document: the same number again says only that it arrived.
    expect(await account.refund?.(part)).toMatchObject({ ok: false, kind: "refused", code: "duplicate_number" });
    const more = { ...key, refundNo: number(), refundAmount: cny(10_001n) };
    expect(await account.refund?.(more)).toMatchObject({ ok: false, kind: "refused", gatewayCode: "10008" });
    expect(had(await account.refund?.({ ...more, refundNo: number(), refundAmount: cny(10_000n) }))).toMatchObject({ kind: "succeeded" });
    expect(had(await account.query?.(key))).toMatchObject({ kind: "refunded", gatewayRef: no, amount: key.amount });
  });

  it.each(["unionpay.gateway", "unionpay.wap"] as const)("%s goes back only whole (§2.21)", async (method) => {
    const { key } = await meeting.paid(method, PERSON);
    const part = await account.refund?.({ ...key, refundNo: number(), refundAmount: cny(50n) });
    expect(part).toMatchObject({ ok: false, kind: "refused" });
    const whole = had(await account.refund?.({ ...key, refundNo: number(), refundAmount: key.amount, reason: "坏了 <x>&" }));
    expect(whole.kind).toBe("pending");
    expect(had(await account.query?.(key))).toMatchObject({ kind: "refunded", amount: key.amount });
  });

  it.each<[Method, string, string]>([
    ["wechat.native", "failed", "closed"],
    ["alipay.qr", "closed", "closed"],
    ["jd.native", "failed", "failed"],
    ["unionpay.wap", "failed", "failed"],
  ])("%s declined is %s, out of time %s", async (method, declined, expired) => {
    const [one, other] = [await meeting.create(method, PERSON), await meeting.create(method, PERSON)];
    await declinePayment(meeting.database, await meeting.numberOf(one.key.gatewayOrderNo));
    await expirePayment(meeting.database, await meeting.numberOf(other.key.gatewayOrderNo));
    expect(had(await account.query?.(one.key)).kind).toBe(declined);
    expect(had(await account.query?.(other.key)).kind).toBe(expired);
  });

  it("what is not there, not paid, or not ours is refused in our words", async () => {
    const { key } = await meeting.create("alipay.qr");
    const stranger = { ...key, gatewayOrderNo: number() };
    expect(await account.query?.(stranger)).toMatchObject({ ok: false, kind: "refused", code: "not_found", gatewayCode: "12002" });
    const refund = { ...key, refundNo: number(), refundAmount: key.amount };
    expect(await account.refund?.(refund)).toMatchObject({ ok: false, kind: "refused", gatewayCode: "14001" });
    const wrong = [
      meeting.open({}, { appId: "2099" }),
      meeting.open({}, { secret: "x" }),
      meeting.open({}, { merchantNo: "20170815152552020009" }),
    ];
    const codes = await Promise.all(wrong.map(async (by) => by.query?.(key)));
    expect(codes).toMatchObject([{ gatewayCode: "10001" }, { code: "signature_rejected" }, { gatewayCode: "10003", code: "forbidden" }]);
  });
});

describe("taking back (§2.22)", () => {
  it.each(["wechat.native", "alipay.qr"] as const)("%s unpaid is closed, by both numbers", async (method) => {
    const { key } = await meeting.create(method);
    expect(await account.close?.(key)).toMatchObject({ ok: false, kind: "refused", code: "invalid_request" });
    const gatewayRef = await meeting.numberOf(key.gatewayOrderNo);
    expect(had(await account.close?.({ ...key, gatewayRef }))).toEqual({ kind: "closed" });
    expect(had(await account.query?.(key))).toEqual({ kind: "closed" });
  });

  it("what was paid goes back whole: the query then tells it from never paid", async () => {
    const { key } = await meeting.paid("alipay.qr");
    expect(had(await account.close?.(key))).toEqual({ kind: "closed" });
    expect(had(await account.query?.(key))).toMatchObject({ kind: "refunded", amount: key.amount });
  });
});
