import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { verify, WebhookError, type WebhookHeaders } from "./webhooks.ts";

// The specification's own example (standardwebhooks.com, "Verifying signatures"): not made here.
const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const BODY = '{"test": 2432232314}';
const SENT = 1_614_265_330;
const HEADERS = {
  "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
  "webhook-timestamp": String(SENT),
  "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
};
const now = SENT * 1000;

async function reasonOf(headers: WebhookHeaders, body: string | Uint8Array = BODY, secret: string | string[] = SECRET, at = now) {
  const error = await verify(body, headers, secret, { now: at }).catch((thrown: unknown) => thrown);
  return error instanceof WebhookError ? error.reason : error;
}

describe("a genuine webhook", () => {
  it("is believed: the specification's own example", async () => {
    expect(await verify(BODY, HEADERS, SECRET, { now })).toEqual({ test: 2432232314 });
  });

  it("is believed as text and as bytes, with headers of the web, of Node, and in any case", async () => {
    const bytes = new TextEncoder().encode(BODY);
    const upper = Object.fromEntries(Object.entries(HEADERS).map(([name, value]) => [name.toUpperCase(), value]));
    for (const headers of [new Headers(HEADERS), HEADERS, upper, { ...HEADERS, "webhook-signature": [HEADERS["webhook-signature"]] }])
      for (const body of [BODY, bytes]) expect(await verify(body, headers, SECRET, { now })).toEqual({ test: 2432232314 });
  });

  it("signed by the standard's own library is believed, whatever is in it", async () => {
    for (const text of ["", "付款成功 ✓", "a\r\n\tb", "\u{1F4B0}".repeat(5000), '"\\u0000"']) {
      const body = JSON.stringify({ text });
      const signature = new Webhook(SECRET).sign("msg_1", new Date(now), body);
      const headers = { "webhook-id": "msg_1", "webhook-timestamp": String(SENT), "webhook-signature": signature };
      expect(await verify(body, headers, SECRET, { now })).toEqual({ text });
    }
  });

  it("is believed while a secret is rolled: with the new or the old secret, with one signature or two", async () => {
    const other = "whsec_plJ3nmyCDGBKInavdOK15jsl";
    const both = { ...HEADERS, "webhook-signature": `v1,${"A".repeat(43)}= v1a,x ${HEADERS["webhook-signature"]}` };
    expect(await verify(BODY, both, SECRET, { now })).toBeTruthy();
    expect(await verify(BODY, HEADERS, [other, SECRET], { now })).toBeTruthy();
    expect(await reasonOf(HEADERS, BODY, other)).toBe("signature_wrong");
  });
});

describe("a webhook is not believed", () => {
  it("when anything that is signed was changed", async () => {
    expect(await reasonOf(HEADERS, `${BODY} `)).toBe("signature_wrong");
    expect(await reasonOf(HEADERS, '{"test":2432232314}')).toBe("signature_wrong"); // parsed and written again
    expect(await reasonOf({ ...HEADERS, "webhook-id": "msg_other" })).toBe("signature_wrong");
    expect(await reasonOf({ ...HEADERS, "webhook-timestamp": String(SENT + 1) })).toBe("signature_wrong");
  });

  it.each([
    ["no version", HEADERS["webhook-signature"].slice(3)],
    ["another version", HEADERS["webhook-signature"].replace("v1,", "v2,")],
    ["cut short", HEADERS["webhook-signature"].slice(0, -4)],
    ["empty", "v1,"],
    ["no base64", "v1,***"],
    ["hexadecimal", "v1,83484cf52b04f8e4cf2531adfed9882ad4b26651"],
  ])("with a signature that is %s", async (_, signature) => {
    expect(await reasonOf({ ...HEADERS, "webhook-signature": signature })).toBe("signature_wrong");
  });

  it("when the right signature comes behind more than anybody rolls", async () => {
    const many = `${"v1,AAAA ".repeat(20)}${HEADERS["webhook-signature"]}`;
    expect(await reasonOf({ ...HEADERS, "webhook-signature": many })).toBe("signature_wrong");
  });

  it("when it is older or newer than five minutes: a copy sent again later proves nothing", async () => {
    expect(await verify(BODY, HEADERS, SECRET, { now: now + 300_000 })).toBeTruthy();
    expect(await reasonOf(HEADERS, BODY, SECRET, now + 301_000)).toBe("too_old");
    expect(await reasonOf(HEADERS, BODY, SECRET, now - 301_000)).toBe("too_new");
  });

  it("when a header is missing or the time is none", async () => {
    for (const name of Object.keys(HEADERS)) expect(await reasonOf({ ...HEADERS, [name]: undefined }), name).toBe("header_missing");
    for (const time of ["now", "-1", "1e9", "1614265330.5", "9".repeat(30)])
      expect(await reasonOf({ ...HEADERS, "webhook-timestamp": time }), time).toBe("timestamp_invalid");
  });

  it("when what is signed is no JSON, or no UTF-8", async () => {
    for (const body of [Buffer.from("not json"), Buffer.from([0x22, 0xff, 0x22])]) {
      const { createHmac } = await import("node:crypto");
      const key = Buffer.from(SECRET.slice(6), "base64");
      const signature = createHmac("sha256", key).update(`msg_1.${SENT}.`).update(body).digest("base64");
      const headers = { "webhook-id": "msg_1", "webhook-timestamp": String(SENT), "webhook-signature": `v1,${signature}` };
      expect(await reasonOf(headers, body)).toBe("body_invalid");
    }
  });

  it("and a secret that is none is the developer's mistake, not the sender's", async () => {
    for (const secret of ["", "whsec_", "whsec_***", "sk_test_x"]) expect(await reasonOf(HEADERS, BODY, secret)).toBeInstanceOf(TypeError);
  });
});
