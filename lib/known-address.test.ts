import { describe, expect, it } from "vitest";
import { isKnownAddress } from "#lib/known-address.ts";

describe("a shopper's address", () => {
  it("that cannot be one is unknown without asking the database", async () => {
    for (const path of [
      "/pay/x",
      "/pay/",
      "/pay/AAAAAAAAAAAAAAAAAAAAAAAAAA",
      "/pay/0h2abcdefghjkmnpqrstvwxyz0'--",
      "/l/",
      "/l/a b",
      "/l/<b>",
    ])
      expect(await isKnownAddress(path), path).toBe(false);
  });

  it("is not judged where it is none of ours", async () => {
    for (const path of ["/", "/sign-in", "/dashboard/orders/x", "/sandbox", "/pay/x/status"])
      expect(await isKnownAddress(path), path).toBe(true);
  });
});
