import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rsaSha256Sign } from "#lib/crypto/rsa.ts";
import { fakePort } from "#lib/gateways/fake-port.ts";
import { canonicalNotification } from "#lib/gateways/hipopay/canonical.ts";
import { notificationVerifies } from "#lib/gateways/hipopay/notification.ts";
import { hipopayMerchant } from "#lib/gateways/hipopay-merchant/index.ts";
import { BASE_URL, credentials, vectors } from "#lib/gateways/hipopay-merchant/test-account.ts";
import type { InboundMessage } from "#lib/gateways/notice.ts";
import { vectorKey } from "#lib/gateways/vectors.ts";

const vector = (id: string) => {
  const found = vectors.notifications.find((one) => one.id === id);
  if (!found) throw new Error(`no vector ${id}`);
  return found;
};
const TWELVE = vector("v3_12_fields");
const RECORDED = vector("recorded_python_repo");
const GATEWAY_KEY = vectorKey(vectors, "gateway_private_pkcs8");

function keyOf(name: string): string {
  return vectorKey(vectors, name === "sandbox" ? "hipopay_sandbox_public" : "gateway_public");
}

function message(fields: Record<string, string> | string, timestamp: string, signature: string): InboundMessage {
  const body = typeof fields === "string" ? fields : new URLSearchParams(fields).toString();
  const headers = { "content-type": "application/x-www-form-urlencoded", signature, timestamp };
  return { method: "POST", query: "", headers, body: Buffer.from(body, "utf8") };
}

// For messages no vector exists of: signed with the vectors' gateway key, so only what comes after the signature is tested.
function signed(fields: Record<string, string>, timestamp = "1600000000"): InboundMessage {
  return message(fields, timestamp, rsaSha256Sign(`${canonicalNotification(fields)},${timestamp}`, GATEWAY_KEY));
}

const accounts = new Map(
  ["gateway", "sandbox"].map((name) => {
    const account = { baseUrl: BASE_URL, credentials: { ...credentials, gatewayPublicKey: keyOf(name) }, settings: {} };
    return [name, hipopayMerchant.open(account, fakePort([]))];
  }),
);
const open = (inbound: InboundMessage, key = "gateway") => {
  const account = accounts.get(key);
  if (!account) throw new Error(`no account of ${key}`);
  return account.openNotification(inbound);
};

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

describe("a genuine notification", () => {
  const inbound = message(TWELVE.params, TWELVE.timestamp, TWELVE.signature_b64);

  it("recorded at HipoPay's sandbox is opened into our words; the settlement's rate is not taken for the shopper's", () => {
    expect(open(message(RECORDED.params, RECORDED.timestamp, RECORDED.signature_b64), "sandbox")).toEqual({
      ok: true,
      notification: {
        gatewayOrderNo: "20190815002",
        gatewayRef: "2019081517201983250411444",
        standing: {
          ...{ kind: "paid", gatewayRef: "2019081517201983250411444", amount: { minor: 100n, currency: "HKD" } },
          ...{ paidAt: new Date("2019-08-15T09:20:45Z"), detail: { payAmount: "0.89", payCurrency: "CNY" } },
        },
        settles: "inline",
        fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
        fields: RECORDED.params,
      },
    });
  });

  it("of the twelve fields settles inline, paid when it was finished", () => {
    expect(open(inbound)).toMatchObject({
      ok: true,
      notification: {
        ...{ gatewayOrderNo: "A-1", gatewayRef: "2019081517201983250411445", settles: "inline", fields: TWELVE.params },
        standing: { kind: "paid", amount: { minor: 888n, currency: "HKD" }, paidAt: new Date("2020-09-13T12:27:01Z") },
      },
    });
  });

  it("settled in CNY tells the shopper's rate", () => {
    const opened = open(signed({ ...TWELVE.params, settle_currency: "CNY" }));
    expect(opened).toMatchObject({ notification: { standing: { detail: { exchangeRate: "0.8818900000" } } } });
  });

  it("of response_version 3.0 keeps what that adds, and the payer is not readable in its fields", () => {
    const promotion = JSON.stringify([{ activity_id: "931386", name: "coupon-6", amount: "1", scope: "GLOBAL", type: "COUPON" }]);
    const more = { pay_rate: "0.88", pay_rate_reversed: "1.13", bank_type: "CMB_DEBIT", promotion_detail: promotion, openid: "oX123456" };
    expect(open(signed({ ...TWELVE.params, ...more }))).toMatchObject({
      ok: true,
      notification: { standing: { kind: "paid", detail: { payer: "oX123456" } }, fields: { ...TWELVE.params, ...more, openid: "***" } },
    });
  });

  it("has the same fingerprint when it is sent again under a new timestamp, another when a field differs", () => {
    const [first, again, other] = [
      open(inbound),
      open(signed(TWELVE.params, "1600003600")),
      open(signed({ ...TWELVE.params, amount: "2" })),
    ];
    if (!first.ok || !again.ok || !other.ok) throw new Error("not opened");
    expect(again.notification.fingerprint).toBe(first.notification.fingerprint);
    expect(other.notification.fingerprint).not.toBe(first.notification.fingerprint);
  });

  it.each(Object.keys(TWELVE.params))("is refused when %s was changed, dropped or added to", (name) => {
    const { [name]: value = "", ...rest } = TWELVE.params;
    for (const fields of [{ ...rest, [name]: `${value}0` }, rest, { ...TWELVE.params, extra: "1" }]) {
      expect(open(message(fields, TWELVE.timestamp, TWELVE.signature_b64))).toMatchObject({ ok: false, reason: "bad_signature" });
    }
  });

  it("is refused under another timestamp, another company's signature, or another account's key", () => {
    const bad = { ok: false, reason: "bad_signature", gatewayOrderNo: "A-1" };
    expect(open(message(TWELVE.params, "1600000001", TWELVE.signature_b64))).toMatchObject(bad);
    const ours = rsaSha256Sign(`${canonicalNotification(TWELVE.params)},1600000000`, vectorKey(vectors, "merchant_private_pkcs8"));
    expect(open(message(TWELVE.params, "1600000000", ours))).toMatchObject(bad);
    expect(open(inbound, "sandbox")).toMatchObject(bad);
  });

  it("with any one bit of its body turned is not believed, unless it says the same (%3a for %3A)", () => {
    const body = Buffer.from(new URLSearchParams(TWELVE.params).toString(), "utf8");
    const at = fc.record({ index: fc.integer({ min: 0, max: body.length - 1 }), bit: fc.integer({ min: 0, max: 7 }) });
    fc.assert(
      fc.property(at, ({ index, bit }) => {
        const turned = Buffer.from(body);
        turned[index] = (turned[index] ?? 0) ^ (1 << bit);
        const opened = open({ ...inbound, body: turned });
        if (opened.ok) expect(opened.notification.fields).toEqual(TWELVE.params);
      }),
    );
  });
});

describe("what is refused before or after the signature", () => {
  it.each([
    ["a name twice", "payment_no=1&payment_no=2&status=PAID", "duplicate_field"],
    ["a broken escape", "payment_no=%zz", "unreadable"],
    ["a value with &", "payment_no=1%26amount%3D9&out_trade_id=x", "ambiguous_value"],
    ["a value with =", "payment_no=a%3Db", "ambiguous_value"],
  ])("%s", (_what, body, reason) => {
    expect(open(message(body, "1600000000", "AAAA"))).toMatchObject({ ok: false, reason });
  });

  it.each([
    ["", "1600000000"],
    ["AAAA", ""],
    ["AAAA", "1,1600000000"],
  ])("signature %j with timestamp %j", (signature, timestamp) => {
    expect(open(message(TWELVE.params, timestamp, signature))).toMatchObject({ ok: false, reason: "missing_signature" });
  });

  it.each(["status", "currency", "amount", "trade_time", "payment_no", "out_trade_id"])(
    "a genuine one whose %s is empty or absent",
    (name) => {
      const { [name]: _dropped, ...rest } = TWELVE.params;
      const missing = { ok: false, reason: "missing_field", detail: `the field ${name} is missing or empty` };
      expect(open(signed(rest))).toMatchObject(missing);
      expect(open(signed({ ...rest, [name]: "" }))).toMatchObject(missing);
    },
  );

  it("one in the agent's names: it is another document's", () => {
    const { payment_no: no = "", out_trade_id: ours = "", ...rest } = TWELVE.params;
    expect(open(signed({ ...rest, no, agent_order_id: ours }))).toMatchObject({ ok: false, reason: "missing_field" });
  });
});

describe("a genuine one that is unclear moves nothing", () => {
  it.each([
    ["amount", "8.881"],
    ["amount", "1e2"],
    ["amount", "-1"],
    ["currency", "HK$"],
    ["finish_time", "yesterday"],
    ["status", "SUCCESS"],
  ])("%s %s", (name, value) => {
    const opened = open(signed({ ...TWELVE.params, [name]: value }));
    expect(opened).toMatchObject({ ok: true, notification: { standing: { kind: "unknown" } } });
  });

  it("an empty finish_time leaves the time of the trade (the vector's empty value is signed)", () => {
    const { params } = vector("v3_empty_value");
    const opened = open(signed({ ...params, trade_time: "2020-09-13 20:26:40" }));
    expect(opened).toMatchObject({ notification: { standing: { kind: "paid", paidAt: new Date("2020-09-13T12:26:40Z") } } });
  });
});
