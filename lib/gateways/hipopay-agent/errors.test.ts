import { describe, expect, it } from "vitest";
import { answer } from "#lib/gateways/fake-port.ts";
import type { PaymentKey } from "#lib/gateways/gateway.ts";
import { WX_CODES } from "#lib/gateways/hipopay/wallet-codes.ts";
import { STATUS_CODES } from "#lib/gateways/hipopay-agent/errors.ts";
import { createRequest, envelope, openedAccount } from "#lib/gateways/hipopay-agent/test-account.ts";
import type { OutgoingAnswer } from "#lib/gateways/port.ts";

const KEY: PaymentKey = { method: "wechat.native", gatewayOrderNo: "xxxx", gatewayRef: null, amount: { minor: 1n, currency: "HKD" } };

function error(status: number, message = "no", http = status): OutgoingAnswer {
  return answer({ meta: { status_code: status, message, success: false } }, http);
}

function wechat(code: string): OutgoingAnswer {
  return error(555, JSON.stringify({ wx_message: "微信说不", wx_code: code }));
}

async function create(reply: OutgoingAnswer, method: "wechat.barcode" | "wechat.native" = "wechat.native") {
  return openedAccount([reply]).account.create(method, createRequest());
}

describe("the document's statuses", () => {
  it.each([
    [400, "refused", "invalid_request"],
    [401, "refused", "signature_rejected"],
    [403, "refused", "forbidden"],
    [404, "refused", "not_found"],
    [411, "refused", "clock_skew"],
    [500, "unknown", undefined],
    [503, "unknown", undefined],
    [418, "unknown", undefined],
  ])("%i is %s %s, by HTTP status or in the envelope of a 200", async (status, kind, code) => {
    const expected = { ok: false, kind, ...(code && { code, gatewayCode: `${status}`, message: "no" }) };
    expect(await create(error(status))).toMatchObject(expected);
    expect(await create(error(status, "no", 200))).toMatchObject(expected);
  });

  it("the table holds exactly §3's statuses", () => {
    expect(Object.keys(STATUS_CODES).sort()).toEqual(["400", "401", "403", "404", "411", "500", "503", "555"]);
  });

  it.each([
    ["a refusal without the envelope", answer("<h1>404</h1>", 404)],
    ["a redirect", answer("", 302)],
    ["an empty answer", answer("")],
    ["an envelope that contradicts its HTTP status", answer(envelope({}), 404)],
    ["a success that says it failed", answer({ meta: { status_code: 200, success: false }, data: {} })],
    ["a failure that says it succeeded", answer({ meta: { status_code: 400, success: true } }, 400)],
    ["two different statuses", error(400, "no", 401)],
    ["an answer beyond a mebibyte", answer(`{"meta":{"status_code":400,"success":false,"message":"${"x".repeat(1_048_576)}"}}`, 400)],
  ])("%s is unclear, never a refusal", async (_what, reply) => {
    expect(await create(reply)).toMatchObject({ ok: false, kind: "unknown" });
  });
});

describe("no answer", () => {
  it("a request that never left may go elsewhere; one that may have arrived must be asked about", async () => {
    expect(await create({ kind: "none", reached: "no", message: "ECONNREFUSED" })).toEqual({
      ok: false,
      kind: "unreachable",
      message: "ECONNREFUSED",
    });
    expect(await create({ kind: "none", reached: "maybe", message: "timeout" })).toEqual({
      ok: false,
      kind: "unknown",
      message: "timeout",
    });
  });
});

describe("555: WeChat's own codes", () => {
  const exists = ["already_paid", "already_closed", "duplicate_number"];

  it.each(Object.entries(WX_CODES))("%s of a query is %s", async (wxCode, meaning) => {
    const outcome = await openedAccount([wechat(wxCode)]).account.query?.(KEY);
    if (meaning === "unknown" || meaning === "pending") expect(outcome).toMatchObject({ ok: false, kind: "unknown" });
    else expect(outcome).toEqual({ ok: false, kind: "refused", code: meaning, message: "微信说不", gatewayCode: wxCode });
  });

  it.each(Object.entries(WX_CODES).filter(([, meaning]) => exists.includes(meaning)))(
    "%s of a create says the number is known there: unclear until a query answers",
    async (wxCode) => {
      expect(await create(wechat(wxCode))).toMatchObject({ ok: false, kind: "unknown" });
    },
  );

  it.each([
    ["AUTHCODEEXPIRE", "code_expired"],
    ["NOTENOUGH", "insufficient_balance"],
    ["FREQUENCY_LIMITED", "busy"],
  ])("%s of a scan pay is refused as %s", async (wxCode, code) => {
    expect(await create(wechat(wxCode), "wechat.barcode")).toMatchObject({ ok: false, kind: "refused", code });
  });

  it("USERPAYING of a scan pay is a payment that pends; of anything else it is unclear", async () => {
    const pending = { presentation: { kind: "none" }, gatewayRef: null, standing: { kind: "pending" } };
    expect(await create(wechat("USERPAYING"), "wechat.barcode")).toEqual({ ok: true, value: pending });
    expect(await create(wechat("USERPAYING"))).toMatchObject({ ok: false, kind: "unknown" });
  });

  it.each(["SYSTEMERROR", "BANKERROR", "NEVER_SEEN", "constructor"])("%s is unclear", async (wxCode) => {
    expect(await create(wechat(wxCode), "wechat.barcode")).toMatchObject({ ok: false, kind: "unknown" });
  });

  it.each(["微信错误", "{}", "[1]", ""])("a 555 whose message is no such JSON is unclear: %s", async (message) => {
    expect(await create(error(555, message), "wechat.barcode")).toMatchObject({ ok: false, kind: "unknown" });
  });
});
