import { sign, verify } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { WireRequest } from "#lib/dialects/dialect.ts";
import { notificationText, requestTexts } from "#lib/dialects/hipopay/signature.ts";
import { hipopayMerchantDialect } from "#lib/dialects/hipopay-merchant/index.ts";
import { backend, jsonOf, MERCHANT, request } from "#lib/dialects/hipopay-merchant/testing/drive.ts";
import vectors from "#lib/dialects/hipopay-merchant/vectors.json" with { type: "json" };
import { payment } from "#lib/dialects/testing/fake-backend.ts";

const BOUNDARY = "------------------------d74496d66958873e";
const { handle } = hipopayMerchantDialect;

interface Place {
  method: "GET" | "POST";
  path: string;
  /** What a genuine one lacks there: a PARAM_ERROR naming it proves that the signature fit. */
  lacks?: string;
}

const CREATE = { method: "POST", path: "/wechatpay/web/payment" } as const;
const QUERY = { method: "GET", path: "/payment" } as const;

/** Where each recorded request belongs. The short ones ask for an order by its out_trade_id; posted, they are no whole order. */
const PLACES: Record<string, Place[]> = {
  plain: [CREATE, QUERY],
  chinese: [CREATE, QUERY],
  reserved_divergent: [QUERY, { ...CREATE, lacks: "client_ip" }],
  empty_values: [QUERY, { ...CREATE, lacks: "currency" }],
  ts_float_py: [QUERY, { ...CREATE, lacks: "currency" }],
  ts_millis_node: [QUERY, { ...CREATE, lacks: "currency" }],
};

interface Case {
  name: string;
  lacks: string | undefined;
  wire: WireRequest;
}

const CASES: Case[] = vectors.requests.flatMap((vector) =>
  (PLACES[vector.id] ?? []).flatMap((place) =>
    vector.expected.flatMap((expected, sdk) =>
      formsOf(vector, place.method).flatMap(({ form, contentType, bytes }) =>
        ["MerchantNO", "MerchantNo", "merchantno"].map((header) => ({
          name: `${vector.id} ${place.method} ${place.path}, SDK ${sdk}, ${form}, ${header}`,
          lacks: place.lacks,
          wire: request({
            method: place.method,
            path: place.path,
            query: place.method === "GET" ? bytes : "",
            text: place.method === "POST" ? bytes : "",
            receivedAt: new Date(Number(vector.timestamp.slice(0, 10)) * 1000 + 5000),
            headers: {
              [header]: MERCHANT.callerNo,
              Signature: expected.signature_b64,
              Version: "1.0",
              TIMESTAMP: vector.timestamp,
              "Content-Type": contentType,
            },
          }),
        })),
      ),
    ),
  ),
);

function formsOf(vector: (typeof vectors.requests)[number], method: string) {
  const urlencoded = "application/x-www-form-urlencoded";
  const params: Record<string, string> = Object.fromEntries(Object.entries(vector.params).filter(([, value]) => value !== undefined));
  const parts = Object.entries(params).map(
    ([name, value]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const forms = [
    { form: "python body", contentType: urlencoded, bytes: vector.form_body_python_requests },
    { form: "node body", contentType: `${urlencoded}; charset=utf-8`, bytes: vector.form_body_node_querystring },
    { form: "php query", contentType: "", bytes: vector.query_php_http_build_query },
  ];
  const multipart = {
    form: "php multipart",
    contentType: `multipart/form-data; boundary=${BOUNDARY}`,
    bytes: `${parts.join("")}--${BOUNDARY}--\r\n`,
  };
  return method === "GET" ? forms : [...forms, multipart];
}

function stocked() {
  const to = backend();
  for (const clientNo of ["20190815002", "T201908150002", "t~1", "T1"]) to.payments.push(payment({ clientNo }));
  return to;
}

async function errorOf(wire: WireRequest, to = stocked()) {
  return jsonOf(await handle(wire, to)).error;
}

describe("requests recorded from the four official SDKs", () => {
  it("have a place for every vector", () => {
    expect(vectors.requests.map((vector) => vector.id).sort()).toEqual(Object.keys(PLACES).sort());
    expect(CASES.length).toBeGreaterThan(150);
  });

  it.each(CASES)("are accepted: $name", async ({ lacks, wire }) => {
    const json = jsonOf(await handle(wire, stocked()));
    if (lacks === undefined) expect(json.is_success).toBe(true);
    else expect(json).toEqual({ is_success: false, error: "PARAM_ERROR", error_message: expect.stringContaining(`${lacks} is required`) });
  });

  it.each(CASES)("are refused once a value is changed: $name", async ({ wire }) => {
    const tamper = (text: string) => text.replace(/(T1|t~1|t%7E1|20190815\d*)/, (found) => `${found}1`);
    const body = Buffer.from(tamper(Buffer.from(wire.body).toString("utf8")), "utf8");
    const query = tamper(wire.query);
    expect(query !== wire.query || Buffer.compare(body, wire.body) !== 0).toBe(true);
    expect(await errorOf({ ...wire, query, body })).toBe("ILLEGAL_SECURITY_PROFILE");
  });

  it.each(CASES)("are refused under another merchant's key, and for a merchant nobody knows: $name", async ({ wire }) => {
    const to = stocked();
    to.callers.splice(0, 1, { ...MERCHANT, callerPublicKey: vectors.keys.gateway_public });
    expect(await errorOf(wire, to)).toBe("ILLEGAL_SECURITY_PROFILE");
    to.callers.splice(0, 1);
    expect(await errorOf(wire, to)).toBe("ILLEGAL_SECURITY_PROFILE");
  });

  it.each(CASES)("are refused ten minutes late or early: $name", async ({ wire }) => {
    const moved = (ms: number) => ({ ...wire, receivedAt: new Date(wire.receivedAt.getTime() + ms) });
    expect(await errorOf(moved(600_000))).toBe("ILLEGAL_SECURITY_PROFILE");
    expect(await errorOf(moved(-606_000))).toBe("ILLEGAL_SECURITY_PROFILE");
  });

  it.each(vectors.requests)("give the recorded strings to sign: $id", ({ params, timestamp, expected }) => {
    const fields = new Map(Object.entries(params).filter((pair): pair is [string, string] => pair[1] !== undefined));
    const texts = requestTexts(fields, timestamp);
    expect(texts.toSorted()).toEqual(expected.map((each) => each.string_to_sign).toSorted());
  });
});

describe("recorded notifications", () => {
  const keys: Record<string, string> = {
    sandbox: Object.entries(vectors.keys).find(([name]) => name.startsWith("hipopay_sandbox_public"))?.[1] ?? "",
    gateway: vectors.keys.gateway_public,
  };

  it.each(vectors.notifications)("are signed over our text exactly when they are genuine: $id", (vector) => {
    const fields = new Map(Object.entries(vector.params).filter((pair): pair is [string, string] => pair[1] !== undefined));
    const text = notificationText(fields, vector.timestamp);
    expect(text).toBe(vector.string_to_sign);
    const key = keys[vector.public_key] ?? "";
    const fits = verify("sha256", Buffer.from(text), key, Buffer.from(vector.signature_b64, "base64"));
    expect(fits).toBe(vector.valid_independent_python);
  });

  it("a payment like the recorded one gives its very text and signature", () => {
    const vector = vectors.notifications.find((each) => each.id === "v3_12_fields");
    const paid = payment({
      no: "2019081517201983250411445",
      method: "wechat.mini_program",
      clientNo: "A-1",
      amount: "8.88",
      exchangeRate: "0.8818900000",
      payAmount: "7.83",
      notifyUrl: "https://shop.example/n",
      createdAt: new Date("2020-09-13T12:26:40Z"),
      paidAt: new Date("2020-09-13T12:27:01Z"),
    });
    const message = hipopayMerchantDialect.notification(MERCHANT, paid, new Date(1_600_000_000_999));
    expect(Object.fromEntries(new URLSearchParams(message?.body))).toEqual(vector?.params);
    expect(message?.headers).toMatchObject({ Signature: vector?.signature_b64, Timestamp: vector?.timestamp });
  });
});

it("a signature over another Timestamp's text is refused, though it names the same second", async () => {
  const fields = "out_trade_id=nobody";
  const signature = sign("sha256", Buffer.from(`${fields},1565861695`), vectors.keys.merchant_private_pkcs8).toString("base64");
  const headers = { merchantno: MERCHANT.callerNo, signature, version: "1.0" };
  const wire = request({ method: "GET", path: "/payment", query: fields });
  const ask = (timestamp: string) => errorOf({ ...wire, headers: { ...headers, timestamp } });
  expect(await ask("1565861695")).toBe("PAYMENT_NOT_FOUND");
  expect(await ask("1565861695.0")).toBe("ILLEGAL_SECURITY_PROFILE");
});
