import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CURRENCIES } from "#lib/domain/currency.ts";
import { newGatewayNumber } from "#lib/domain/ids.ts";
import type { Method } from "#lib/domain/methods.ts";
import type { Money } from "#lib/domain/money.ts";
import type { CreateRequest, OpenAccount } from "#lib/gateways/gateway.ts";
import { cny, had, type Made, type Meeting, meetAt } from "#lib/payments/meeting-testing.ts";
import { issueWalletCode } from "#lib/sandbox/codes.ts";
import { paymentByAny } from "#lib/sandbox/listing.ts";
import { declinePayment, expirePayment, payPayment } from "#lib/sandbox/pay.ts";
import { rateOn } from "#lib/sandbox/rates.ts";

/** The two sides of seeds/001 meet over HTTP: creates, queries, refunds, rates, the bill. Differences are settled from the document. */
let meeting: Meeting<"hipopay-merchant">;
let account: OpenAccount;
let hongKong: OpenAccount;

beforeAll(async () => {
  meeting = await meetAt("hipopay-merchant");
  account = meeting.open(APPS);
  hongKong = meeting.open({ ...APPS, wechatWallet: "hongkong", alipayWallet: "hongkong" });
});
afterAll(() => meeting.close());

const APPS = { miniProgramAppId: "wxmini1", appAppId: "wxapp1" };
const hkd = (minor: bigint): Money => ({ minor, currency: "HKD" });
const ORDER = { amount: hkd(10_050n), subject: '茶叶 <b>&="tea" ~!*\'()', openid: "oSandbox123456" };
const number = () => newGatewayNumber(new Date());
const made = (method: Method, more: Partial<CreateRequest> = {}, by = account) => meeting.create(method, { ...ORDER, ...more }, by);
const paid = (method: Method = "wechat.native", more: Partial<CreateRequest> = {}, by = account) =>
  meeting.paid(method, { ...ORDER, ...more }, by);

describe("creating", () => {
  const online = [
    ["wechat.jsapi", "jsapi"],
    ["wechat.native", "qr"],
    ["wechat.mini_program", "app"],
    ["wechat.app", "app"],
    ["wechat.desk", "redirect"],
    ["alipay.web", "redirect"],
    ["alipay.wap", "redirect"],
    ["alipay.app", "app"],
    ["alipay.qr", "qr"],
  ] as const;

  it.each(online)("%s gives a %s; pending by either number", async (method, kind) => {
    const { value, key } = await made(method);
    const no = await meeting.numberOf(key.gatewayOrderNo);
    expect(value).toMatchObject({ presentation: { kind }, gatewayRef: no });
    for (const gatewayRef of [null, no]) expect(had(await account.query?.({ ...key, gatewayRef }))).toEqual({ kind: "pending" });
  });

  it.each(online)("%s for the Hong Kong wallet gives a %s too, at the paths and with the switch that say so", async (method, kind) => {
    const { value, key } = await made(method, {}, hongKong);
    expect(value.presentation.kind).toBe(kind);
    const row = await paymentByAny(meeting.database, key.gatewayOrderNo);
    // The document's own clients have no Hong Kong path or switch for these three.
    const plain = ["wechat.native", "wechat.desk", "alipay.app"].includes(method);
    expect(row?.extra.hk_wallet).toBe(plain ? undefined : "TRUE");
  });

  it("alipay.web is framed where the account says so", async () => {
    expect((await made("alipay.web", {}, meeting.open({ alipayWeb: "iframe" }))).value.presentation.kind).toBe("iframe");
  });

  it.each(["wechat", "alipay"] as const)("%s scan pay charges at once, and says how much of what", async (wallet) => {
    const { code } = await issueWalletCode(meeting.database, wallet, "pays");
    const { value, key } = await made(`${wallet}.barcode`, { authCode: code });
    expect(value).toMatchObject({
      presentation: { kind: "none" },
      standing: { kind: "paid", amount: hkd(10_050n), gatewayRef: value.gatewayRef },
    });
    expect(had(await account.query?.(key))).toMatchObject({ kind: "paid", amount: hkd(10_050n), gatewayRef: value.gatewayRef });
  });

  it("scan pay from a Hong Kong wallet", async () => {
    const { code } = await issueWalletCode(meeting.database, "wechat", "hong_kong");
    const { value, key } = await made("wechat.barcode", { authCode: code }, hongKong);
    expect(value.standing).toMatchObject({ kind: "paid", amount: hkd(10_050n) });
    expect(await paymentByAny(meeting.database, key.gatewayOrderNo)).toMatchObject({ channel: "HK", extra: { hk_wallet: "TRUE" } });
  });

  it.each(["pays", "expires"])("scan pay that asks for a password is pending, then the shopper %s", async (then) => {
    const { code } = await issueWalletCode(meeting.database, "wechat", "asks");
    const { value, key } = await made("wechat.barcode", { authCode: code });
    expect(value.standing).toEqual({ kind: "pending", seen: true });
    expect(had(await account.query?.(key))).toEqual({ kind: "pending", seen: true });
    const no = await meeting.numberOf(key.gatewayOrderNo);
    if (then === "pays") await payPayment(meeting.database, no, { channel: "CN", shopper: "someone" });
    else await expirePayment(meeting.database, no);
    expect(had(await account.query?.(key)).kind).toBe(then === "pays" ? "paid" : "closed");
  });

  it.each(["wechat", "alipay"] as const)(
    "%s scan pay without money or by an old code is refused in our words, and failed",
    async (wallet) => {
      const { code } = await issueWalletCode(meeting.database, wallet, "insufficient");
      const cases = [
        [code, "insufficient_balance"],
        [wallet === "wechat" ? "130000000000000003" : "280000000000000003", "code_expired"],
      ];
      for (const [authCode, why] of cases) {
        const sent = meeting.request({ ...ORDER, authCode: authCode ?? "" });
        expect(await account.create(`${wallet}.barcode`, sent)).toMatchObject({ ok: false, kind: "refused", code: why });
        const key = { method: `${wallet}.barcode`, gatewayOrderNo: sent.gatewayOrderNo, gatewayRef: null, amount: sent.amount } as const;
        expect(had(await account.query?.(key))).toEqual({ kind: "failed", code: "FAIL" });
      }
    },
  );

  it.each(CURRENCIES)("takes %s, to its last place", async (currency) => {
    const amount = { minor: 12_345n, currency };
    const { key, no } = await paid("wechat.native", { amount });
    expect(had(await account.query?.(key))).toMatchObject({ kind: "paid", gatewayRef: no, amount });
  });

  it.each([undefined, "HKD"])("is_rmb: priced in CNY, settled in %s, and paid in CNY", async (settleCurrency) => {
    const by = meeting.open({ isRmb: "on", ...(settleCurrency && { settleCurrency }) });
    const { key, no } = await paid("wechat.native", { amount: cny(8_888n) }, by);
    expect(had(await by.query?.(key))).toMatchObject({ kind: "paid", gatewayRef: no, amount: cny(8_888n) });
    const row = await paymentByAny(meeting.database, no);
    expect(row).toMatchObject({ currency: "CNY", amount: "88.88", extra: { is_rmb: "TRUE", settle_currency: settleCurrency ?? "CNY" } });
  });

  it("a number used before is never paid twice: unclear, until a query answers", async () => {
    const { sent } = await made("wechat.native");
    expect(await account.create("wechat.native", sent)).toMatchObject({ ok: false, kind: "unknown" });
  });
});

describe("asking", () => {
  it.each(["wechat.native", "alipay.qr"] as const)("a paid %s, by either number", async (method) => {
    const { key, no } = await paid(method);
    for (const gatewayRef of [null, no]) {
      const standing = had(await account.query?.({ ...key, gatewayRef }));
      expect(standing).toMatchObject({ kind: "paid", gatewayRef: no, amount: hkd(10_050n) });
      if (standing.kind === "paid") expect(Math.abs((standing.paidAt?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
    }
  });

  it("declined is failed, out of time is closed, nobody's number is not found, a stranger is not believed", async () => {
    const [one, other] = [await made("wechat.native"), await made("alipay.qr")];
    await declinePayment(meeting.database, await meeting.numberOf(one.key.gatewayOrderNo));
    await expirePayment(meeting.database, await meeting.numberOf(other.key.gatewayOrderNo));
    expect(had(await account.query?.(one.key))).toEqual({ kind: "failed", code: "FAIL" });
    expect(had(await account.query?.(other.key))).toEqual({ kind: "closed" });
    const nobody = { ...one.key, gatewayOrderNo: number(), gatewayRef: null };
    expect(await account.query?.(nobody)).toMatchObject({ ok: false, kind: "refused", code: "not_found" });
    const stranger = meeting.open(APPS, { merchantNo: "1000000099" });
    expect(await stranger.query?.(one.key)).toMatchObject({ ok: false, kind: "refused", code: "signature_rejected" });
    expect(await stranger.create("wechat.native", meeting.request(ORDER))).toMatchObject({
      ok: false,
      kind: "refused",
      code: "signature_rejected",
    });
  });

  it.each(["forex_rate", "rate"])("%s is turned round exactly: CNY per unit, for both wallets and every currency", async (ratePath) => {
    const by = meeting.open({ ratePath });
    for (const wallet of ["wechat", "alipay"] as const) {
      for (const currency of CURRENCIES) {
        const { cnyPerUnit } = had(await by.rate?.(wallet, currency));
        const truth = rateOn(wallet, currency, new Date()) ?? "";
        expect(`${currency} ${cnyPerUnit}`).toBe(`${currency} ${truth.replace(/\.?0+$/, "")}`);
      }
    }
  });
});

describe("refunding", () => {
  const refundOf = (one: Made, minor: bigint, refundNo = number()) =>
    account.refund?.({ ...one.key, refundNo, refundAmount: { ...one.sent.amount, minor } });

  it.each(["wechat.native", "alipay.qr"] as const)("%s in parts and in full; found by both of a refund's numbers", async (method) => {
    const one = await paid(method);
    const refundNo = number();
    const part = had(await refundOf(one, 50n, refundNo));
    expect(part).toMatchObject({ kind: "succeeded", refundNo, amount: hkd(50n) });
    const common = { method, currency: "HKD" } as const;
    const same = { kind: "succeeded", refundNo, gatewayRefundRef: part.gatewayRefundRef, amount: hkd(50n) };
    expect(had(await account.queryRefund?.({ ...common, by: "refundNo", refundNo }))).toMatchObject([same]);
    const theirs = { ...common, by: "gatewayRefundRef", gatewayRefundRef: part.gatewayRefundRef ?? "" } as const;
    expect(had(await account.queryRefund?.(theirs))).toMatchObject([same]);
    // The same number again is the same refund; for another amount it is none, and says only that the number is known.
    expect(had(await refundOf(one, 50n, refundNo))).toMatchObject(same);
    expect(had(await refundOf(one, 51n, refundNo))).toMatchObject({ kind: "unknown", code: "0001" });
    expect(had(await refundOf(one, 10_001n))).toMatchObject({ kind: "failed", code: "0008" });
    expect(had(await refundOf(one, 10_000n))).toMatchObject({ kind: "succeeded", amount: hkd(10_000n) });
    expect(had(await refundOf(one, 1n))).toMatchObject({ kind: "failed", code: "0006" });
    expect((await paymentByAny(meeting.database, one.key.gatewayOrderNo))?.refundedMinor).toBe(10_050n);
  });

  it("in yen, which have no places", async () => {
    const one = await paid("wechat.native", { amount: { minor: 1_000n, currency: "JPY" } });
    expect(had(await refundOf(one, 7n))).toMatchObject({ kind: "succeeded", amount: { minor: 7n, currency: "JPY" } });
  });

  it("of what is not paid is said to be tried again, and releases nothing", async () => {
    const one = await made("wechat.native");
    expect(had(await refundOf(one, 50n))).toMatchObject({ kind: "unknown", code: "0004" });
    expect(await refundOf({ ...one, key: { ...one.key, gatewayRef: null } }, 50n)).toMatchObject({ ok: false, code: "invalid_request" });
    const nowhere = { ...one, key: { ...one.key, gatewayRef: "2018081316331654230259999" } };
    expect(had(await refundOf(nowhere, 50n))).toMatchObject({ kind: "failed", code: "0002" });
  });

  it("one nobody made is not found, and the payment's numbers find none (§12 has no field for them)", async () => {
    const common = { method: "wechat.native", currency: "HKD" } as const;
    const none = await account.queryRefund?.({ ...common, by: "refundNo", refundNo: number() });
    expect(none).toMatchObject({ ok: false, kind: "refused", code: "not_found" });
    const byOurs = await account.queryRefund?.({ ...common, by: "gatewayOrderNo", gatewayOrderNo: number() });
    expect(byOurs).toMatchObject({ ok: false, kind: "refused", code: "invalid_request" });
  });
});
