import { describe, expect, it } from "vitest";
import { mpgatewayDialect } from "#lib/dialects/mpgateway/index.ts";
import { isSignedWith, signatureOf } from "#lib/dialects/mpgateway/signature.ts";
import { backend, MERCHANT, opened, request } from "#lib/dialects/mpgateway/testing/drive.ts";
import vectors from "#lib/dialects/mpgateway/vectors.json" with { type: "json" };
import { payment } from "#lib/dialects/testing/fake-backend.ts";

const { handle } = mpgatewayDialect;

/** What a genuine one answers: the recorded T0001 is too short for an orderid, so a refusal naming it proves the signature fitted. */
const ANSWERS: Record<string, { path: string; respcode: string; names?: string }> = {
  pay_alisao: { path: "/api/mpgateway", respcode: "00" },
  pay_chinese: { path: "/api/mpgateway", respcode: "00" },
  pay_payway_extra: { path: "/api/mpgateway", respcode: "01", names: "orderid" },
  query_by_orderid: { path: "/api/query", respcode: "00" },
  cancel: { path: "/api/cancel", respcode: "00" },
  csharp_style: { path: "/api/mpgateway", respcode: "01", names: "orderid" },
};

function stocked() {
  const to = backend();
  const order = { method: "alipay.qr", currency: "CNY", amount: "1.00", state: "INIT", paidAt: null } as const;
  to.payments.push(payment({ ...order, clientNo: "O2018050112345678" }), payment({ ...order, no: "201805011234567890" }));
  return to;
}

/** Every way the same bytes come: body, query, either hex case, a bare + that became a space, Java's line breaks. */
const CASES = vectors.requests.flatMap((vector) => {
  const place = ANSWERS[vector.id];
  if (!place) return [];
  const upper = vector.form_body.replace(/sign=.*$/, (sign) => `sign=${sign.slice(5).toUpperCase()}`);
  const forms = [
    { form: "body", wire: request({ path: place.path, text: vector.form_body }) },
    { form: "query", wire: request({ path: place.path, query: vector.form_body }) },
    { form: "upper-case sign", wire: request({ path: place.path, text: upper }) },
    { form: "req not URL-encoded", wire: request({ path: place.path, text: `req=${vector.req}&sign=${vector.sign}` }) },
  ];
  return forms.map((each) => ({ ...each, ...place, id: vector.id, sign: vector.sign }));
});

describe("requests recorded from real clients", () => {
  it("have a place for every vector", () => {
    expect(vectors.requests.map(({ id }) => id).toSorted()).toEqual(Object.keys(ANSWERS).toSorted());
  });

  it.each(CASES)("are accepted: $id, $form", async ({ wire, respcode, names }) => {
    const { signed, json, reply } = opened(await handle(wire, stocked()));
    expect([reply.status, signed, json.respcode]).toEqual([200, "good", respcode]);
    if (names) expect(json.respmsg).toContain(names);
  });

  it.each(CASES)("are refused once their sign is another's: $id, $form", async ({ wire, sign }) => {
    const swap = (text: string) => text.replace(new RegExp(sign, "i"), signatureOf("e30=", vectors.requests[0]?.key ?? ""));
    const forged = { ...wire, query: swap(wire.query), body: Buffer.from(swap(Buffer.from(wire.body).toString())) };
    const to = stocked();
    expect(opened(await handle(forged, to))).toMatchObject({ signed: "good", json: { respcode: "03" } });
    expect(to.created).toEqual([]);
  });

  it.each(vectors.requests)("give the recorded sign: $id", ({ req, sign, key }) => {
    expect(signatureOf(req, key)).toBe(sign);
    expect(isSignedWith(key, req, sign.toUpperCase())).toBe(true);
    expect(isSignedWith(`${key}0`, req, sign)).toBe(false);
  });
});

it("a create is answered with the recorded bytes", async () => {
  const [vector] = vectors.responses;
  const to = backend();
  to.create = async (_caller, asked) => ({
    ok: true,
    value: payment({ ...asked, no: "201805011234567890", code: "bax07593fh9xkcrimmy8203b", state: "INIT" }),
  });
  const recorded = JSON.parse(vector?.json_text ?? "");
  const sent = vectors.requests.find(({ id }) => id === "pay_alisao");
  const { reply, json } = opened(await handle(request({ text: sent?.form_body ?? "" }), to));
  expect(json).toEqual({ ...recorded, orderid: "O2018050112345678" });
  const { resp, sign } = JSON.parse(vector?.http_body ?? "") as { resp: string; sign: string };
  expect(signatureOf(resp, vector?.key ?? "")).toBe(sign);
  expect(Object.keys(JSON.parse(reply.body))).toEqual(["resp", "sign"]);
  expect(Object.keys(json)).toEqual(Object.keys(recorded));
});

describe("recorded notifications", () => {
  const paid = payment({
    no: "201805011234567890",
    clientNo: "O2018050112345678",
    currency: "CNY",
    amount: "1.00",
    notifyUrl: "http://pay.example/notify.php",
    paidAt: new Date("2018-05-01T04:34:56Z"),
  });

  it("are reproduced byte for byte", () => {
    const vector = vectors.notifications.find(({ id }) => id === "paid");
    const message = mpgatewayDialect.notification(MERCHANT, paid, new Date(0));
    expect(message).toEqual({
      method: "POST",
      url: "http://pay.example/notify.php",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
      body: vector?.form_body,
    });
  });

  it("of a failed payment differ in the words alone", () => {
    const vector = vectors.notifications.find(({ id }) => id === "failed_1003");
    const failed = { ...paid, no: "3", clientNo: "SN1", state: "FAIL" as const, paidAt: null };
    const resp = new URLSearchParams(mpgatewayDialect.notification(MERCHANT, failed, new Date(0))?.body).get("resp") ?? "";
    const recorded = JSON.parse(vector?.json_text ?? "");
    expect(JSON.parse(Buffer.from(resp, "base64").toString())).toEqual({ ...recorded, resultmsg: "交易失败" });
  });
});
