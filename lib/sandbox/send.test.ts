import { describe, expect, it } from "vitest";
import { reachOf } from "#lib/sandbox/send.ts";

describe("where a simulated gateway may send what it owes", () => {
  it.each([
    ["http://localhost:8080/notify", "http://localhost:3000", "open"],
    ["http://192.168.1.5/notify", "http://192.168.1.2:3000", "open"],
    ["https://pay.example.com/api/notify/x/y", "https://pay.example.com", "open"],
    ["https://shop.example.com/notify", "https://pay.example.com", "guarded"],
    ["http://shop.example.com/notify", "https://pay.example.com", "guarded"],
    ["http://169.254.169.254/latest/meta-data", "https://pay.example.com", "refused"],
    ["http://127.0.0.1:5432/", "https://pay.example.com", "refused"],
    ["http://localhost/", "https://pay.example.com", "refused"],
    ["http://[::1]/", "https://pay.example.com", "refused"],
    ["http://postgres:5432/", "https://pay.example.com", "refused"],
  ] as const)("%s of a server at %s: %s", (url, own, reach) => expect(reachOf(url, own)).toBe(reach));
});
