import { describe, expect, it } from "vitest";
import { rsaSha256Sign } from "#lib/crypto/rsa.ts";
import { canonicalNotification } from "#lib/gateways/hipopay/canonical.ts";
import { notificationVerifies } from "#lib/gateways/hipopay/notification.ts";
import { openedAccount, vectors } from "#lib/gateways/hipopay-agent/test-account.ts";
import type { InboundMessage } from "#lib/gateways/notice.ts";
import { vectorKey } from "#lib/gateways/vectors.ts";

const AGENT = vectors.notifications.find(({ id }) => id === "v1_agent_fields");
if (!AGENT) throw new Error("no vector v1_agent_fields");
const GATEWAY_KEY = vectorKey(vectors, "gateway_private_pkcs8");

function keyOf(name: string): string {
  return vectorKey(vectors, name === "sandbox" ? "hipopay_sandbox_public" : "gateway_public");
}

function message(
  fields: Record<string, string> | string,
  timestamp: string,
  signature: string,
  names = ["signature", "timestamp"],
): InboundMessage {
  const body = typeof fields === "string" ? fields : new URLSearchParams(fields).toString();
  const [signatureName = "", timestampName = ""] = names;
  const headers = { "content-type": "application/x-www-form-urlencoded", [signatureName]: signature, [timestampName]: timestamp };
  return { method: "POST", query: "", headers, body: Buffer.from(body, "utf8") };
}

// For messages no vector exists of: signed with the vectors' gateway key, so only what comes after the signature is tested.
function signed(fields: Record<string, string>, timestamp = "1600000000"): InboundMessage {
  return message(fields, timestamp, rsaSha256Sign(`${canonicalNotification(fields)},${timestamp}`, GATEWAY_KEY));
}

const open = (inbound: InboundMessage) => openedAccount().account.openNotification(inbound);

describe("verification equals four official SDKs' verdicts", () => {
  it.each(vectors.notifications)(
    "$id",
    ({ params, timestamp, signature_b64: signature, public_key: key, string_to_sign: text, valid_independent_python: valid }) => {
      expect(`${canonicalNotification(params)},${timestamp}`).toBe(text);
      expect(notificationVerifies(params, timestamp, signature, keyOf(key))).toBe(valid);
    },
  );

  it("the vectors hold genuine and false ones", () => {
    expect(new Set(vectors.notifications.map(({ valid_independent_python: valid }) => valid))).toEqual(new Set([true, false]));
  });
});

describe("a genuine notification of the agent's fields", () => {
  const inbound = message(AGENT.params, AGENT.timestamp, AGENT.signature_b64);

  it("is opened into our words; the payer is not readable in its fields", () => {
    expect(open(inbound)).toEqual({
      ok: true,
      notification: {
        gatewayOrderNo: "xxxx",
        gatewayRef: "2017062221294656822821341",
        standing: {
          kind: "paid",
          gatewayRef: "2017062221294656822821341",
          amount: { minor: 100n, currency: "HKD" },
          paidAt: new Date("2017-06-22T13:29:47Z"),
          detail: { payAmount: "0.87", payCurrency: "CNY", exchangeRate: "0.8777", payer: "oQx43wJiwtsjv8C0lT5Lj7Mw1QZ4" },
        },
        settles: "inline",
        fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
        fields: { ...AGENT.params, openid: "***" },
      },
    });
  });

  it("may name its headers in any case", () => {
    expect(open(message(AGENT.params, AGENT.timestamp, AGENT.signature_b64, ["Signature", "TIMESTAMP"]))).toMatchObject({ ok: true });
  });

  it("has the same fingerprint when it is sent again under a new timestamp, another when a field differs", () => {
    const [first, again, other] = [open(inbound), open(signed(AGENT.params, "1600003600")), open(signed({ ...AGENT.params, amount: "2" }))];
    if (!first.ok || !again.ok || !other.ok) throw new Error("not opened");
    expect(again.notification.fingerprint).toBe(first.notification.fingerprint);
    expect(other.notification.fingerprint).not.toBe(first.notification.fingerprint);
  });

  it.each(Object.keys(AGENT.params))("is refused when %s was changed, dropped or added to", (name) => {
    const { [name]: value = "", ...rest } = AGENT.params;
    for (const fields of [{ ...rest, [name]: `${value}0` }, rest, { ...AGENT.params, extra: "1" }]) {
      expect(open(message(fields, AGENT.timestamp, AGENT.signature_b64))).toMatchObject({ ok: false, reason: "bad_signature" });
    }
  });

  it("is refused under another timestamp, or another company's signature", () => {
    expect(open(message(AGENT.params, "1600000001", AGENT.signature_b64))).toMatchObject({ ok: false, reason: "bad_signature" });
    const ours = rsaSha256Sign(`${canonicalNotification(AGENT.params)},1600000000`, vectorKey(vectors, "merchant_private_pkcs8"));
    expect(open(message(AGENT.params, "1600000000", ours))).toMatchObject({ ok: false, reason: "bad_signature", gatewayOrderNo: "xxxx" });
  });
});

describe("what is refused before or after the signature", () => {
  it.each([
    ["a name twice", "no=1&no=2&status=PAID", "duplicate_field"],
    ["a broken escape", "no=%zz", "unreadable"],
    ["bytes that are no UTF-8", "no=%ff", "unreadable"],
    ["a value with &", "no=1%26amount%3D9&agent_order_id=x", "ambiguous_value"],
    ["a value with =", "no=a%3Db", "ambiguous_value"],
    ["a name with =", "a%3Db=1", "ambiguous_value"],
  ])("%s", (_what, body, reason) => {
    expect(open(message(body, "1600000000", "AAAA"))).toMatchObject({ ok: false, reason });
  });

  it("a body beyond 64 KiB", () => {
    expect(open(message(`a=${"x".repeat(65_536)}`, "1600000000", "AAAA"))).toMatchObject({ ok: false, reason: "unreadable" });
  });

  it.each([
    ["", "1600000000"],
    ["AAAA", ""],
    ["AAAA", "now"],
    ["AAAA", "1,1600000000"],
  ])("signature %j with timestamp %j", (signature, timestamp) => {
    expect(open(message(AGENT.params, timestamp, signature))).toMatchObject({ ok: false, reason: "missing_signature" });
  });

  it.each(["status", "currency", "amount", "trade_time", "no", "agent_order_id"])("a genuine one whose %s is empty or absent", (name) => {
    const { [name]: _dropped, ...rest } = AGENT.params;
    expect(open(signed(rest))).toMatchObject({ ok: false, reason: "missing_field" });
    expect(open(signed({ ...rest, [name]: "" }))).toMatchObject({ ok: false, reason: "missing_field" });
  });

  it("a genuine one whose two spellings of a number differ", () => {
    expect(open(signed({ ...AGENT.params, out_order_no: "other" }))).toMatchObject({ ok: false, reason: "ambiguous_value" });
  });
});

describe("a genuine one that is unclear moves nothing", () => {
  it.each([
    ["amount", "1.001"],
    ["amount", "1e2"],
    ["amount", "-1"],
    ["currency", "HK$"],
    ["trade_time", "yesterday"],
    ["status", "SUCCESS"],
  ])("%s %s", (name, value) => {
    expect(open(signed({ ...AGENT.params, [name]: value }))).toMatchObject({ ok: true, notification: { standing: { kind: "unknown" } } });
  });

  it("reads Alipay's spellings of both numbers", () => {
    const { no = "", agent_order_id: ours = "", ...rest } = AGENT.params;
    const opened = open(signed({ ...rest, payment_no: no, out_order_no: ours }));
    expect(opened).toMatchObject({ ok: true, notification: { gatewayOrderNo: "xxxx", gatewayRef: no, standing: { kind: "paid" } } });
  });
});
