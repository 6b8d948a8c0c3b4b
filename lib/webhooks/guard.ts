import { promises as dns } from "node:dns";
import { BlockList, isIP } from "node:net";

/** Which addresses a shop's webhook may not lead to (reliability.md 8): everything that is not the public internet. */
// Two lists: in one, Node reads the IPv4-mapped IPv6 net as every IPv4 address.
const BLOCKED_V4 = new BlockList();
const BLOCKED_V6 = new BlockList();
/** IPv6 is refused but for what is given out to the world. */
const GLOBAL_V6 = new BlockList();
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
GLOBAL_V6.addSubnet("2000::", 3, "ipv6");
for (const [net, prefix] of [
  // Teredo, ORCHID, benchmarking and other special purposes; documentation; 6to4: each of them may hold an IPv4 address.
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const) {
  BLOCKED_V6.addSubnet(net, prefix, "ipv6");
}
/** The interface part of ISATAP addresses: an IPv4 address behind any prefix. */
const ISATAP = /:(?:(?:0|200|2):)?5efe:[\da-f]{1,4}:[\da-f]{1,4}$/i;

/** Whether an IP address (text) is one a webhook may connect to. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !BLOCKED_V4.check(address, "ipv4");
  // A zone (`%eth0`) makes sense on this machine's own links only.
  if (family === 0 || address.includes("%")) return false;
  return GLOBAL_V6.check(address, "ipv6") && !BLOCKED_V6.check(address, "ipv6") && !ISATAP.test(address);
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

/** Names that are never of the public internet: RFC 6761, 6762, 8375, ICANN's `internal`, and what routers and clouds use. */
const PRIVATE_SUFFIXES = /(?:^|\.)(?:localhost|localdomain|local|internal|intranet|private|corp|home|lan|home\.arpa)$/;

/** Whether a URL's host may be one of the public internet, before its name is resolved. */
export function isPublicHost(hostname: string): boolean {
  // A trailing dot names the same host; URL has lower-cased, decoded and mapped the rest already.
  const host = hostname.replace(/\.+$/, "");
  if (host.startsWith("[")) return isPublicAddress(host.slice(1, -1));
  // undici never calls `lookup` for a literal address, so literals are checked here.
  if (isIP(host)) return isPublicAddress(host);
  return host.includes(".") && !/%|\.\./.test(host) && !PRIVATE_SUFFIXES.test(host);
}

type LookupCallback = (
  error: NodeJS.ErrnoException | null,
  address: string | { address: string; family: number }[],
  family?: number,
) => void;
export type Lookup = (hostname: string, options: { all?: boolean | undefined }, callback: LookupCallback) => void;

/** The addresses of a name. */
export type Resolve = (hostname: string) => Promise<{ address: string; family: number }[]>;

/** How long a name server may take, and how often it is asked. */
const DNS = { timeout: 1200, tries: 2 } as const;

/**
 * Asks the name servers themselves (c-ares). The system's `getaddrinfo` would be asked in the process's four I/O threads: a
 * few shops whose name servers hang would then stop the whole process from resolving, hashing passwords and reading files.
 */
export const resolvePublic: Resolve = async (hostname) => {
  const resolver = new dns.Resolver(DNS);
  const [four, six] = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
  const found = [...addresses(four, 4), ...addresses(six, 6)];
  if (found.length === 0 && four.status === "rejected") throw four.reason;
  return found;
};

function addresses(answer: PromiseSettledResult<string[]>, family: number): { address: string; family: number }[] {
  return answer.status === "fulfilled" ? answer.value.map((address) => ({ address, family })) : [];
}

/** The system's own way, hosts file included: for addresses that an admin chose (gateways). */
const resolveAsSystem: Resolve = (hostname) => dns.lookup(hostname, { all: true, verbatim: true });

/**
 * A `lookup` for undici's connector that refuses names leading to any address that is not public. The connection is made to
 * the very addresses that were checked: a name that changes its mind between check and connection (rebinding) changes nothing.
 */
export function lookupBy(resolve: Resolve): Lookup {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (found) => {
        const [first] = found;
        if (!first || found.some(({ address }) => !isPublicAddress(address))) {
          const error = Object.assign(new Error(`${hostname} leads to an address that is not public`), { code: "EFORBIDDEN" });
          return callback(error, "", 0);
        }
        if (options.all) return callback(null, found);
        callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, "", 0),
    );
  };
}

export const guardedLookup: Lookup = lookupBy(resolveAsSystem);
