import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { newGatewayNumber } from "#lib/domain/ids.ts";
import type { Method } from "#lib/domain/methods.ts";
import type { OpenAccount } from "#lib/gateways/gateway.ts";
import type { PayoutRequest } from "#lib/gateways/payout.ts";
import { gatewayById } from "#lib/gateways/registry.ts";
import { cny, had, type Meeting, meetAt, only } from "#lib/payments/meeting-testing.ts";
import { returnAddress } from "#lib/sandbox/act.ts";
import { paymentByAny, payoutByAny } from "#lib/sandbox/listing.ts";
import { noticesOf } from "#lib/sandbox/notice-listing.ts";
import { drainNotices } from "#lib/sandbox/notifier.ts";
import { declinePayment, expirePayment } from "#lib/sandbox/pay.ts";

/** The two sides of seeds/003 meet over HTTP: all twenty products, every operation and notification. Settled from the document. */
let meeting: Meeting<"xxpay">;
let account: OpenAccount;
let renotifying: OpenAccount;

beforeAll(async () => {
  meeting = await meetAt("xxpay");
  account = meeting.open();
  renotifying = meeting.open({ executeNotify: true });
});
afterAll(() => meeting.close());
beforeEach(async () => void (await drainNotices(meeting.database)));

const PERSON = { payer: { bankCode: "HPT00002", name: "张三", account: "6222020000000000123" } };
const number = () => newGatewayNumber(new Date());

describe("creating (§2.1)", () => {
  it.each<[string, Method, string]>([
    ["8000", "bank.transfer", "form"],
    ["8001", "unionpay.quick", "form"],
    ["8002", "wechat.native", "qr"],
    ["8003", "wechat.h5", "redirect"],
    ["8004", "wechat.jsapi", "redirect"],
    ["8005", "wechat.mini_program", "redirect"],
    ["8006", "alipay.qr", "qr"],
    ["8007", "alipay.wap", "redirect"],
    ["8008", "alipay.jsapi", "redirect"],
    ["8009", "qq.native", "qr"],
    ["8010", "qq.h5", "redirect"],
    ["8011", "jd.native", "qr"],
    ["8012", "jd.h5", "redirect"],
    ["8013", "baidu.wallet", "redirect"],
    ["8014", "unionpay.qr", "qr"],
    ["8015", "alipay.wap", "redirect"],
    ["8016", "alipay.qr", "qr"],
    ["8017", "alipay.qr", "qr"],
    ["8018", "alipay.wap", "redirect"],
    ["8019", "unionpay.qr", "qr"],
  ])("product %s, %s, gives a %s; pending, then paid", async (product, method, kind) => {
    const by = meeting.open({ products: { [method]: product } });
    const { value, key, no } = await meeting.paid(method, PERSON, by);
    expect(value).toMatchObject({ presentation: { kind }, gatewayRef: no });
    const row = await paymentByAny(meeting.database, no);
    expect(row).toMatchObject({ productId: product, amount: "100.50" });
    expect(had(await by.query?.(key))).toMatchObject({ kind: "paid", gatewayRef: no, amount: key.amount });
    const pending = await meeting.create(method, PERSON, by);
    expect(had(await by.query?.(pending.key))).toEqual({ kind: "pending", gatewayRef: pending.value.gatewayRef });
  });

  it("a product whose name denies its type (8017, 8018) is shown as its payUrl says, whatever method it was chosen for", async () => {
    const swapped = meeting.open({ products: { "alipay.wap": "8017", "alipay.qr": "8018" } });
    expect((await meeting.create("alipay.wap", {}, swapped)).value.presentation.kind).toBe("qr");
    expect((await meeting.create("alipay.qr", {}, swapped)).value.presentation.kind).toBe("redirect");
  });

  it("POST;url is a form of the query's parts, and leads where a POST is taken", async () => {
    const { value, key } = await meeting.create("bank.transfer", PERSON);
    if (value.presentation.kind !== "form") throw new Error(value.presentation.kind);
    const row = await paymentByAny(meeting.database, key.gatewayOrderNo);
    expect(value.presentation).toEqual({
      kind: "form",
      action: `${meeting.origin}/sandbox/cashier/bank_transfer/${row?.code}`,
      fields: { payOrderId: row?.no, mchOrderNo: key.gatewayOrderNo },
    });
    expect(row?.extra).toMatchObject({ param1: "HPT00002;张三;6222020000000000123" });
  });

  it("the QR is drawn by us, or seen on the centre's page: the same text", async () => {
    const drawn = await meeting.create("wechat.native");
    const row = await paymentByAny(meeting.database, drawn.key.gatewayOrderNo);
    expect(drawn.value.presentation).toEqual({ kind: "qr", text: `weixin://wxpay/bizpayurl?pr=${row?.code}` });
    const { value } = await meeting.create("wechat.native", {}, meeting.open({ qrPage: "page" }));
    if (value.presentation.kind !== "redirect") throw new Error(value.presentation.kind);
    const page = await fetch(value.presentation.url);
    expect(page.headers.get("content-type")).toContain("image/svg+xml");
  });

  it("the same parameters again are the same order; under a paid one's number nothing is created", async () => {
    const { sent, value } = await meeting.create("alipay.qr");
    expect(had(await account.create("alipay.qr", sent))).toEqual(value);
    const other = await account.create("alipay.qr", { ...sent, amount: cny(1n) });
    expect(other).toMatchObject({ ok: false, kind: "refused", gatewayCode: "0014" });
    const paid = await meeting.paid("alipay.qr");
    expect(await account.create("alipay.qr", paid.sent)).toMatchObject({ ok: false, kind: "unknown" });
  });
});

describe("asking (§2.2)", () => {
  it("2 is paid, and so is 3, which it becomes once the notice was acknowledged", async () => {
    const { key, no } = await meeting.paid("wechat.native", { amount: cny(1_990n) });
    const before = had(await account.query?.(key));
    await meeting.notices();
    expect((await paymentByAny(meeting.database, no))?.acknowledgedAt).toBeInstanceOf(Date);
    const after = had(await account.query?.(key));
    expect(before).toMatchObject({ kind: "paid", gatewayRef: no, amount: cny(1_990n) });
    expect(after).toEqual(before);
    if (after.kind === "paid") expect(Math.abs((after.paidAt?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  it("declined and out of time are failed (5)", async () => {
    const [one, other] = [await meeting.create("wechat.h5"), await meeting.create("jd.native")];
    await declinePayment(meeting.database, await meeting.numberOf(one.key.gatewayOrderNo));
    await expirePayment(meeting.database, await meeting.numberOf(other.key.gatewayOrderNo));
    for (const { key } of [one, other]) expect(had(await account.query?.(key))).toEqual({ kind: "failed", code: "5" });
  });

  it("executeNotify makes the centre tell us again, of what is paid only", async () => {
    const { key, no } = await meeting.paid("alipay.qr");
    expect(await meeting.notices()).toHaveLength(1);
    expect(had(await renotifying.query?.(key)).kind).toBe("paid");
    const opened = account.openNotification(only(await meeting.notices()));
    expect(opened).toMatchObject({ ok: true, notification: { gatewayRef: no, fields: { status: "3" } } });
    const unpaid = await meeting.create("alipay.qr");
    expect(had(await renotifying.query?.(unpaid.key)).kind).toBe("pending");
    expect(await meeting.notices()).toEqual([]);
  });

  it("an unknown number, merchant, app and key are refused in our words", async () => {
    const { key } = await meeting.create("alipay.qr");
    const nobody = { ...key, gatewayOrderNo: number() };
    const accounts = [
      account,
      meeting.open({}, { mchId: "20009999" }),
      meeting.open({}, { appId: "f00" }),
      meeting.open({}, { key: "12345678" }),
    ];
    const ends = await Promise.all(accounts.map(async (by) => by.query?.(nobody)));
    expect(ends.map((end) => end && !end.ok && end.kind === "refused" && end.code)).toEqual([
      ...["not_found", "forbidden", "forbidden", "signature_rejected"],
    ]);
  });
});

describe("notices (§2.3)", () => {
  it("are verified, a hint unless trusted, ended by success, and from another merchant a conflict", async () => {
    const { key, no } = await meeting.paid("bank.transfer", PERSON);
    meeting.answer = "fail";
    const message = only(await meeting.notices());
    meeting.answer = "success";
    expect((await noticesOf(meeting.database, no))[0]?.state).toBe("waiting");
    const opened = account.openNotification(message);
    if (!opened.ok) throw new Error(opened.detail);
    const { notification } = opened;
    expect(notification).toMatchObject({ gatewayOrderNo: key.gatewayOrderNo, gatewayRef: no, settles: "query" });
    expect(notification.standing).toMatchObject({ kind: "paid", amount: key.amount });
    expect(notification.conflict).toBeUndefined();
    expect(meeting.open({ trustNotifications: true }).openNotification(message)).toMatchObject({
      ok: true,
      notification: { settles: "inline" },
    });
    const other = meeting.open({}, { appId: "f00" }).openNotification(message);
    expect(other).toMatchObject({ ok: true, notification: { conflict: expect.any(String) } });
    expect(meeting.open({}, { key: "12345678" }).openNotification(message)).toMatchObject({ ok: false, reason: "bad_signature" });
  });

  it("the browser's copy (backType 1) comes back on our address, names the payment, and never settles", async () => {
    const { key, no } = await meeting.paid("alipay.wap", { returnUrl: `${meeting.origin}/pay/x/return?a=1` });
    const row = await paymentByAny(meeting.database, no);
    const back = new URL((row && (await returnAddress(meeting.database, row))) ?? "");
    const hint = gatewayById("xxpay")?.readReturn?.(back.search);
    expect(hint).toMatchObject({
      gatewayOrderNo: key.gatewayOrderNo,
      gatewayRef: no,
      extra: { a: "1" },
      fields: { status: "2", backType: "1" },
    });
    back.searchParams.delete("a");
    const replayed = { method: "GET", query: back.search.slice(1), headers: {}, body: new Uint8Array() };
    const opened = meeting.open({ trustNotifications: true }).openNotification(replayed);
    expect(opened).toMatchObject({ ok: true, notification: { settles: "query" } });
  });
});

describe("paying out (§3)", () => {
  const TO = { kind: "personal", name: "测试", bankCode: "HPT00003", province: "江苏", city: "上海" } as const;
  const asked = (ending: string, more: object = {}): PayoutRequest => ({
    ...{ payoutNo: number(), amount: cny(1_990n), remark: "工资", notifyUrl: `${meeting.notifyUrl}/payout`, clientIp: "203.0.113.9" },
    account: { ...TO, number: `12345678901${ending}`, ...more },
  });

  it("paid (2), failed (3) or still paying, told by a GET, and the balance says so", async () => {
    await meeting.paid("alipay.qr", { amount: cny(100_000_00n) });
    await drainNotices(meeting.database);
    const before = had(await account.balance?.("pay"));
    const all = [asked("23"), asked("02", { kind: "company" }), asked("01")];
    for (const one of all) {
      const made = had(await account.payout?.("trans", one));
      expect(made).toMatchObject({ kind: "pending", amount: one.amount, gatewayRef: expect.stringMatching(/^\d+$/) });
      expect(had(await account.payout?.("trans", one)).gatewayRef).toBe(made.gatewayRef);
    }
    const told = (await meeting.notices()).map((message) => account.openPayoutNotification?.(message));
    expect(meeting.inbox.map(({ method }) => method)).toEqual(["GET", "GET"]);
    const heard = told.flatMap((one) =>
      one?.ok ? [[one.notification.payoutNo, one.notification.standing.kind, one.notification.settles]] : [],
    );
    expect(heard.sort()).toEqual(
      [
        [all[0]?.payoutNo, "paid", "query"],
        [all[1]?.payoutNo, "failed", "query"],
      ].sort(),
    );
    const kinds = await Promise.all(all.map(async (one) => had(await account.queryPayout?.("trans", { ...one, gatewayRef: null })).kind));
    expect(kinds).toEqual(["paid", "failed", "pending"]);
    const after = had(await account.balance?.("pay"));
    expect((before.available?.minor ?? 0n) - (after.available?.minor ?? 0n)).toBe(3_980n);
  });

  it("a number used before for another amount, money that is not there, and a number nobody used are refused", async () => {
    const one = asked("23");
    had(await account.payout?.("trans", one));
    expect(await account.payout?.("trans", { ...one, amount: cny(1n) })).toMatchObject({ ok: false, kind: "refused", gatewayCode: "0014" });
    const rich = { ...asked("23"), amount: cny(9_999_999_999n) };
    expect(await account.payout?.("trans", rich)).toMatchObject({ ok: false, kind: "refused", gatewayCode: "0014" });
    expect(await account.queryPayout?.("trans", { ...rich, gatewayRef: null })).toMatchObject({ ok: false, code: "not_found" });
  });

  it("executeNotify tells of a payout again; success ends the notice", async () => {
    const one = asked("23");
    had(await account.payout?.("trans", one));
    expect(await meeting.notices()).toHaveLength(1);
    expect(had(await renotifying.queryPayout?.("trans", { ...one, gatewayRef: null })).kind).toBe("paid");
    const opened = account.openPayoutNotification?.(only(await meeting.notices()));
    expect(opened).toMatchObject({ ok: true, notification: { payoutNo: one.payoutNo, standing: { kind: "paid", amount: one.amount } } });
    expect((await payoutByAny(meeting.database, one.payoutNo))?.acknowledgedAt).toBeInstanceOf(Date);
  });
});
