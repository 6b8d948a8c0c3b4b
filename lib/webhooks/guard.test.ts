import { describe, expect, it } from "vitest";
import { guardedLookup, isPublicAddress, urlProblem } from "#lib/webhooks/guard.ts";

describe("where a webhook may lead", () => {
  it.each([
    "https://shop.example.com/hook",
    "https://shop.example.com:8443/hook?x=1",
    "https://1.1.1.1/",
    "https://[2606:4700:4700::1111]/",
  ])("%s may be called", (url) => expect(urlProblem(url)).toBeNull());

  it.each([
    ["http://shop.example.com/", "scheme"],
    ["ftp://shop.example.com/", "scheme"],
    ["https://user:pass@shop.example.com/", "userinfo"],
    ["https://shop.example.com:5432/", "port"],
    ["https://localhost/", "host"],
    ["https://x.localhost/", "host"],
    ["https://printer.local/", "host"],
    ["https://intranet/", "host"],
    ["https://127.0.0.1/", "host"],
    ["https://2130706433/", "host"],
    ["https://0x7f.1/", "host"],
    ["https://0177.0.0.1/", "host"],
    ["https://127.1/", "host"],
    ["https://10.0.0.1/", "host"],
    ["https://172.31.255.255/", "host"],
    ["https://192.168.1.1/", "host"],
    ["https://169.254.169.254/latest/meta-data", "host"],
    ["https://168.63.129.16/", "host"],
    ["https://100.64.0.1/", "host"],
    ["https://0.0.0.0/", "host"],
    ["https://[::1]/", "host"],
    ["https://[::]/", "host"],
    ["https://[::7f00:1]/", "host"],
    ["https://[::ffff:127.0.0.1]/", "host"],
    ["https://[64:ff9b::7f00:1]/", "host"],
    ["https://[fd00::1]/", "host"],
    ["https://[fe80::1]/", "host"],
    ["https://224.0.0.1/", "host"],
    ["not a url", "format"],
  ] as const)("%s is refused: %s", (url, problem) => expect(urlProblem(url)).toBe(problem));

  it("text that is no address is not public", () => {
    expect(isPublicAddress("example.com")).toBe(false);
  });

  it("a name that leads home is refused when it is resolved", async () => {
    const error = await new Promise<NodeJS.ErrnoException | null>((resolve) => guardedLookup("localhost", {}, resolve));
    expect(error?.code).toBe("EFORBIDDEN");
  });
});
