import { describe, expect, it } from "vitest";
import { rsaSha256Sign } from "#lib/crypto/rsa.ts";
import { answer } from "#lib/gateways/fake-port.ts";
import { stringToSign } from "#lib/gateways/hipopay/canonical.ts";
import { capabilities } from "#lib/gateways/hipopay-merchant/capabilities.ts";
import { BASE_URL, bodyOf, createRequest, credentials, openedAccount, vectors } from "#lib/gateways/hipopay-merchant/test-account.ts";
import { expectedOf } from "#lib/gateways/vectors.ts";

describe("our requests equal the official Python SDK's byte for byte", () => {
  it.each(vectors.requests)("$id", (request) => {
    const expected = expectedOf(request, "hipopay-python-sdk");
    expect(stringToSign(request.params, request.timestamp)).toBe(expected.text);
    expect(rsaSha256Sign(stringToSign(request.params, request.timestamp), credentials.privateKey)).toBe(expected.signature);
  });

  it("and the vectors do tell escapings apart", () => {
    const divergent = vectors.requests.filter(({ expected }) => expected.length > 1);
    expect(divergent.map(({ id }) => id)).toContain("reserved_divergent");
  });

  it.each(capabilities.filter(({ vector, method }) => vector === "plain" && method !== null))(
    "$method has the fields of the vector it names",
    async ({ method }) => {
      const plain = vectors.requests.find(({ id }) => id === "plain");
      if (!method || !plain) throw new Error("no vector plain");
      const { account, port } = openedAccount([answer("")]);
      await account.create(method, createRequest());
      expect(Object.keys(bodyOf(port.sent[0])).sort()).toEqual(Object.keys(plain.params).sort());
    },
  );
});

it("a POST carries the four headers, and its body is what was signed", async () => {
  const { account, port } = openedAccount([answer("")]);
  await account.create("wechat.native", createRequest());
  const [sent] = port.sent;
  expect(sent?.headers).toMatchObject({ MerchantNO: "WC8888888888888", Version: "1.0", Timestamp: "1795147200" });
  expect(sent?.headers["Content-Type"]).toBe("application/x-www-form-urlencoded");
  expect(sent?.headers.Signature).toBe(rsaSha256Sign(`${sent?.body},1795147200`, credentials.privateKey));
});

it("a GET signs its query and has no body", async () => {
  const { account, port } = openedAccount([answer("")]);
  await account.rate?.("wechat", "USD");
  const [sent] = port.sent;
  expect(sent).toMatchObject({ method: "GET", url: `${BASE_URL}/wechatpay/forex_rate?currency=USD`, body: null });
  expect(sent?.headers.Signature).toBe(rsaSha256Sign("currency=USD,1795147200", credentials.privateKey));
});
