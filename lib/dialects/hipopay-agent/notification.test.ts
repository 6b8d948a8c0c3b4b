import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rsaSha256Verify } from "#lib/crypto/rsa.ts";
import type { Payment } from "#lib/dialects/backend.ts";
import { hipopayAgentDialect } from "#lib/dialects/hipopay-agent/index.ts";
import { AGENT } from "#lib/dialects/hipopay-agent/testing/drive.ts";
import vectors from "#lib/dialects/hipopay-agent/vectors.json" with { type: "json" };
import { dialectById } from "#lib/dialects/registry.ts";
import { payment } from "#lib/dialects/testing/fake-backend.ts";

const { notification, acknowledged, returnUrl } = hipopayAgentDialect;
const NOTIFY = { notifyUrl: "https://shop.example/n", clientNo: "xxxx" };

describe("a notification", () => {
  const vector = vectors.notifications.find((each) => each.id === "v1_agent_fields");

  it("has the recorded fields, signature and timestamp", () => {
    const message = notification(AGENT, payment(NOTIFY), new Date(1_600_000_000_999));
    expect(message).toMatchObject({
      method: "POST",
      url: NOTIFY.notifyUrl,
      headers: { "Content-Type": "application/x-www-form-urlencoded", Signature: vector?.signature_b64, Timestamp: vector?.timestamp },
    });
    expect(Object.fromEntries(new URLSearchParams(message?.body))).toEqual(vector?.params);
  });

  it("is never signed over encoded values (the recorded mistake)", () => {
    const wrong = vectors.notifications.find((each) => each.id === "wrong_urlencoded_signing");
    expect(rsaSha256Verify(wrong?.string_to_sign ?? "", wrong?.signature_b64 ?? "", vectors.keys.gateway_public)).toBe(false);
  });

  it("carries printable ASCII only, all eleven fields, and verifies raw, whatever the payment holds", () => {
    const text = fc.string({ unit: "binary", maxLength: 40 });
    fc.assert(
      fc.property(text, fc.option(text), fc.option(text), (payAmount, clientNo, openid) => {
        const message = notification(AGENT, payment({ ...NOTIFY, payAmount, clientNo, openid }), new Date(0));
        const fields = [...new URLSearchParams(message?.body)];
        const raw = fields
          .map(([name, value]) => `${name}=${value}`)
          .sort()
          .join("&");
        expect(fields).toHaveLength(11);
        expect(raw).toMatch(/^[\x20-\x7e]*$/);
        expect(rsaSha256Verify(`${raw},0`, message?.headers.Signature ?? "", vectors.keys.gateway_public)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it("is sent to nobody without a notify_url, nor for a payment that is not PAID", () => {
    expect(notification(AGENT, payment(), new Date(0))).toBeNull();
    expect(notification(AGENT, payment({ ...NOTIFY, state: "FAIL" }), new Date(0))).toBeNull();
  });

  it("names the account whose key is missing", () => {
    expect(() => notification({ ...AGENT, gatewayPrivateKey: null }, payment(NOTIFY), new Date(0))).toThrow("123456");
  });
});

describe("an answer", () => {
  it.each([
    [200, "success", true],
    [204, "success", true],
    [200, " success \r\n\r\n", true],
    [200, "int(1)\nint(200)\nsuccess", true],
    [200, "warning\rsuccess", true],
    [200, "unsuccessful", false],
    [200, "success\nfail", false],
    [200, "SUCCESS", false],
    [200, '"success"', false],
    [200, "<b>success</b>", false],
    [200, "success.", false],
    [200, "", false],
    [302, "success", false],
    [500, "success", false],
  ])("%i %j counts as received: %s", (status, body, received) => {
    expect(acknowledged({ status, body })).toBe(received);
  });

  it("that did not count is followed by the documented waits", () => {
    expect(hipopayAgentDialect.retrySeconds).toEqual([1, 2, 4, 8, 60, 60, 60, 600, 600, 1800]);
  });
});

describe("the way back from a desk", () => {
  const desk = payment({ method: "wechat.desk", returnUrl: "https://shop.example/r", clientNo: "A-1", subject: "演示订单" });
  const documented = {
    no: desk.no,
    agent_order_id: "A-1",
    merchant_no: "xxx",
    currency: "HKD",
    amount: "1",
    exchange_rate: "0.8777",
    tarde_type: "PC_DESK",
    product_info: "演示订单",
    trade_time: "2017-06-22 21:29:47",
    status: "PAID",
  };
  const backTo = (row: Payment) => returnUrl(row, AGENT);
  const read = (url: string | null) => [...new URL(url ?? "").searchParams];

  it.each([
    ["wechat.desk", documented],
    ["wechat.mp_desk", { ...documented, tarde_type: "MP_DESK" }],
  ])("%s carries the documented parameters", (method, parameters) => {
    expect(read(backTo({ ...desk, method }))).toEqual(Object.entries(parameters));
  });

  it("alipay.desk names number and product in Alipay's words", () => {
    const { agent_order_id, product_info, ...rest } = documented;
    const parameters = { ...rest, out_order_no: agent_order_id, subject: product_info, tarde_type: "DESK" };
    expect(Object.fromEntries(read(backTo({ ...desk, method: "alipay.desk" })))).toEqual(parameters);
  });

  it("adds the extra parameters, but a documented name keeps its own value, once, wherever else it was claimed", () => {
    const returnAddress = "https://shop.example/r?a=%7e1&status=FAIL&&no#top";
    const url = backTo({ ...desk, returnUrl: returnAddress, extra: { colour: "红", status: "FAIL", amount: "9", a: "2" } });
    expect(url).toMatch(/^https:\/\/shop\.example\/r\?a=%7e1&no=\d+&.*#top$/);
    expect(read(url)).toEqual([["a", "~1"], ...Object.entries(documented), ["colour", "红"]]);
  });

  it("is the plain return_url for other methods, and nowhere without one", () => {
    expect(backTo({ ...desk, method: "alipay.wap" })).toBe("https://shop.example/r");
    expect(backTo({ ...desk, returnUrl: null })).toBeNull();
  });

  it("never throws, and stays on the return_url's origin, whatever the extra parameters are", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: "binary" }), fc.string({ unit: "binary" })), (extra) => {
        expect(new URL(backTo({ ...desk, extra }) ?? "").origin).toBe("https://shop.example");
      }),
    );
  });
});

it("the registry knows this dialect by its id and no other name", () => {
  expect(dialectById("hipopay-agent")).toBe(hipopayAgentDialect);
  expect(dialectById("toString")).toBeNull();
});
