import { lookup } from "node:dns";
import { BlockList, isIP, isIPv6 } from "node:net";

/** Which addresses a shop's webhook may not lead to (reliability.md 8): everything that is not the public internet. */
// Two lists: in one, Node reads the IPv4-mapped IPv6 net as every IPv4 address.
const BLOCKED_V4 = new BlockList();
const BLOCKED_V6 = new BlockList();
for (const [net, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["168.63.129.16", 32],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const) {
  BLOCKED_V4.addSubnet(net, prefix, "ipv4");
}
for (const [net, prefix] of [
  ["::", 96],
  ["::ffff:0:0", 96],
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["100::", 64],
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["fc00::", 7],
  ["fe80::", 10],
  ["fec0::", 10],
  ["ff00::", 8],
] as const) {
  BLOCKED_V6.addSubnet(net, prefix, "ipv6");
}

/** Whether an IP address (text) is one a webhook may connect to. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  return family === 6 ? !BLOCKED_V6.check(address, "ipv6") : !BLOCKED_V4.check(address, "ipv4");
}

export type UrlProblem = "scheme" | "port" | "userinfo" | "host" | "format";

/** What is wrong with a webhook's address before any name is resolved; null when nothing is. */
export function urlProblem(text: string): UrlProblem | null {
  if (!URL.canParse(text)) return "format";
  const url = new URL(text);
  if (url.protocol !== "https:") return "scheme";
  if (url.username || url.password) return "userinfo";
  if (url.port !== "" && url.port !== "443" && url.port !== "8443") return "port";
  return isPublicHost(url.hostname) ? null : "host";
}

/** Whether a URL's host may be one of the public internet, before its name is resolved. */
export function isPublicHost(hostname: string): boolean {
  const host = hostname.startsWith("[") ? hostname.slice(1, -1) : hostname;
  // undici never calls `lookup` for a literal address, so literals are checked here.
  if (isIP(host)) return isPublicAddress(host);
  return host !== "localhost" && !host.endsWith(".localhost") && !host.endsWith(".local") && host.includes(".");
}

type LookupCallback = (
  error: NodeJS.ErrnoException | null,
  address: string | { address: string; family: number }[],
  family?: number,
) => void;

/** A `lookup` for undici's connector that refuses names leading to any address that is not public: no rebinding. */
export function guardedLookup(hostname: string, options: { all?: boolean | undefined }, callback: LookupCallback): void {
  lookup(hostname, { all: true, verbatim: true }, (error, addresses) => {
    if (error) return callback(error, "", 0);
    const forbidden = addresses.length === 0 || addresses.some(({ address }) => !isPublicAddress(address));
    if (forbidden)
      return callback(Object.assign(new Error(`${hostname} leads to an address that is not public`), { code: "EFORBIDDEN" }), "", 0);
    const [first] = addresses;
    if (options.all) return callback(null, addresses);
    callback(null, first?.address ?? "", isIPv6(first?.address ?? "") ? 6 : 4);
  });
}
