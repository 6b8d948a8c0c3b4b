import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rsaSha256Sign } from "#lib/crypto/rsa.ts";
import { answer } from "#lib/gateways/fake-port.ts";
import { canonicalRequest, stringToSign } from "#lib/gateways/hipopay/canonical.ts";
import { WECHAT_SAMPLES } from "#lib/gateways/hipopay-agent/samples-wechat.ts";
import { createRequest, credentials, openedAccount, vectors } from "#lib/gateways/hipopay-agent/test-account.ts";
import { expectedOf } from "#lib/gateways/vectors.ts";
import { parseForm } from "#lib/gateways/wire.ts";

describe("our requests equal the official Python SDK's byte for byte", () => {
  it.each(vectors.requests)("$id", (request) => {
    const expected = expectedOf(request, "hipopay-python-sdk");
    expect(stringToSign(request.params, request.timestamp)).toBe(expected.text);
    expect(rsaSha256Sign(stringToSign(request.params, request.timestamp), credentials.privateKey)).toBe(expected.signature);
  });

  it("and the vectors do tell escapings apart", () => {
    const divergent = vectors.requests.filter(({ expected }) => expected.length > 1);
    expect(divergent.map(({ id }) => id)).toContain("000_divergent_chars");
  });
});

describe("canonical request", () => {
  const fields = fc.dictionary(fc.stringMatching(/^[a-z_]{1,12}$/), fc.string({ unit: "grapheme", maxLength: 40 }), { maxKeys: 12 });

  it("is sorted by name and uses only unreserved signs, percent escapes, = and &", () => {
    fc.assert(
      fc.property(fields, (values) => {
        const text = canonicalRequest(values);
        expect(text).toMatch(/^(?:[A-Za-z0-9_.\-=&]|%[0-9A-F]{2})*$/);
        const names = text === "" ? [] : text.split("&").map((pair) => pair.slice(0, pair.indexOf("=")));
        expect(names).toEqual([...names].sort());
        expect(names).toHaveLength(Object.keys(values).length);
      }),
    );
  });

  it("loses nothing: what is sent decodes to what was meant", () => {
    fc.assert(
      fc.property(fields, (values) => {
        expect(parseForm(canonicalRequest(values))).toEqual({ ok: true, fields: values });
      }),
    );
  });

  it("does not depend on the order fields were written in", () => {
    fc.assert(
      fc.property(fields, (values) => {
        const reversed = Object.fromEntries(Object.entries(values).reverse());
        expect(canonicalRequest(reversed)).toBe(canonicalRequest(values));
      }),
    );
  });
});

it("a POST carries the four headers, and its body is what was signed", async () => {
  const { account, port } = openedAccount([answer(WECHAT_SAMPLES.scannedPay)]);
  await account.create("wechat.native", createRequest());
  const [sent] = port.sent;
  expect(sent?.headers).toMatchObject({ AgentNo: "123456", Version: "1.0", Timestamp: "1795147200" });
  expect(sent?.headers["Content-Type"]).toBe("application/x-www-form-urlencoded");
  expect(sent?.headers.Signature).toBe(rsaSha256Sign(`${sent?.body},1795147200`, credentials.privateKey));
});

it("a GET signs its query and has no body", async () => {
  const { account, port } = openedAccount([answer(WECHAT_SAMPLES.rate)]);
  await account.rate?.("wechat", "USD");
  const [sent] = port.sent;
  expect(sent).toMatchObject({ method: "GET", url: "https://api.hipopay.test/agent/rate?currency=USD&merchant_no=xxx", body: null });
  expect(sent?.headers.Signature).toBe(rsaSha256Sign("currency=USD&merchant_no=xxx,1795147200", credentials.privateKey));
});
