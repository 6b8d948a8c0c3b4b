import { createHash } from "node:crypto";
import { newGatewayNumber } from "#lib/domain/ids.ts";

/** For tests that play an outside client: requests written and signed by hand, without any of lib/gateways. */

export const FORM = { "content-type": "application/x-www-form-urlencoded" };

/** A fresh number of ours. */
export function number(): string {
  return newGatewayNumber(new Date());
}

export function md5(text: string): string {
  return createHash("md5").update(text).digest("hex");
}

/** Percent-encoding in which only `A-Za-z0-9_.-` stay. */
export function strictly(text: string): string {
  return encodeURIComponent(text).replace(/[~!*'()]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** `k=v` sorted by name and joined by `&`, each value as `written` writes it. */
export function bySorted(fields: Record<string, string>, written: (text: string) => string): string {
  return Object.keys(fields)
    .sort()
    .map((name) => `${name}=${written(fields[name] ?? "")}`)
    .join("&");
}
