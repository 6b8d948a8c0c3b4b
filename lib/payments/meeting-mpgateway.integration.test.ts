import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sandboxPayments } from "#db/schema/sandbox/payments.ts";
import { newGatewayNumber } from "#lib/domain/ids.ts";
import type { Method } from "#lib/domain/methods.ts";
import type { OpenAccount } from "#lib/gateways/gateway.ts";
import { gatewayById } from "#lib/gateways/registry.ts";
import { cny, had, type Meeting, meetAt, only } from "#lib/payments/meeting-testing.ts";
import { returnAddress } from "#lib/sandbox/act.ts";
import { issueWalletCode } from "#lib/sandbox/codes.ts";
import { paymentByAny } from "#lib/sandbox/listing.ts";
import { noticesOf } from "#lib/sandbox/notice-listing.ts";
import { drainNotices, redeliverNotice } from "#lib/sandbox/notifier.ts";
import { oweNotice } from "#lib/sandbox/owe-notice.ts";
import { declinePayment, expirePayment, payPayment } from "#lib/sandbox/pay.ts";

/** The two sides of seeds/002 meet over HTTP: every action, operation and notification. Differences are settled from the document. */
let meeting: Meeting<"mpgateway">;
let account: OpenAccount;

beforeAll(async () => {
  meeting = await meetAt("mpgateway");
  account = meeting.open();
});
afterAll(() => meeting.close());

const PERSON = { openid: "oSandbox123456" };
const number = () => newGatewayNumber(new Date());
const mark = (no: string, resultcode: string) =>
  meeting.database.update(sandboxPayments).set({ extra: { resultcode } }).where(eq(sandboxPayments.no, no));

describe("submitting (§3.1)", () => {
  it.each<[Method, string]>([
    ["wechat.native", "qr"],
    ["wechat.jsapi", "redirect"],
    ["wechat.h5", "redirect"],
    ["alipay.qr", "qr"],
    ["alipay.wap", "redirect"],
    ["qq.native", "qr"],
    ["unionpay.qr", "qr"],
  ])("%s gives a %s; it is unpaid (1001) by our number and by the gateway's", async (method, kind) => {
    const { value, key } = await meeting.create(method, PERSON);
    const no = await meeting.numberOf(key.gatewayOrderNo);
    expect(value).toMatchObject({ presentation: { kind }, gatewayRef: no });
    for (const gatewayRef of [null, no]) {
      expect(had(await account.query?.({ ...key, gatewayRef }))).toEqual({ kind: "pending", gatewayRef: no });
    }
  });

  it("the PayId goes to the gateway's own page, signed (§3.3): that page opens the wallet, and no unsigned one does", async () => {
    const signed = await meeting.create("wechat.jsapi", PERSON);
    const plain = await meeting.create("wechat.jsapi", PERSON, meeting.open({ payPageSigned: false }));
    const [page, refused] = await Promise.all(
      [signed, plain].map(async ({ value }) => {
        if (value.presentation.kind !== "redirect") throw new Error(value.presentation.kind);
        return fetch(value.presentation.url, { redirect: "manual" });
      }),
    );
    const row = await paymentByAny(meeting.database, signed.key.gatewayOrderNo);
    expect(page?.status).toBe(302);
    expect(page?.headers.get("location")).toBe(`${meeting.origin}/sandbox/cashier/wechat_jsapi/${row?.code}`);
    expect(refused?.status).toBe(400);
  });

  it.each(["wechat", "alipay", "qq"] as const)("%s scan pay: 00 means taken, the query says paid", async (wallet) => {
    const { code } = await issueWalletCode(meeting.database, wallet, "pays");
    const { value, key } = await meeting.create(`${wallet}.barcode`, { authCode: code });
    expect(value).toMatchObject({ presentation: { kind: "none" }, standing: { kind: "pending", gatewayRef: value.gatewayRef } });
    expect(had(await account.query?.(key))).toMatchObject({ kind: "paid", amount: cny(10_050n), gatewayRef: value.gatewayRef });
  });

  it.each(["pays", "expires"])("scan pay that asks for a password is pending, then the shopper %s", async (then) => {
    const { code } = await issueWalletCode(meeting.database, "wechat", "asks");
    const { key } = await meeting.create("wechat.barcode", { authCode: code });
    const no = await meeting.numberOf(key.gatewayOrderNo);
    expect(had(await account.query?.(key))).toEqual({ kind: "pending", gatewayRef: no });
    if (then === "pays") await payPayment(meeting.database, no, { channel: "CN", shopper: "someone" });
    else await expirePayment(meeting.database, no);
    expect(had(await account.query?.(key))).toMatchObject({ kind: then === "pays" ? "paid" : "failed" });
  });

  it("scan pay without money is unclear until asked; an old code is a refusal, since nothing can have been charged", async () => {
    const { code } = await issueWalletCode(meeting.database, "wechat", "insufficient");
    const poor = meeting.request({ authCode: code });
    expect(await account.create("wechat.barcode", poor)).toMatchObject({ ok: false, kind: "unknown" });
    const old = meeting.request({ authCode: "130000000000000003" });
    expect(await account.create("wechat.barcode", old)).toMatchObject({ ok: false, kind: "refused", code: "code_expired" });
    for (const { gatewayOrderNo, amount } of [poor, old]) {
      const key = { method: "wechat.barcode", gatewayOrderNo, gatewayRef: null, amount } as const;
      expect(had(await account.query?.(key))).toEqual({ kind: "failed", code: "1003" });
    }
  });

  it("a number used before is never paid twice: unclear, until a query answers", async () => {
    const { sent } = await meeting.create("alipay.qr");
    expect(await account.create("alipay.qr", sent)).toMatchObject({ ok: false, kind: "unknown" });
  });
});

describe("asking (§3.5)", () => {
  it.each(["wechat.native", "alipay.qr", "qq.native", "unionpay.qr"] as const)("%s paid, by either number, to the fen", async (method) => {
    const { key, no } = await meeting.paid(method, { amount: cny(1_990n) });
    for (const gatewayRef of [null, no]) {
      const standing = had(await account.query?.({ ...key, gatewayRef }));
      expect(standing).toMatchObject({ kind: "paid", gatewayRef: no, amount: cny(1_990n) });
      if (standing.kind === "paid") expect(Math.abs((standing.paidAt?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
    }
  });

  it("1002 is paid too; 1004 is a dispute and never paid; 1003 failed", async () => {
    const { key, no } = await meeting.paid("wechat.native");
    await mark(no, "1002");
    expect(had(await account.query?.(key))).toMatchObject({ kind: "paid", amount: key.amount });
    await mark(no, "1004");
    expect(had(await account.query?.(key))).toMatchObject({ kind: "unknown", dispute: true });
    const declined = await meeting.create("wechat.native");
    await declinePayment(meeting.database, await meeting.numberOf(declined.key.gatewayOrderNo));
    expect(had(await account.query?.(declined.key))).toEqual({ kind: "failed", code: "1003" });
  });

  it("an unknown number, a wrong key and an unknown merchant (no sign in the answer) are told apart", async () => {
    const { key } = await meeting.create("alipay.qr");
    const stranger = { ...key, gatewayOrderNo: number(), gatewayRef: null };
    expect(await account.query?.(stranger)).toMatchObject({ ok: false, kind: "refused", code: "not_found" });
    const nobody = meeting.open({}, { merid: "880000000000099" });
    expect(await nobody.query?.(key)).toMatchObject({ ok: false, kind: "refused", code: "forbidden" });
    expect(await nobody.create("alipay.qr", meeting.request())).toMatchObject({ ok: false, kind: "refused", code: "forbidden" });
    // The gateway signs its refusal with the real key, which this account does not have.
    const wrong = await meeting.open({}, { key: "0000000000000000" }).query?.(key);
    expect(wrong).toMatchObject({ ok: false, kind: "unknown" });
  });
});

describe("cancelling (§3.6)", () => {
  it.each(["orderid", "queryid"])("what is unpaid is closed, by %s; again is closed too", async (by) => {
    const { key, value } = await meeting.create("wechat.native");
    const named = { ...key, gatewayRef: by === "queryid" ? value.gatewayRef : null };
    expect(had(await account.close?.(named))).toEqual({ kind: "closed" });
    expect(had(await account.close?.(named))).toEqual({ kind: "closed" });
    const row = await paymentByAny(meeting.database, key.gatewayOrderNo);
    expect(row?.state).toBe("CLOSED");
    expect(had(await account.query?.(key)).kind).toBe("failed");
  });

  it("what is paid stays paid", async () => {
    const { key } = await meeting.paid("wechat.native");
    expect(await account.close?.(key)).toMatchObject({ ok: false, kind: "refused", code: "already_paid" });
    expect(had(await account.query?.(key)).kind).toBe("paid");
    const stranger = { ...key, gatewayOrderNo: number(), gatewayRef: null };
    expect(await account.close?.(stranger)).toMatchObject({ ok: false, kind: "refused", code: "not_found" });
  });
});

describe("notices (§3.4)", () => {
  beforeEach(async () => void (await drainNotices(meeting.database)));

  it.each<[string, object]>([
    ["0000", { kind: "paid", amount: cny(10_050n) }],
    ["1002", { kind: "paid", amount: cny(10_050n) }],
    ["1004", { kind: "unknown", dispute: true }],
    ["1003", { kind: "failed", code: "1003" }],
  ])("%s is verified, and a hint: the query settles", async (resultcode, standing) => {
    const { key } = resultcode === "1003" ? await meeting.create("wechat.native") : await meeting.paid("wechat.native");
    const no = await meeting.numberOf(key.gatewayOrderNo);
    await mark(no, resultcode);
    if (resultcode === "1003") {
      // A shopper's refusal is not told by itself here; a notice of it is what §3.4.3 prints.
      await declinePayment(meeting.database, no);
      await oweNotice(meeting.database, { paymentNo: no }, "genuine");
    }
    const opened = account.openNotification(only(await meeting.notices()));
    if (!opened.ok) throw new Error(opened.detail);
    expect(opened.notification).toMatchObject({ gatewayOrderNo: key.gatewayOrderNo, gatewayRef: no, settles: "query", standing });
    expect(opened.notification.conflict).toBeUndefined();
    const trusting = meeting.open({ trustNotifications: true }).openNotification(only(meeting.inbox));
    expect(trusting).toMatchObject({ ok: true, notification: { settles: "inline" } });
    const other = meeting.open({}, { merid: "880000000000099" }).openNotification(only(meeting.inbox));
    expect(other).toMatchObject({ ok: true, notification: { conflict: expect.stringContaining("880000000000003") } });
  });

  it("one that is not acknowledged comes again, the same; only 0000 ends it", async () => {
    const { no } = await meeting.paid("alipay.qr");
    meeting.answer = "success";
    const first = only(await meeting.notices());
    meeting.answer = "0000";
    const [notice] = await noticesOf(meeting.database, no);
    expect(notice?.state).toBe("waiting");
    meeting.inbox.length = 0;
    await redeliverNotice(meeting.database, notice?.id ?? -1);
    const [one, again] = [first, only(meeting.inbox)].map((message) => account.openNotification(message));
    if (!one?.ok || !again?.ok) throw new Error("not believed");
    expect(again.notification.fingerprint).toBe(one.notification.fingerprint);
    expect((await noticesOf(meeting.database, no))[0]?.state).toBe("acknowledged");
  });

  it("the shopper comes back with a signed word, which names the payment and keeps our own parameters", async () => {
    const { key, no } = await meeting.paid("wechat.jsapi", { ...PERSON, returnUrl: `${meeting.origin}/pay/x/return?a=1` });
    const row = await paymentByAny(meeting.database, no);
    const back = new URL((row && (await returnAddress(meeting.database, row))) ?? "");
    const hint = gatewayById("mpgateway")?.readReturn?.(back.search);
    expect(hint).toMatchObject({ gatewayOrderNo: key.gatewayOrderNo, gatewayRef: no, extra: { a: "1" } });
    expect(hint?.fields).toMatchObject({ resultcode: "0000", txnamt: "10050" });
  });
});

describe("the openid (§3.2)", () => {
  it.each([undefined, "3855"])("comes back in our address beside our state (payway %s), the same each time", async (payway) => {
    const url = meeting
      .open(payway === undefined ? {} : { payway })
      .openidUrl?.({ returnUrl: `${meeting.origin}/api/openid/acc`, state: "s1" });
    const hop = await fetch(url ?? "", { redirect: "manual" });
    const page = await fetch(hop.headers.get("location") ?? "", { redirect: "manual" });
    const back = new URL(page.headers.get("location") ?? "");
    expect(back.pathname).toBe("/api/openid/acc");
    expect(back.searchParams.get("state")).toBe("s1");
    const openid = back.searchParams.get("openid") ?? "";
    expect(openid).toMatch(/^o[\w-]{27}$/);
    const { value } = await meeting.create("wechat.jsapi", { openid });
    expect(value.presentation.kind).toBe("redirect");
  });
});
