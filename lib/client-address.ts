import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { isIP } from "node:net";

/**
 * The address a request came from, out of X-Forwarded-For: each proxy adds the address it was called from at the end, so
 * with `proxies` of our own in front it is that many from the end; what stands before was written by whoever called, and is
 * not believed. Without a proxy the header is what `readSocketAddresses` put there. 127.0.0.1 when there is none.
 */
export function clientAddress(forwarded: string | null, proxies: number): string {
  const entries = (forwarded ?? "").split(",").map((entry) => entry.trim().replace(/^::ffff:/i, ""));
  const address = entries.at(-Math.max(1, proxies)) ?? entries[0] ?? "";
  return isIP(address) ? address : "127.0.0.1";
}

/**
 * Makes every HTTP server of this process put the connection's own address in place of X-Forwarded-For: for TRUSTED_PROXIES=0,
 * where Next would believe whatever the caller wrote there.
 */
export function readSocketAddresses(): void {
  subscribe("http.server.request.start", (message) => {
    const { request, socket } = message as { request: IncomingMessage; socket: Socket };
    request.headers["x-forwarded-for"] = socket.remoteAddress ?? "";
  });
}
