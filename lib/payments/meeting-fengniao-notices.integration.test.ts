import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { newGatewayNumber } from "#lib/domain/ids.ts";
import type { Method } from "#lib/domain/methods.ts";
import type { OpenAccount } from "#lib/gateways/gateway.ts";
import type { PayoutRequest } from "#lib/gateways/payout.ts";
import { cny, had, type Meeting, meetAt, only } from "#lib/payments/meeting-testing.ts";
import { returnAddress } from "#lib/sandbox/act.ts";
import { paymentByAny } from "#lib/sandbox/listing.ts";
import { noticesOf } from "#lib/sandbox/notice-listing.ts";
import { drainNotices, redeliverNotice } from "#lib/sandbox/notifier.ts";

/** The two sides of seeds/004 meet over HTTP: notices, the way back, the openid and payouts. Differences are settled from the document. */
let meeting: Meeting<"fengniao">;
let account: OpenAccount;
let rsa: OpenAccount;

beforeAll(async () => {
  meeting = await meetAt("fengniao");
  account = meeting.open();
  rsa = meeting.open({ signType: "RSA" });
});
afterAll(() => meeting.close());

const PERSON = { bank: { code: "01020000", card: "debit" }, openid: "oSandbox123456", cardNumber: "6222020200112233445" } as const;
const number = () => newGatewayNumber(new Date());

describe("notices", () => {
  beforeEach(async () => void (await drainNotices(meeting.database)));

  it.each<[Method, "unknown" | "paid"]>([
    ["wechat.native", "unknown"],
    ["alipay.qr", "paid"],
    ["alipay.personal", "unknown"],
    ["jd.native", "unknown"],
    ["qq.native", "unknown"],
    ["unionpay.gateway", "unknown"],
  ])("%s: verified by MD5 and by RSA, a hint either way (%s)", async (method, kind) => {
    for (const by of [account, rsa]) {
      const { key, no } = await meeting.paid(method, PERSON, by);
      const message = only(await meeting.notices());
      const opened = by.openNotification(message);
      if (!opened.ok) throw new Error(opened.detail);
      expect(opened.notification).toMatchObject({
        gatewayOrderNo: key.gatewayOrderNo,
        gatewayRef: no,
        settles: "query",
        standing: { kind },
      });
      if (kind === "paid") expect(opened.notification.standing).toMatchObject({ amount: key.amount });
      const [other] = [account, rsa].filter((one) => one !== by);
      expect(other?.openNotification(message)).toMatchObject({ ok: false, reason: "bad_signature" });
    }
  });

  it("one that is not acknowledged comes again, the same; SUCCESS ends it", async () => {
    const { no } = await meeting.paid("alipay.qr");
    meeting.answer = "FAIL";
    const first = only(await meeting.notices());
    meeting.answer = "SUCCESS";
    const [notice] = await noticesOf(meeting.database, no);
    expect(notice?.state).toBe("waiting");
    meeting.inbox.length = 0;
    await redeliverNotice(meeting.database, notice?.id ?? -1);
    const prints = [first, only(meeting.inbox)].map((message) => account.openNotification(message));
    expect(prints.map((opened) => opened.ok && opened.notification.fingerprint)).toEqual([
      expect.any(String),
      prints[0]?.ok && prints[0].notification.fingerprint,
    ]);
    expect((await noticesOf(meeting.database, no))[0]?.state).toBe("acknowledged");
  });

  it("the shopper comes back to our address as it is", async () => {
    const { sent, key } = await meeting.paid("alipay.wap");
    const row = await paymentByAny(meeting.database, key.gatewayOrderNo);
    if (!row) throw new Error("gone");
    expect(await returnAddress(meeting.database, row)).toBe(sent.returnUrl);
  });
});

describe("the openid (§3.2)", () => {
  it("WeChat's page gives a code, once exchanged for the shopper's openid", async () => {
    const url = account.openidUrl?.({ returnUrl: `${meeting.origin}/pay/x/openid`, state: "s1" }) ?? "";
    const back = new URL((await fetch(url, { redirect: "manual" })).headers.get("location") ?? "");
    expect(back.searchParams.get("state")).toBe("s1");
    const code = back.searchParams.get("code") ?? "";
    const openid = had(await account.openid?.(code));
    expect(openid).toMatch(/^o[\w-]{27}$/);
    expect(await account.openid?.(code)).toMatchObject({ ok: false, kind: "refused", code: "code_expired" });
    const stranger = meeting.open({}, { wechatSecret: "wrong" });
    expect(await stranger.openid?.("081xyz")).toMatchObject({ ok: false, kind: "refused", code: "forbidden" });
    const { value } = await meeting.create("wechat.jsapi", { openid });
    expect(value.presentation.kind).toBe("jsapi");
  });
});

describe("paying out", () => {
  const PERSONAL = { kind: "personal", number: "6222020000000000123", name: "张三", mobile: "13800000000" } as const;
  const COMPANY = { ...PERSONAL, kind: "company", bankCode: "102100099996", bankName: "工商银行北京分行" } as const;
  const asked = (ending: string, company = false): PayoutRequest => ({
    ...{ payoutNo: number(), amount: cny(1_990n), remark: "工资", notifyUrl: meeting.notifyUrl, clientIp: "203.0.113.9" },
    account: { ...(company ? COMPANY : PERSONAL), number: `62220200000000001${ending}`, province: "广东", city: "深圳" },
  });

  it.each(["unionpay", "merchant"])("%s: paid, failed or waiting, to people and companies; the balance says so", async (channel) => {
    await meeting.paid("alipay.qr", { amount: cny(100_000_00n) });
    const before = had(await account.balance?.(channel));
    const [paid, failed, waits] = [asked("23"), asked("02", true), asked("01")];
    for (const one of [paid, failed, waits]) {
      const taken = had(await account.payout?.(channel, one));
      expect(taken).toMatchObject({ kind: "pending", amount: one.amount });
      const standing = had(await account.queryPayout?.(channel, { ...one, gatewayRef: null }));
      expect(standing).toMatchObject({ kind: "pending", amount: one.amount, gatewayRef: expect.stringMatching(/^\d+$/) });
    }
    await drainNotices(meeting.database);
    const ends = await Promise.all(
      [paid, failed, waits].map(async (one) => had(await account.queryPayout?.(channel, { ...one, gatewayRef: null }))),
    );
    expect(ends.map(({ kind, code }) => [kind, code])).toEqual([
      ["paid", "1"],
      ["failed", "2"],
      ["pending", "0"],
    ]);
    const after = had(await account.balance?.(channel));
    const gone = channel === "unionpay" ? { total: 1_990n, frozen: -1_990n } : { total: 3_980n, frozen: -1_990n };
    expect((before.total?.minor ?? 0n) - (after.total?.minor ?? 0n)).toBe(gone.total);
    expect((before.frozen?.minor ?? 0n) - (after.frozen?.minor ?? 0n)).toBe(gone.frozen);
    const again = await account.payout?.(channel, paid);
    expect(again).toMatchObject({ ok: false, kind: "refused", code: "duplicate_number" });
    const broke = await account.payout?.(channel, { ...asked("23"), amount: cny(9_999_999_99n) });
    expect(broke).toMatchObject({ ok: false, kind: "refused", code: "insufficient_balance" });
    expect(await account.queryPayout?.(channel, { ...asked("23"), gatewayRef: null })).toMatchObject({ ok: false, code: "not_found" });
  });
});
