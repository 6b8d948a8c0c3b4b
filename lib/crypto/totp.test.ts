import { describe, expect, it } from "vitest";
import { newTotpSecret, totpAddress, totpCode, totpStep } from "#lib/crypto/totp.ts";

/** RFC 6238 appendix B: the ASCII secret "12345678901234567890" in base32, and the SHA-1 rows (their last six digits). */
const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const VECTORS = [
  [59, "94287082"],
  [1_111_111_109, "07081804"],
  [1_111_111_111, "14050471"],
  [1_234_567_890, "89005924"],
  [2_000_000_000, "69279037"],
  [20_000_000_000, "65353130"],
] as const;

describe("a code", () => {
  it.each(VECTORS)("at %d s is RFC 6238's", (seconds, eight) => {
    const six = eight.slice(-6);
    expect(totpCode(SECRET, Math.floor(seconds / 30))).toBe(six);
    expect(totpStep(SECRET, six, seconds * 1000)).toBe(Math.floor(seconds / 30));
  });

  it("counts one step early and one step late, not two", () => {
    const at = 1_234_567_890_000;
    const step = Math.floor(at / 30_000);
    expect([-2, -1, 0, 1, 2].map((off) => totpStep(SECRET, totpCode(SECRET, step + off), at))).toEqual([
      null,
      step - 1,
      step,
      step + 1,
      null,
    ]);
  });

  it.each(["", "12345", "1234567", "abcdef", "００５９２４", "005924\0"])("%j is none", (typed) => {
    expect(totpStep(SECRET, typed, 1_234_567_890_000)).toBeNull();
  });

  it("may be typed in groups", () => {
    expect(totpStep(SECRET, " 005 924 ", 1_234_567_890_000)).toBe(Math.floor(1_234_567_890 / 30));
  });
});

it("an address says all an app needs, and two secrets differ", () => {
  const url = new URL(totpAddress(SECRET, { issuer: "Shouyin", label: "owner@example.com" }));
  expect(url.protocol + url.host + url.pathname).toBe("otpauth:totp/Shouyin:owner%40example.com");
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    secret: SECRET,
    issuer: "Shouyin",
    digits: "6",
    period: "30",
    algorithm: "SHA1",
  });
  const [one, two] = [newTotpSecret(), newTotpSecret()];
  expect(one).toMatch(/^[A-Z2-7]{32}$/);
  expect(one).not.toBe(two);
});
