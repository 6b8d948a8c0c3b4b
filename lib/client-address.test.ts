import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { clientAddress, readSocketAddresses } from "#lib/client-address.ts";

describe("where a request came from", () => {
  it.each([
    ["203.0.113.7", 1, "203.0.113.7"],
    ["1.2.3.4, 203.0.113.7", 1, "203.0.113.7"],
    ["1.2.3.4, 203.0.113.7, 10.0.0.1", 2, "203.0.113.7"],
    ["203.0.113.7", 2, "203.0.113.7"],
    ["1.2.3.4, ::ffff:203.0.113.7", 1, "203.0.113.7"],
    ["2001:db8::1", 0, "2001:db8::1"],
    ["<script>", 1, "127.0.0.1"],
    [null, 1, "127.0.0.1"],
  ])("%s behind %i is %s", (forwarded, proxies, address) => expect(clientAddress(forwarded, proxies)).toBe(address));

  it("is the connection's address where there is no proxy, whatever the caller writes", async () => {
    readSocketAddresses();
    const server = createServer((request, response) => response.end(request.headers["x-forwarded-for"]));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}/`, { headers: { "x-forwarded-for": "1.2.3.4" } });
    expect(await answer.text()).toBe("127.0.0.1");
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});
