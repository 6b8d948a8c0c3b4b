import { describe, expect, it } from "vitest";
import { rateLimiter } from "#lib/rate-limit.ts";

describe("rate limit", () => {
  it("refuses one more than the most in a window, and allows again after it", () => {
    let at = 0;
    const limiter = rateLimiter(() => at);
    const rate = { most: 2, perMs: 1000 };
    expect([1, 2, 3].map(() => limiter.allow("a", rate))).toEqual([true, true, false]);
    at = 999;
    expect(limiter.allow("a", rate)).toBe(false);
    at = 1000;
    expect(limiter.allow("a", rate)).toBe(true);
  });

  it("counts each key for itself", () => {
    const limiter = rateLimiter(() => 0);
    expect(limiter.allow("a", { most: 1, perMs: 1 })).toBe(true);
    expect(limiter.allow("b", { most: 1, perMs: 1 })).toBe(true);
  });

  it("forgets the oldest keys rather than growing without end", () => {
    const limiter = rateLimiter(() => 0);
    const rate = { most: 1, perMs: 1000 };
    for (let index = 0; index <= 20_000; index += 1) limiter.allow(`key ${index}`, rate);
    expect(limiter.allow("key 0", rate)).toBe(true);
    expect(limiter.allow("key 20000", rate)).toBe(false);
  });
});
