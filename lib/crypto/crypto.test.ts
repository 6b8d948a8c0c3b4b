import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { constantTimeEqual } from "#lib/crypto/digest.ts";
import { isRsaKey, newRsaKeyPair, rsaSha256Sign, rsaSha256Verify } from "#lib/crypto/rsa.ts";
import { seal, unseal } from "#lib/crypto/seal.ts";

const key = { id: "k1", bytes: new Uint8Array(32).fill(7) };

describe("sealing", () => {
  it("opens what was sealed, for any text", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void expect(unseal(seal(text, "row", key), "row", [key])).toBe(text)));
  });

  it("a sealed value does not open for another row, under another key, or changed", () => {
    const sealed = seal("secret", "accounts.credentials.a", key);
    expect(() => unseal(sealed, "accounts.credentials.b", [key])).toThrow();
    expect(() => unseal(sealed, "accounts.credentials.a", [{ id: "k1", bytes: new Uint8Array(32) }])).toThrow();
    expect(() => unseal(sealed, "accounts.credentials.a", [])).toThrow();
    const [version, id, iv, tag, body] = sealed.split(".");
    const turned = Buffer.from(body ?? "", "base64url");
    turned[0] = (turned[0] ?? 0) ^ 1;
    expect(() => unseal([version, id, iv, tag, turned.toString("base64url")].join("."), "accounts.credentials.a", [key])).toThrow();
  });

  it("a rotated key still opens what it sealed", () => {
    const fresh = { id: "k2", bytes: new Uint8Array(32).fill(9) };
    expect(unseal(seal("x", "r", key), "r", [fresh, key])).toBe("x");
  });
});

describe("RSA", () => {
  const pair = newRsaKeyPair();

  it("verifies its own signature and no changed text, signature or key", () => {
    const signature = rsaSha256Sign("a=1&b=二", pair.privateKey);
    expect(rsaSha256Verify("a=1&b=二", signature, pair.publicKey)).toBe(true);
    expect(rsaSha256Verify("a=2&b=二", signature, pair.publicKey)).toBe(false);
    expect(rsaSha256Verify("a=1&b=二", `A${signature.slice(1)}`, pair.publicKey)).toBe(false);
    expect(rsaSha256Verify("a=1&b=二", signature, newRsaKeyPair().publicKey)).toBe(false);
  });

  it("garbage is false, never an exception", () => {
    fc.assert(fc.property(fc.string(), fc.string(), (text, junk) => void expect(rsaSha256Verify(text, junk, junk)).toBe(false)));
  });

  it("tells a key from a text", () => {
    expect(isRsaKey(pair.privateKey, "private")).toBe(true);
    expect(isRsaKey(pair.publicKey, "private")).toBe(false);
    expect(isRsaKey("-----BEGIN", "public")).toBe(false);
  });
});

describe("constant-time comparison", () => {
  it("agrees with equality", () => {
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => void expect(constantTimeEqual(a, b)).toBe(a === b)));
    expect(constantTimeEqual("abc", "abc")).toBe(true);
  });
});
