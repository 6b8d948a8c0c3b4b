import { describe, expect, it } from "vitest";
import { hashPassword, newPassword, PASSWORD_MAX, passwordMatches } from "#lib/password.ts";

describe("passwords", () => {
  it("are kept as argon2id with at least 19 MiB", async () => {
    expect(await hashPassword("correct horse battery")).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it("match only the text they were made from", async () => {
    const hash = await hashPassword("correct horse battery");
    expect(await passwordMatches("correct horse battery", hash)).toBe(true);
    expect(await passwordMatches("correct horse batterz", hash)).toBe(false);
    expect(await passwordMatches("", hash)).toBe(false);
  });

  it("never match for nobody, nor against something that is no hash", async () => {
    expect(await passwordMatches("", null)).toBe(false);
    expect(await passwordMatches("anything", "not a hash")).toBe(false);
  });

  it("longer than the bound are refused without hashing", async () => {
    const long = "x".repeat(PASSWORD_MAX + 1);
    expect(await passwordMatches(long, await hashPassword(long))).toBe(false);
  });

  it("made by us have five groups of four signs nobody mixes up, and differ", () => {
    const made = Array.from({ length: 200 }, newPassword);
    for (const one of made) expect(one).toMatch(/^[2-9a-hjkmnp-z]{4}(-[2-9a-hjkmnp-z]{4}){4}$/);
    expect(new Set(made).size).toBe(200);
  });
});
