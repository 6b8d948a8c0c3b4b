import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { newGatewayNumber } from "#lib/domain/ids.ts";
import type { Method } from "#lib/domain/methods.ts";
import type { Money } from "#lib/domain/money.ts";
import type { CreateRequest, OpenAccount } from "#lib/gateways/gateway.ts";
import { cny, had, type Meeting, meetAt, only } from "#lib/payments/meeting-testing.ts";
import { returnAddress } from "#lib/sandbox/act.ts";
import { issueWalletCode } from "#lib/sandbox/codes.ts";
import { paymentByAny } from "#lib/sandbox/listing.ts";
import { noticesOf } from "#lib/sandbox/notice-listing.ts";
import { drainNotices, redeliverNotice } from "#lib/sandbox/notifier.ts";
import { registerPage } from "#lib/sandbox/shops.ts";

/** The two sides of seeds/001 meet over HTTP: notices, the openid, the bill, customs. Differences are settled from the document. */
let meeting: Meeting<"hipopay-merchant">;
let account: OpenAccount;

beforeAll(async () => {
  meeting = await meetAt("hipopay-merchant");
  account = meeting.open();
});
afterAll(() => meeting.close());
beforeEach(async () => void (await drainNotices(meeting.database)));

const hkd = (minor: bigint): Money => ({ minor, currency: "HKD" });
const number = () => newGatewayNumber(new Date());
const paid = (method: Method = "wechat.native", more: Partial<CreateRequest> = {}, by = account) =>
  meeting.paid(method, { amount: hkd(10_050n), openid: "oSandbox123456", ...more }, by);
const TWELVE = [
  ...["status", "trade_type", "exchange_rate", "payment_no", "currency", "settle_currency", "amount", "trade_time", "finish_time"],
  ...["pay_currency", "pay_amount", "out_trade_id"],
];

describe("notices (§10)", () => {
  it.each([
    [{}, []],
    [{ responseVersion: "3.0" }, ["pay_rate", "pay_rate_reversed", "bank_type", "promotion_detail"]],
  ])("%j: believed, inline, with the twelve fields and %j", async (settings, more) => {
    const { key, no } = await paid("wechat.native", {}, meeting.open(settings));
    const opened = account.openNotification(only(await meeting.notices()));
    if (!opened.ok) throw new Error(opened.detail);
    const { notification } = opened;
    expect(notification).toMatchObject({ gatewayOrderNo: key.gatewayOrderNo, gatewayRef: no, settles: "inline" });
    expect(notification.standing).toMatchObject({ kind: "paid", gatewayRef: no, amount: hkd(10_050n), detail: { payCurrency: "CNY" } });
    expect(Object.keys(notification.fields).sort()).toEqual([...TWELVE, ...more].sort());
    const row = await paymentByAny(meeting.database, no);
    expect(notification.fields).toMatchObject({ pay_amount: row?.payAmount, exchange_rate: row?.exchangeRate, settle_currency: "HKD" });
  });

  it("is_rmb: the amount is CNY, whatever is settled in", async () => {
    const by = meeting.open({ isRmb: "on", settleCurrency: "HKD" });
    await paid("wechat.native", { amount: cny(8_888n) }, by);
    const opened = by.openNotification(only(await meeting.notices()));
    expect(opened).toMatchObject({
      ok: true,
      notification: { standing: { kind: "paid", amount: cny(8_888n) }, fields: { settle_currency: "HKD" } },
    });
  });

  it("a Hong Kong wallet's payment says so in its pay_currency", async () => {
    const { code } = await issueWalletCode(meeting.database, "alipay", "hong_kong");
    await meeting.create("alipay.barcode", { amount: hkd(10_050n), authCode: code }, meeting.open({ alipayWallet: "hongkong" }));
    const opened = account.openNotification(only(await meeting.notices()));
    const detail = { payCurrency: "HKD", payAmount: "100.50" };
    expect(opened).toMatchObject({ ok: true, notification: { standing: { kind: "paid", amount: hkd(10_050n), detail } } });
  });

  it("one that is not acknowledged comes again, signed anew and yet the same; success ends it", async () => {
    const { no } = await paid("alipay.qr");
    meeting.answer = "unsuccessful";
    const first = only(await meeting.notices());
    meeting.answer = "success";
    const [notice] = await noticesOf(meeting.database, no);
    expect(notice?.state).toBe("waiting");
    meeting.inbox.length = 0;
    await redeliverNotice(meeting.database, notice?.id ?? -1);
    const [one, again] = [first, only(meeting.inbox)].map((message) => account.openNotification(message));
    if (!one?.ok || !again?.ok) throw new Error("not believed");
    expect(again.notification.fingerprint).toBe(one.notification.fingerprint);
    expect((await noticesOf(meeting.database, no))[0]?.state).toBe("acknowledged");
  });

  it("the shopper comes back to our address as it is", async () => {
    const { sent, no } = await paid("alipay.wap");
    const row = await paymentByAny(meeting.database, no);
    expect(row && (await returnAddress(meeting.database, row))).toBe(sent.returnUrl);
  });
});

it("the container opens our page with the shopper's openid, the same each time (as seeds/000 §4.1)", async () => {
  const { merchantNo } = meeting.provisioned.credentials;
  await registerPage(meeting.database, { merchantNo, url: `${meeting.origin}/api/openid/acc` });
  const by = meeting.open({ containerUrl: `${meeting.origin}/sandbox/wechat/container` });
  const url = by.openidUrl?.({ returnUrl: `${meeting.origin}/api/openid/acc`, state: "s1" }) ?? "";
  const back = new URL((await fetch(url, { redirect: "manual" })).headers.get("location") ?? "");
  expect(Object.fromEntries(back.searchParams)).toMatchObject({ state: "s1", merchant_no: merchantNo });
  const { value } = await meeting.create("wechat.jsapi", { amount: hkd(1n), openid: back.searchParams.get("openid") ?? "" }, by);
  expect(value.presentation.kind).toBe("jsapi");
});

describe("the bill (§13)", () => {
  it.each(["3.0", "1.0"])("Version %s: the day's payments and refunds, every line read", async (billVersion) => {
    const by = meeting.open({ billVersion });
    const [one, yen] = [await paid(), await paid("alipay.qr", { amount: { minor: 1_234n, currency: "JPY" } })];
    const refund = had(await by.refund?.({ ...one.key, refundNo: number(), refundAmount: hkd(1n) }));
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    const bill = had(await by.bill?.({ from: today, to: today }));
    expect(bill.unreadable).toEqual([]);
    const linesOf = (no: string) => bill.lines.filter((line) => line.gatewayRef === no);
    // The sample's refund line has the refund's own number and, under "Refund Order", the payment's two: ours of the refund is not there.
    expect(linesOf(one.no).map((line) => [line.kind, line.amount, line.gatewayOrderNo, line.gatewayRefundRef, line.refundNo])).toEqual([
      ["payment", hkd(10_050n), one.key.gatewayOrderNo, null, null],
      ["refund", hkd(1n), one.key.gatewayOrderNo, refund.gatewayRefundRef, null],
    ]);
    expect(linesOf(yen.no)).toMatchObject([
      { kind: "payment", gatewayOrderNo: yen.key.gatewayOrderNo, amount: { minor: 1_234n, currency: "JPY" } },
    ]);
  });
});

describe("customs (§14–17)", () => {
  const REGISTERED = { merchantCustomsNo: "123456789BTW", merchantCustomsName: "tea_card" };
  const IDENTITY = { certId: "510921199308772318", name: "Lisa" };
  const splitOf = (wallet: "wechat" | "alipay") => ({
    ...{ subOrderNo: number(), amount: cny(4_644n) },
    ...(wallet === "wechat" && { transport: cny(2_322n), product: cny(2_322n) }),
  });
  const declared = async (wallet: "wechat" | "alipay", customs: string) => {
    const { key, no } = await paid(wallet === "wechat" ? "wechat.native" : "alipay.qr", { amount: cny(10_000n) });
    const split = splitOf(wallet);
    const request = { wallet, customs, gatewayOrderNo: key.gatewayOrderNo, gatewayRef: no, ...REGISTERED, split, identity: IDENTITY };
    return { split, no, request, made: had(await account.declare?.({ ...request, ...(wallet === "wechat" && { dutyFen: 88n }) })) };
  };

  it.each([
    ["wechat", "SHENZHEN", ["SHENZHEN"]],
    ["wechat", "GUANGZHOU_HP_GJ", ["GUANGZHOU_ZS", "GUANGZHOU_HP_GJ"]],
    ["alipay", "ZONGSHU", ["ZONGSHU"]],
    ["alipay", "HENAN,ZONGSHU", ["HENAN", "ZONGSHU"]],
  ] as const)("%s at %s: a declaration to each of %j, in order, then asked about and told again", async (wallet, customs, offices) => {
    const { split, made } = await declared(wallet, customs);
    expect(made.map((one) => [one.customs, one.subOrderNo])).toEqual(offices.map((office) => [office, split.subOrderNo]));
    expect(made.every(({ identity, state }) => ["same", "different"].includes(identity ?? "") && state !== "undeclared")).toBe(true);
    const asked = { wallet, customs, subOrderNo: split.subOrderNo, subOrderAmount: split.amount };
    const found = had(await account.queryDeclaration?.(asked));
    expect(found.length).toBeGreaterThan(0);
    expect(found.every((one) => one.subOrderNo === split.subOrderNo && one.walletRef === made[0]?.walletRef)).toBe(true);
    const again = had(await account.redeclare?.({ ...asked, ...REGISTERED, ...(wallet === "alipay" && { identity: IDENTITY }) }));
    expect(again.map((one) => one.customs)).toEqual([...offices]);
  });

  it("what was declared is changed by MODIFY", async () => {
    const { request } = await declared("wechat", "SHENZHEN");
    expect(had(await account.declare?.({ ...request, action: "MODIFY", dutyFen: 99n }))).toHaveLength(1);
  });

  it("a whole order is declared by Alipay, and not by WeChat: §14 goes sub-order by sub-order", async () => {
    for (const wallet of ["wechat", "alipay"] as const) {
      const { key, no } = await paid(wallet === "wechat" ? "wechat.native" : "alipay.qr", { amount: cny(10_000n) });
      const customs = wallet === "wechat" ? "SHENZHEN" : "ZONGSHU";
      const outcome = await account.declare?.({ wallet, customs, gatewayOrderNo: key.gatewayOrderNo, gatewayRef: no, ...REGISTERED });
      if (wallet === "alipay") expect(had(outcome)).toHaveLength(1);
      else expect(outcome).toMatchObject({ ok: false, kind: "refused", code: "invalid_request" });
    }
  });

  it.each(["wechat", "alipay"] as const)("%s: what nobody declared is not found", async (wallet) => {
    const { no } = await paid(wallet === "wechat" ? "wechat.native" : "alipay.qr", { amount: cny(10_000n) });
    const key = { wallet, customs: wallet === "wechat" ? "SHENZHEN" : "ZONGSHU", gatewayRef: no, ...REGISTERED };
    for (const outcome of [await account.queryDeclaration?.(key), await account.redeclare?.(key)]) {
      expect(outcome).toMatchObject({ ok: false, kind: "refused", code: "not_found" });
    }
  });
});
