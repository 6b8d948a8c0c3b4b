import { describe, expect, it } from "vitest";
import { gatewayPort } from "#lib/payments/port.ts";

Object.assign(process.env, { DATABASE_URL: "postgres://nobody@127.0.0.1/none", PUBLIC_URL: "http://pay.example:3000" });

const { fetch } = gatewayPort(() => {});
const ask = (url: string) => fetch({ method: "GET", url, headers: {}, body: null, timeoutMs: 5000, maxBytes: 1024 });

describe("a call to a gateway", () => {
  it("whose name leads to this machine is not made, and surely never left", async () => {
    expect(await ask("https://localhost/order/query")).toEqual({ kind: "none", reached: "no", message: "EFORBIDDEN" });
  });

  it("on a port where mail is taken in is not made", async () => {
    expect(await ask("https://gateway.example:25/")).toEqual({ kind: "none", reached: "no", message: "port 25 is not HTTP's" });
  });
});
