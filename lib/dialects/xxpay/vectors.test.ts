import { describe, expect, it } from "vitest";
import { payment } from "#lib/dialects/testing/fake-backend.ts";
import { xxpayDialect } from "#lib/dialects/xxpay/index.ts";
import { readObject } from "#lib/dialects/xxpay/json.ts";
import { canonicalText, isSignedWith, signatureOf } from "#lib/dialects/xxpay/signature.ts";
import { backend, KEY, opened, request } from "#lib/dialects/xxpay/testing/drive.ts";
import vectors from "#lib/dialects/xxpay/vectors.json" with { type: "json" };

const { handle } = xxpayDialect;

/**
 * Where a recorded request belongs, and the errCode of its answer: 8000 without param1 is 0014 and the order is unknown,
 * so both passed the door.
 */
const PLACES: Record<string, { path: string; errCode?: string; names?: string }> = {
  create_basic: { path: "/api/pay/create_order", errCode: "0014", names: "param1" },
  query_pay: { path: "/api/pay/query_order", errCode: "0112" },
  trans_create: { path: "/api/trans/create_order" },
  zero_values: { path: "/api/query/query_balance" },
  unknown_extra_lowercase: { path: "/api/query/query_balance" },
};

function stocked() {
  const to = backend();
  // Some vectors name merchant 1.
  for (const caller of to.callers) if (caller.callerNo === "1") caller.secret = KEY;
  return to;
}

/** Every way the same fields come: params or flat, in the body or the query, either hex case. */
const CASES = vectors.cases.flatMap((vector) => {
  const place = PLACES[vector.id];
  if (!place) return [];
  const withSign = (sign: string) => vector.params_json.replace(/}$/, `,"sign":"${sign}"}`);
  const params = new URLSearchParams({ params: withSign(vector.expected.sign) }).toString();
  const values = Object.entries(JSON.parse(withSign(vector.expected.sign)) as Record<string, unknown>);
  const flat = new URLSearchParams(values.map(([name, value]) => [name, String(value)])).toString();
  return [
    { form: "params in the body", wire: request({ path: place.path, text: params }) },
    { form: "params in the query", wire: request({ path: place.path, query: params }) },
    { form: "flat body", wire: request({ path: place.path, text: flat }) },
    { form: "flat query, GET", wire: request({ method: "GET", path: place.path, query: flat }) },
    {
      form: "lower-case sign",
      wire: request({ path: place.path, text: new URLSearchParams({ params: withSign(vector.expected.sign.toLowerCase()) }).toString() }),
    },
  ].map((each) => ({ ...each, ...place, id: vector.id }));
});

describe("recorded signatures", () => {
  it.each(vectors.cases)("$id is reproduced", ({ params_json, key, expected }) => {
    const fields = readObject(params_json) ?? new Map();
    expect(`${canonicalText(fields)}&key=${key}`).toBe(expected.string_to_sign);
    expect(signatureOf(fields, key)).toBe(expected.sign);
  });

  it.each(vectors.cases)(
    "$id: another client's sign is taken exactly when it follows the rule",
    ({ params_json, key, expected, ...rest }) => {
      const others = Object.values("other_clients" in rest ? (rest.other_clients ?? {}) : {});
      for (const sign of [expected.sign, expected.sign.toLowerCase(), ...others]) {
        const fields = new Map([...(readObject(params_json) ?? []), ["sign", sign]]);
        expect(isSignedWith(key, fields)).toBe(sign.toUpperCase() === expected.sign);
      }
    },
  );
});

describe("recorded requests", () => {
  it.each(CASES)("are accepted: $id, $form", async ({ wire, errCode, names }) => {
    const { status, json } = opened(await handle(wire, stocked()));
    expect([status, json.retCode, json.errCode]).toEqual([200, errCode ? "FAIL" : "SUCCESS", errCode]);
    if (names) expect(json.errDes).toContain(names);
  });

  it.each(CASES)("are 0013 under another key: $id, $form", async ({ wire }) => {
    const to = stocked();
    for (const caller of to.callers) caller.secret = "another key";
    expect(opened(await handle(wire, to))).toMatchObject({ status: 200, signed: "not", json: { errCode: "0013" } });
    expect([to.created, to.paidOut]).toEqual([[], []]);
  });

  it("a client that signs an empty value is refused: seeds/003 §1.3 leaves it out", async () => {
    const [vector] = vectors.go_haojiehpay;
    const wrongly = request({ text: vector?.form_body ?? "" });
    expect(opened(await handle(wrongly, backend())).json).toMatchObject({ errCode: "0013" });
    const sign = signatureOf(readObject(vector?.params_json ?? "") ?? new Map(), KEY);
    const rightly = request({ text: (vector?.form_body ?? "").replace(vector?.sign ?? "", sign) });
    expect(opened(await handle(rightly, backend())).json).toMatchObject({ retCode: "SUCCESS" });
  });
});

it("a create is answered with the recorded payUrl and sign", async () => {
  const vector = vectors.cases.find(({ id }) => id === "response_create_with_payParams");
  const recorded = JSON.parse(vector?.params_json ?? "");
  const to = backend();
  to.create = async (_caller, asked) => ({
    ok: true,
    value: payment({ ...asked, no: recorded.payOrderId, code: "bax07593fh9xkcrimmy8203b", state: "INIT" }),
  });
  const [sent] = vectors.go_haojiehpay;
  const params = JSON.parse(sent?.params_json ?? "");
  const fields = { ...params, productId: "8006" };
  const sign = signatureOf(new Map(Object.entries(fields)), KEY);
  const reply = await handle(request({ text: new URLSearchParams({ ...fields, sign }).toString() }), to);
  expect(JSON.parse(reply.body)).toEqual({ ...recorded, retMsg: "", sign: vector?.expected.sign });
  expect(reply.body).not.toContain("\\/");
});
