import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Payment } from "#lib/dialects/backend.ts";
import { mpgatewayDialect } from "#lib/dialects/mpgateway/index.ts";
import { MERCHANT, md5 } from "#lib/dialects/mpgateway/testing/drive.ts";
import { dialectById } from "#lib/dialects/registry.ts";
import { payment } from "#lib/dialects/testing/fake-backend.ts";

const { notification, returnUrl, acknowledged } = mpgatewayDialect;
const ORDER = payment({ clientNo: "A1234567", amount: "19.90", currency: "CNY", notifyUrl: "http://shop.example/n?a=1" });
const FIELDS = {
  resultcode: "0000",
  resultmsg: "交易成功",
  queryid: ORDER.no,
  txnamt: 1990,
  merid: "89900100",
  orderid: "A1234567",
  paytime: "2017-06-22 21:29:59",
};

/** Opens a notification as a merchant would: decode the form, check the md5 over the base64, read the JSON. */
function read(text: string | null | undefined): Record<string, unknown> {
  const parameters = new URLSearchParams(text ?? "");
  const resp = parameters.get("resp") ?? "";
  expect(parameters.get("sign")).toBe(md5(resp));
  return JSON.parse(Buffer.from(resp, "base64").toString("utf8"));
}

describe("the back notification", () => {
  it("is a POST to the backurl of resp and sign, which verifies and carries all seven fields", () => {
    const message = notification(MERCHANT, ORDER, new Date(0));
    expect(message).toMatchObject({ method: "POST", url: "http://shop.example/n?a=1" });
    expect(read(message?.body)).toEqual(FIELDS);
    expect([...new URLSearchParams(message?.body).keys()]).toEqual(["resp", "sign"]);
  });

  it("never holds a bare + or a space, and verifies, whatever the order's numbers are", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (no, clientNo) => {
        const body = notification(MERCHANT, { ...ORDER, no, clientNo }, new Date(0))?.body ?? "";
        expect(body).not.toMatch(/[+ ]/);
        expect(read(body)).toMatchObject({ queryid: no, orderid: clientNo });
      }),
    );
  });

  it.each([
    [{ extra: { resultcode: "1002" } }, "1002"],
    [{ extra: { resultcode: "1004" } }, "1004"],
    [{ state: "FAIL", paidAt: null }, "1003"],
  ] as const)("of %j says %s", (changes, resultcode) => {
    expect(read(notification(MERCHANT, { ...ORDER, ...changes }, new Date(0))?.body)).toMatchObject({ resultcode });
  });

  it("is sent to nobody without a backurl, and for no order that nobody paid", () => {
    expect(notification(MERCHANT, { ...ORDER, notifyUrl: null }, new Date(0))).toBeNull();
    for (const state of ["INIT", "EXPIRED", "CLOSED"] as const) expect(notification(MERCHANT, { ...ORDER, state }, new Date(0))).toBeNull();
  });

  it("names the account whose key is missing", () => {
    expect(() => notification({ ...MERCHANT, secret: null }, ORDER, new Date(0))).toThrow("89900100");
  });
});

describe("the front notification", () => {
  const back = (returnAddress: string | null, changes: Partial<Payment> = {}) =>
    returnUrl({ ...ORDER, returnUrl: returnAddress, ...changes }, MERCHANT);

  it("is the fronturl with the signed result in its query", () => {
    const url = back("https://shop.example/r") ?? "";
    expect(url).toMatch(/^https:\/\/shop\.example\/r\?resp=/);
    expect(read(new URL(url).search)).toEqual(FIELDS);
    expect(read(new URL(back("https://shop.example/r", { state: "INIT", paidAt: null }) ?? "").search)).toMatchObject({
      resultcode: "1001",
      paytime: "",
    });
  });

  it("keeps the fronturl's own query and fragment, but no resp or sign of its own", () => {
    const url = back("https://shop.example/r?a=%7e1&resp=forged&&sign=x#top") ?? "";
    expect(url).toMatch(/^https:\/\/shop\.example\/r\?a=%7e1&resp=[^&]+&sign=[0-9a-f]{32}#top$/);
    expect(read(new URL(url).search)).toEqual(FIELDS);
  });

  it("goes nowhere without a fronturl", () => expect(back(null)).toBeNull());
});

describe("an answer", () => {
  it.each([
    [200, "0000", true],
    [204, "0000", true],
    [200, "0000\n", false],
    [200, " 0000", false],
    [200, '"0000"', false],
    [200, "00000", false],
    [200, "success", false],
    [200, "", false],
    [302, "0000", false],
    [500, "0000", false],
  ])("%i %j counts as received: %s", (status, body, received) => {
    expect(acknowledged({ status, body })).toBe(received);
  });

  it("that did not count is followed by nine further calls in 12.5 minutes", () => {
    expect(mpgatewayDialect.retrySeconds).toEqual([10, 10, 10, 60, 60, 60, 180, 180, 180]);
    expect(mpgatewayDialect.retrySeconds.reduce((sum, wait) => sum + wait, 0)).toBe(750);
  });
});

it("the registry knows this dialect by its id", () => expect(dialectById("mpgateway")).toBe(mpgatewayDialect));
