import { createSign } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compatKeys } from "#db/schema/compat-keys.ts";
import { SECRET_COLUMN } from "#lib/compat/caller.ts";
import { type CompatWorld, compatWorld } from "#lib/compat/world-testing.ts";
import fengniao from "#lib/gateways/fengniao/vectors.json" with { type: "json" };
import agent from "#lib/gateways/hipopay-agent/vectors.json" with { type: "json" };
import merchant from "#lib/gateways/hipopay-merchant/vectors.json" with { type: "json" };
import mpgateway from "#lib/gateways/mpgateway/vectors.json" with { type: "json" };
import xxpay from "#lib/gateways/xxpay/vectors.json" with { type: "json" };
import { bySorted, FORM, strictly } from "#lib/payments/by-hand-testing.ts";
import { sealFor } from "#lib/secrets.ts";

/**
 * The recorded bytes of other people's clients, as they stand in the vectors, signatures and all: the key is given the numbers and
 * the secret those clients had. HipoPay's carry a time, so those are signed anew with the vectors' own private key.
 */
let world: CompatWorld;
beforeAll(async () => {
  world = await compatWorld();
  await world.addAccount("mpgateway");
});
afterAll(() => world.close());

/** A key under somebody's old numbers. */
async function keyAs(gateway: string, numbers: Partial<typeof compatKeys.$inferInsert>, secret?: string): Promise<string> {
  const { keyId, baseUrl } = await world.key(gateway);
  const sealed = secret === undefined ? {} : { secret: sealFor(SECRET_COLUMN, keyId, secret) };
  await world.database
    .update(compatKeys)
    .set({ ...numbers, ...sealed })
    .where(eq(compatKeys.id, keyId));
  return baseUrl;
}

async function post(url: string, body: string, headers: Record<string, string> = {}): Promise<Record<string, unknown>> {
  return (await (await fetch(url, { method: "POST", headers: { ...FORM, ...headers }, body })).json()) as Record<string, unknown>;
}

describe("mpgateway", () => {
  /** What the document answers; a number of five characters is none (§3.1.2), and nobody was paid under the cancel's number. */
  const ANSWERS: Record<string, string> = {
    pay_alisao: "00",
    pay_chinese: "00",
    pay_payway_extra: "01",
    query_by_orderid: "00",
    cancel: "04",
    csharp_style: "01",
  };

  it("reads every recorded request, its own signature included", async () => {
    const numbers = { callerNo: "89900100", merchantNo: "89900100" };
    const baseUrl = await keyAs("mpgateway", numbers, mpgateway.requests[0]?.key ?? "");
    const answers: Record<string, unknown> = {};
    for (const request of mpgateway.requests) {
      const { resp } = await post(baseUrl + (request.endpoint ?? "/api/mpgateway"), request.form_body);
      answers[request.id] = JSON.parse(Buffer.from(String(resp), "base64").toString("utf8")).respcode;
    }
    expect(answers).toEqual(ANSWERS);
  });
});

describe("xxpay", () => {
  it("reads the recorded requests of three clients under their own signatures", async () => {
    const key = xxpay.cases[0]?.key ?? "";
    const appId = "0ae8be35ff634e2abe94f5f32f6d5c4f";
    const baseUrl = await keyAs("xxpay", { callerNo: "20001222", merchantNo: "20001222", appId }, key);
    const asked = async (id: string, path: string) => {
      const { params_json = "{}", expected } = xxpay.cases.find((one) => one.id === id) ?? {};
      const params = params_json.replace(/\}$/, `,"sign":"${expected?.sign}"}`);
      return post(baseUrl + path, `params=${encodeURIComponent(params)}`);
    };
    // 8000 wants three columns in param1 (§2.1.4), which this client left empty; the signature was good.
    expect(await asked("create_basic", "/api/pay/create_order")).toMatchObject({
      errCode: "0014",
      errDes: expect.stringContaining("param1"),
    });
    expect(await asked("trans_create", "/api/trans/create_order")).toMatchObject({ errCode: "0014" });
    await keyAs("xxpay", { callerNo: "1000000010", merchantNo: "1000000010", appId }, key);
    expect(await asked("query_pay", "/api/pay/query_order")).toMatchObject({ errCode: "0112" });
    // Signed over an empty param2, which the document leaves out: refused as forged, here as there.
    expect(await post(`${baseUrl}/api/pay/create_order`, xxpay.go_haojiehpay[0]?.form_body ?? "")).toMatchObject({ errCode: "0013" });
  });
});

describe("fengniao", () => {
  it("reads every recorded request under its own signature", async () => {
    const one = fengniao.requests[0];
    await keyAs("fengniao", { callerNo: one?.app_id ?? "", merchantNo: "20170815152552020001" }, one?.secret ?? "");
    const seed = fengniao.requests.find(({ id }) => id === "seed_worked_example");
    await keyAs("fengniao", { callerNo: seed?.app_id ?? "", merchantNo: "20170815152552020001x" }, seed?.secret ?? "");
    const sharp = fengniao.requests.find(({ id }) => id === "csharp_style_reimplemented");
    const baseUrl = await keyAs("fengniao", { callerNo: sharp?.app_id ?? "", merchantNo: "M1" }, sharp?.secret ?? "");
    const answers: Record<string, unknown> = {};
    for (const request of fengniao.requests) answers[request.id] = (await post(`${baseUrl}/gateway`, request.form_body)).error_code;
    expect(answers).toEqual({
      qr_basic: 0,
      // Their merchant numbers are not these keys': the signature was good, the merchant is somebody else's.
      seed_worked_example: 10003,
      chinese_string_amount: 10003,
      empty_values: 10008,
      trade_query: 0,
      csharp_style_reimplemented: 0,
    });
  });
});

describe("HipoPay", () => {
  const sign = (fields: Record<string, string>, timestamp: string) =>
    createSign("RSA-SHA256")
      .update(`${bySorted(fields, strictly)},${timestamp}`)
      .sign(agent.keys.merchant_private_pkcs8, "base64");
  const now = () => `${Math.floor(Date.now() / 1000)}`;

  it("takes the agents' recorded bodies, byte for byte, in the three encodings they were sent in", async () => {
    const baseUrl = await keyAs("hipopay-agent", { callerNo: "A1", merchantNo: "xxx", callerPublicKey: agent.keys.merchant_public });
    const request = agent.requests.find(({ id }) => id === "000_scanned_pay_seed");
    const fields = Object.fromEntries(Object.entries(request?.params ?? {})) as Record<string, string>;
    for (const body of [request?.form_body_python_requests, request?.form_body_node_querystring, request?.query_php_http_build_query]) {
      const Timestamp = now();
      const headers = { AgentNo: "A1", Version: "1.0", Timestamp, Signature: sign(fields, Timestamp) };
      expect(await post(`${baseUrl}/order/scanned_pay`, body ?? "", headers)).toMatchObject({ meta: { status_code: 200 } });
    }
    const Signature = request?.expected[0]?.signature_b64 ?? "";
    const old = { AgentNo: "A1", Version: "1.0", Timestamp: request?.timestamp ?? "", Signature };
    expect(await post(`${baseUrl}/order/scanned_pay`, request?.form_body_python_requests ?? "", old)).toMatchObject({
      meta: { status_code: 411 },
    });
  });

  it("takes the merchants' recorded bodies", async () => {
    const numbers = { callerNo: "HP0000000001", merchantNo: "HP0000000001", callerPublicKey: agent.keys.merchant_public };
    const baseUrl = await keyAs("hipopay-merchant", numbers);
    for (const id of ["plain", "chinese"]) {
      const request = merchant.requests.find((one) => one.id === id);
      const fields = Object.fromEntries(Object.entries(request?.params ?? {})) as Record<string, string>;
      const Timestamp = now();
      const headers = { MerchantNo: "HP0000000001", Version: "1.0", Timestamp, Signature: sign(fields, Timestamp) };
      const made = await post(`${baseUrl}/wechatpay/qrcode/payment`, request?.form_body_python_requests ?? "", headers);
      expect(made).toMatchObject({ is_success: true, response: { amount: fields.amount, out_trade_id: fields.out_trade_id } });
    }
  });
});
