import { describe, expect, it } from "vitest";
import { COMPAT_GATEWAYS, compatGatewayById, newCompatNo } from "#lib/compat/gateways.ts";
import { compatMap } from "#lib/compat/map.ts";
import { COMPAT_FORMATS } from "#lib/compat/notices.ts";
import { readPublicKey } from "#lib/compat/public-key.ts";
import { newRsaKeyPair } from "#lib/crypto/rsa.ts";
import { dialectById } from "#lib/dialects/registry.ts";
import { NOTICE_FORMATS } from "#lib/webhooks/format.ts";

describe("the gateways a shop may have been written for", () => {
  it("are those whose side of the wire we speak, and each has its notice as a format", () => {
    const ids = COMPAT_GATEWAYS.map(({ id }) => id);
    expect(ids.filter((id) => dialectById(id) === null)).toEqual([]);
    expect([...ids].sort()).toEqual(NOTICE_FORMATS.filter((id) => id !== "standard").sort());
    expect(Object.keys(COMPAT_FORMATS).sort()).toEqual([...ids].sort());
    expect(compatGatewayById("standard")).toBeNull();
  });

  it("are told again on their documents' schedules, and believe the word the page prints and no other", () => {
    for (const { id, word, retrySeconds } of compatMap()) {
      const format = COMPAT_FORMATS[id];
      expect(format.retrySeconds).toEqual(retrySeconds);
      expect([id, format.acknowledged({ status: 200, body: word })]).toEqual([id, true]);
      for (const reply of [
        { status: 200, body: "no" },
        { status: 500, body: word },
        { status: 200, body: "" },
      ]) {
        expect([id, format.acknowledged(reply)]).toEqual([id, false]);
      }
    }
  });

  it("give numbers as their documents write them, never twice the same", () => {
    const shapes = { "hipopay-agent": [/^[1-9]\d{8}$/, /^WC\d{10}$/], "hipopay-merchant": [/^[1-9]\d{9}$/], mpgateway: [/^[1-9]\d{14}$/] };
    for (const { id, numbers } of COMPAT_GATEWAYS) {
      const [one, other] = [numbers(), numbers()];
      expect(one.callerNo).not.toBe(other.callerNo);
      const [caller, merchant] = shapes[id as keyof typeof shapes] ?? [/^[1-9]\d{9,15}$/];
      expect(one.callerNo).toMatch(caller ?? /^$/);
      if (merchant) expect(one.merchantNo).toMatch(merchant);
      // A client that reads a number must not lose a digit of xxpay's.
      if (id === "xxpay") expect(Number(one.callerNo).toString()).toBe(one.callerNo);
    }
    expect(newCompatNo(new Date("2026-11-20T17:00:00Z"))).toMatch(/^20261121010000\d{11}$/);
  });
});

describe("a pasted public key", () => {
  const { publicKey, privateKey } = newRsaKeyPair();
  const bare = publicKey.replace(/-----[^-]+-----|\s/g, "");

  it("is read as PEM, as bare base64, and with blanks around it", () => {
    for (const pasted of [publicKey, bare, `  ${bare.slice(0, 50)}\r\n${bare.slice(50)}\n`]) expect(readPublicKey(pasted)).toBe(publicKey);
  });

  it("is refused when it is a private key, no key, no RSA key, too short or too long", () => {
    const ed25519 = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----";
    for (const pasted of [privateKey, "", "hello", bare.slice(1), ed25519, "A".repeat(9000)]) expect(readPublicKey(pasted)).toBeNull();
  });
});
