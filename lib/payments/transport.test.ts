import { beforeAll, describe, expect, it } from "vitest";
import { transportProblem } from "#lib/payments/transport.ts";

beforeAll(() => {
  Object.assign(process.env, { DATABASE_URL: "postgres://none", PUBLIC_URL: "http://127.0.0.1:3000", ALLOW_PRIVATE_WEBHOOKS: "1" });
});

describe("an account's base URL", () => {
  it.each([
    ["https://gateway.example", {}],
    ["http://127.0.0.1:3000/sandbox/gateway/xxpay", {}],
    ["http://192.168.1.9:3020", {}],
    ["http://gateway.example:3020", { insecureTransport: true }],
  ])("%s with %j may be used", (baseUrl, settings) => {
    expect(transportProblem({ baseUrl, settings })).toBeNull();
  });

  it.each([
    ["http://gateway.example:3020", {}],
    ["http://gateway.example:3020", { insecureTransport: "true" }],
    ["http://gateway.example", null],
    ["http://8.8.8.8:3020", { insecureTransport: false }],
  ])("%s with %j may not: plain http to the public internet must be said aloud", (baseUrl, settings) => {
    expect(transportProblem({ baseUrl, settings })).toBe("plain http without insecureTransport");
  });
});
