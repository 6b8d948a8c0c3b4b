import { describe, expect, it } from "vitest";
import { contentSecurityPolicy, pageAreaOf, pageHeaders } from "#lib/csp.ts";

const site = { origin: "https://pay.example", development: false };
const AREAS = ["checkout", "sandbox", "dashboard"] as const;

const PREVIEW = "/dashboard/settings/preview";

describe("content security policy", () => {
  it.each(AREAS)("lets no inline script run on %s pages but those with this request's nonce", (area) => {
    const script = /script-src ([^;]*)/.exec(contentSecurityPolicy(area, "abc", site))?.[1];
    expect(script).toBe("'self' 'nonce-abc'");
  });

  it("forbids style attributes on the shopper's pages", () => {
    expect(contentSecurityPolicy("checkout", "abc", site)).toContain("style-src-attr 'none'");
  });

  it("lets the checkout be framed by ourselves and the dashboard by nobody", () => {
    expect(contentSecurityPolicy("checkout", "abc", site)).toContain("frame-ancestors 'self'");
    expect(contentSecurityPolicy("dashboard", "abc", site)).toContain("frame-ancestors 'none'");
    expect(pageHeaders("dashboard")["X-Frame-Options"]).toBe("DENY");
  });

  it("lets only a checkout be framed by the pages a merchant listed", () => {
    const listed = { ...site, framers: ["https://shop.example", "http://localhost:*"] };
    const ancestors = (area: (typeof AREAS)[number]) => /frame-ancestors ([^;]*)/.exec(contentSecurityPolicy(area, "abc", listed))?.[1];
    expect(ancestors("checkout")).toBe("'self' https://shop.example http://localhost:*");
    expect(ancestors("dashboard")).toBe("'none'");
    expect(ancestors("sandbox")).toBe("'self'");
    // The older header knows no list: it would forbid what the policy allows.
    expect(pageHeaders("checkout", true)["X-Frame-Options"]).toBeUndefined();
    expect(pageHeaders("checkout")["X-Frame-Options"]).toBe("SAMEORIGIN");
    expect(pageHeaders("dashboard", true)["X-Frame-Options"]).toBe("DENY");
  });

  it("knows which pages are whose", () => {
    expect(["/", "/pay/x", "/l/x", "/sandbox", "/sandbox/wallet", "/sandboxed", "/dashboard", "/sign-in", PREVIEW].map(pageAreaOf)).toEqual(
      ["checkout", "checkout", "checkout", "sandbox", "sandbox", "dashboard", "dashboard", "dashboard", "checkout"],
    );
    expect(pageAreaOf(`${PREVIEW}/x`)).toBe("dashboard");
  });

  it("keeps the Origin of our own forms: no-referrer would blank it", () => {
    for (const area of AREAS) expect(pageHeaders(area)["Referrer-Policy"]).toBe("same-origin");
  });
});
