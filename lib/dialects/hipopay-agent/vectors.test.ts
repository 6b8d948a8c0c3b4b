import { sign } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { WireRequest } from "#lib/dialects/dialect.ts";
import { requestTexts } from "#lib/dialects/hipopay/signature.ts";
import { hipopayAgentDialect } from "#lib/dialects/hipopay-agent/index.ts";
import { AGENT, backend, jsonOf, request } from "#lib/dialects/hipopay-agent/testing/drive.ts";
import vectors from "#lib/dialects/hipopay-agent/vectors.json" with { type: "json" };
import { payment } from "#lib/dialects/testing/fake-backend.ts";

const BOUNDARY = "------------------------d74496d66958873e";

/** Where each recorded request belongs, and what a genuine one answers there. The divergent one has no ip, so a 400 naming it proves the signature fit. */
const PLACES: Record<string, { method: "GET" | "POST"; path: string; status: number; names?: string }[]> = {
  "000_scanned_pay_seed": [{ method: "POST", path: "/order/scanned_pay", status: 200 }],
  "000_alipay_wap_seed": [{ method: "POST", path: "/alipay/wap_pay", status: 200 }],
  "000_refund_min": [{ method: "POST", path: "/refund", status: 200 }],
  "000_query_get": [{ method: "GET", path: "/order", status: 200 }],
  "000_divergent_chars": [
    { method: "GET", path: "/rate", status: 200 },
    { method: "POST", path: "/order/scanned_pay", status: 400, names: "ip" },
  ],
  "000_empty_value": [{ method: "POST", path: "/order/scanned_pay", status: 200 }],
};

interface Case {
  name: string;
  place: { method: "GET" | "POST"; path: string; status: number; names?: string };
  wire: WireRequest;
}

const CASES: Case[] = vectors.requests.flatMap((vector) =>
  (PLACES[vector.id] ?? []).flatMap((place) =>
    vector.expected.flatMap((expected, sdk) =>
      formsOf(vector).map(({ form, contentType, bytes }) => ({
        name: `${vector.id} ${place.method} ${place.path}, SDK ${sdk}, ${form}`,
        place,
        wire: request({
          method: place.method,
          path: place.path,
          query: place.method === "GET" ? bytes : "",
          text: place.method === "POST" ? bytes : "",
          receivedAt: new Date(Number(vector.timestamp.slice(0, 10)) * 1000 + 5000),
          headers: {
            AgentNo: AGENT.callerNo,
            MerchantNo: "ignored",
            Signature: expected.signature_b64,
            Version: "1.0",
            TIMESTAMP: vector.timestamp,
            "Content-Type": contentType,
          },
        }),
      })),
    ),
  ),
);

function formsOf(vector: (typeof vectors.requests)[number]) {
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
  const isGet = PLACES[vector.id]?.some((place) => place.method === "GET");
  return isGet ? forms : [...forms, multipart];
}

function stocked() {
  const to = backend();
  to.payments.push(payment({ no: "2017062015040461510" }), payment());
  return to;
}

describe("requests recorded from the four official SDKs", () => {
  it("have a place for every vector", () => {
    expect(vectors.requests.map((vector) => vector.id).sort()).toEqual(Object.keys(PLACES).sort());
    expect(CASES.length).toBeGreaterThan(40);
  });

  it.each(CASES)("are accepted: $name", async ({ place, wire }) => {
    const reply = await hipopayAgentDialect.handle(wire, stocked());
    expect(reply.status).toBe(place.status);
    if (place.names) expect(jsonOf(reply).meta.message).toContain(place.names);
  });

  it.each(CASES)("are 401 once a value is changed: $name", async ({ wire }) => {
    const tamper = (text: string) => text.replace(/(HKD|201706|1498)/, (found) => `${found}1`);
    const body = Buffer.from(tamper(Buffer.from(wire.body).toString("utf8")), "utf8");
    const query = tamper(wire.query);
    expect(query !== wire.query || Buffer.compare(body, wire.body) !== 0).toBe(true);
    expect((await hipopayAgentDialect.handle({ ...wire, query, body }, stocked())).status).toBe(401);
  });

  it.each(CASES)("are 401 under another agent's key, and 401 for an agent nobody knows: $name", async ({ wire }) => {
    const to = stocked();
    to.callers.splice(0, 1, { ...AGENT, callerPublicKey: vectors.keys.gateway_public });
    expect((await hipopayAgentDialect.handle(wire, to)).status).toBe(401);
    to.callers.splice(0, 1);
    expect((await hipopayAgentDialect.handle(wire, to)).status).toBe(401);
  });

  it.each(CASES)("are 411 ten minutes late or early: $name", async ({ wire }) => {
    const moved = (ms: number) => ({ ...wire, receivedAt: new Date(wire.receivedAt.getTime() + ms) });
    expect((await hipopayAgentDialect.handle(moved(600_000), stocked())).status).toBe(411);
    expect((await hipopayAgentDialect.handle(moved(-606_000), stocked())).status).toBe(411);
  });

  it.each(vectors.requests)("give the recorded strings to sign: $id", ({ params, timestamp, expected }) => {
    const fields = new Map(Object.entries(params).filter((pair): pair is [string, string] => pair[1] !== undefined));
    const texts = requestTexts(fields, timestamp);
    expect(texts.toSorted()).toEqual(expected.map((each) => each.string_to_sign).toSorted());
  });
});

it("a signature over another Timestamp's text is refused, though it names the same second", async () => {
  const fields = "order_no=1";
  const signature = sign("sha256", Buffer.from(`${fields},1526630400`), vectors.keys.merchant_private_pkcs8).toString("base64");
  const headers = { agentno: "123456", signature, version: "1.0" };
  const wire = request({ method: "GET", path: "/order", query: fields, headers });
  const ask = (timestamp: string) => hipopayAgentDialect.handle({ ...wire, headers: { ...headers, timestamp } }, backend());
  expect((await ask("1526630400")).status).toBe(404);
  expect((await ask("1526630400.0")).status).toBe(401);
});
