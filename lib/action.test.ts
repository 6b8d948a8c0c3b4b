import { beforeAll, describe, expect, it } from "vitest";

describe("the origin of a form", () => {
  let originIsOurs: (origin: string | null, host: string | null) => boolean;
  beforeAll(async () => {
    process.env.DATABASE_URL ??= "postgres://nobody@127.0.0.1:1/none";
    process.env.PUBLIC_URL = "https://pay.example/ignored/path";
    ({ originIsOurs } = await import("#lib/action.ts"));
  });

  it("is ours when it is PUBLIC_URL's, or the very host the browser asked for", () => {
    expect(originIsOurs("https://pay.example", "internal:3000")).toBe(true);
    expect(originIsOurs("http://192.0.2.7:3000", "192.0.2.7:3000")).toBe(true);
  });

  it("is not ours when missing, opaque, foreign, or only similar", () => {
    for (const origin of [
      null,
      "",
      "null",
      "https://evil.example",
      "https://pay.example.evil.example",
      "http://pay.example",
      "https://pay.example:444",
    ])
      expect(originIsOurs(origin, "internal:3000"), String(origin)).toBe(false);
    expect(originIsOurs("http://192.0.2.7:3000/path", "192.0.2.7:3000")).toBe(false);
    expect(originIsOurs("https://evil.example", null)).toBe(false);
  });
});
