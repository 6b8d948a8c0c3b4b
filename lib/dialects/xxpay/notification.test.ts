import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dialectById } from "#lib/dialects/registry.ts";
import { payment, payout } from "#lib/dialects/testing/fake-backend.ts";
import { xxpayDialect } from "#lib/dialects/xxpay/index.ts";
import { ACCOUNT, MERCHANT, md5 } from "#lib/dialects/xxpay/testing/drive.ts";

const { notification, payoutNotification, returnUrl, acknowledged } = xxpayDialect;
const NOW = new Date(0);
const ORDER = payment({
  no: "P20160427210604000490",
  clientNo: "20160427210604000490",
  method: "unionpay.quick",
  productId: "8001",
  appId: ACCOUNT.appId,
  amount: "1.00",
  currency: "CNY",
  notifyUrl: "http://domain/notify.htm",
  walletNo: "wx2016081611532915ae15beab0167893571",
  paidAt: new Date(1_505_049_094_262),
  extra: { request: "internal", param1: "备注 1", param2: "" },
});
const FIELDS = {
  payOrderId: ORDER.no,
  mchId: "20001222",
  appId: ACCOUNT.appId,
  productId: "8001",
  mchOrderNo: ORDER.clientNo,
  amount: "100",
  status: "2",
  channelOrderNo: ORDER.walletNo,
  channelAttach: '{"bank_type":"OTHERS","trade_type":"pay.unionpay.quick"}',
  param1: "备注 1",
  param2: "",
  paySuccTime: "1505049094262",
  backType: "2",
};

/** Reads a notice as a merchant would: every parameter but sign is signed, whatever its name (seeds/003 §1.3). */
function read(text: string | undefined): Record<string, string> {
  const { sign, ...fields } = Object.fromEntries(new URLSearchParams(text));
  expect(sign).toBe(md5(fields));
  return fields;
}

describe("a payment's notice", () => {
  it("is a POST of the fields of seeds/003 §2.3.2, which verifies", () => {
    const message = notification(MERCHANT, ORDER, NOW);
    expect(message).toMatchObject({
      method: "POST",
      url: "http://domain/notify.htm",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
    });
    expect(read(message?.body)).toEqual(FIELDS);
  });

  it("sent again after it was acknowledged says 3", () => {
    expect(read(notification(MERCHANT, { ...ORDER, acknowledgedAt: NOW }, NOW)?.body)).toEqual({ ...FIELDS, status: "3" });
  });

  it("verifies whatever comes back in it", () => {
    const text = fc.string({ unit: "grapheme" });
    fc.assert(
      fc.property(text, text, (param1, param2) => {
        const body = notification(MERCHANT, { ...ORDER, extra: { param1, param2 } }, NOW)?.body;
        expect(read(body)).toMatchObject({ param1, param2 });
      }),
    );
  });

  it("is sent to nobody without a notifyUrl, nor while it is not paid", () => {
    expect(notification(MERCHANT, { ...ORDER, notifyUrl: null }, NOW)).toBeNull();
    for (const state of ["INIT", "FAIL", "EXPIRED", "CLOSED"] as const) expect(notification(MERCHANT, { ...ORDER, state }, NOW)).toBeNull();
  });

  it("names the account whose key is missing", () => {
    expect(() => notification({ ...MERCHANT, secret: null }, ORDER, NOW)).toThrow("20001222");
  });
});

describe("the way back", () => {
  it("is the returnUrl with the same notice, backType 1", () => {
    const url = new URL(returnUrl({ ...ORDER, returnUrl: "https://shop.example/r" }, MERCHANT) ?? "");
    expect(`${url.origin}${url.pathname}`).toBe("https://shop.example/r");
    expect(read(url.search)).toEqual({ ...FIELDS, backType: "1" });
  });

  it("says what is so now, also of an unpaid order", () => {
    const unpaid = { ...ORDER, returnUrl: "https://shop.example/r", state: "INIT", paidAt: null, walletNo: null } as const;
    const url = new URL(returnUrl(unpaid, MERCHANT) ?? "");
    expect(read(url.search)).toMatchObject({ status: "1", paySuccTime: "", channelOrderNo: "" });
  });

  it("keeps the address's own query and fragment, but no name of the notice", () => {
    const url = returnUrl({ ...ORDER, returnUrl: "https://shop.example/r?a=%7e1&status=5&&sign=x#top" }, MERCHANT) ?? "";
    expect(url).toMatch(/^https:\/\/shop\.example\/r\?a=%7e1&payOrderId=.*#top$/);
    expect(new URL(url).searchParams.getAll("status")).toEqual(["2"]);
    expect(new URL(url).searchParams.getAll("sign")).toHaveLength(1);
  });

  it("leads nowhere without a returnUrl", () => expect(returnUrl(ORDER, MERCHANT)).toBeNull());
});

describe("a payout's notice", () => {
  const PAID = payout({
    clientNo: "T1",
    amount: "19.90",
    state: "PAID",
    channelNo: "wx2017",
    notifyUrl: "http://domain/notify.htm?a=1",
    endedAt: new Date(1_505_049_094_262),
    extra: { param1: "123456", bankCode: "HPT00003" },
  });
  const send = (changes: Partial<typeof PAID>) => payoutNotification?.(MERCHANT, { ...PAID, ...changes }, NOW) ?? null;
  const own = (url: string | undefined) => new URL(url ?? "").search.replace("?a=1&", "");

  it("is a GET of the fields of seeds/003 §3.3.2, which verifies, beside the address's own query", () => {
    const message = send({});
    expect(message).toMatchObject({ method: "GET", url: expect.stringMatching(/^http:\/\/domain\/notify\.htm\?a=1&/), body: "" });
    expect(read(own(message?.url))).toEqual({
      transOrderId: PAID.no,
      mchId: "20001222",
      mchTransOrderNo: "T1",
      amount: "1990",
      status: "2",
      channelOrderNo: "wx2017",
      param1: "123456",
      param2: "",
      transSuccTime: "1505049094262",
      backType: "2",
    });
  });

  it("of a failed one says 3, without a time of success", () => {
    expect(read(own(send({ state: "FAIL" })?.url))).toMatchObject({ status: "3", transSuccTime: "" });
  });

  it("is sent to nobody before the end, nor without a notifyUrl", () => {
    expect([send({ state: "CREATED" }), send({ state: "PROCESSING" }), send({ notifyUrl: null })]).toEqual([null, null, null]);
  });
});

describe("an answer", () => {
  it.each([
    [200, "success", true],
    [204, "SUCCESS", true],
    [200, " Success\r\n", true],
    [200, "unsuccessful", false],
    [200, "success!", false],
    [200, '"success"', false],
    [200, "fail", false],
    [200, "", false],
    [302, "success", false],
    [500, "success", false],
  ])("%i %j counts as received: %s", (status, body, received) => {
    expect(acknowledged({ status, body })).toBe(received);
  });

  it("that did not count is followed by the documented waits", () => {
    expect(xxpayDialect.retrySeconds).toEqual([60, 120, 180, 240, 300]);
  });
});

it("the registry knows this dialect by its id", () => expect(dialectById("xxpay")).toBe(xxpayDialect));
