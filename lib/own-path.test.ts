import { describe, expect, it } from "vitest";
import { dashboardPath } from "#lib/own-path.ts";

describe("the way back after signing in", () => {
  it.each([
    "/dashboard",
    "/dashboard/orders/ord_1",
    "/dashboard/orders?merchant=mer_1&number=A%2F1&from=2026-01-01",
    "/dashboard/orders?number=%E8%8C%B6",
    "/invite/0h2abcdefghjkmnpqrstvwxyz0",
  ])("%s is kept", (next) => expect(dashboardPath(next)).toBe(next));

  it.each([
    "",
    "//evil.example",
    "https://evil.example/dashboard",
    "/dashboard.evil.example",
    "/dashboard@evil.example",
    "/dashboard/..//evil.example",
    "/dashboard/%2e%2e//evil.example",
    "/dashboard/../../sandbox",
    "/dashboard//evil.example",
    "/dashboard\\..\\\\evil.example",
    "/dashboard/..\t//evil.example",
    "javascript:alert(1)",
    "/dashboardx",
    "/invite/",
    "/invite/../sandbox",
    "/invite/0h2abcdefghjkmnpqrstvwxyz0/x",
    "/invite//evil.example",
  ])("%s leads to the dashboard instead", (next) => expect(dashboardPath(next)).toBe("/dashboard"));
});
