import { dialectById } from "#lib/dialects/registry.ts";
import type { Proofs } from "#lib/gateways/capability-table.ts";
import type { CapabilityRow } from "#lib/gateways/gateway.ts";
import { CASES } from "../../e2e/gateways/cases.ts";

/** Pages of the sandbox that play another company's: the openid containers and WeChat's own OAuth. */
const PAGES: Readonly<Record<string, string>> = {
  "BROWSER settings.containerUrl": "/sandbox/wechat/container",
  "BROWSER settings.wechatAuthorizeUrl": "/sandbox/wechat/oauth/authorize",
  "GET settings.wechatTokenUrl": "/sandbox/wechat/oauth/access_token",
};

/** The last two columns, read from the dialects and from the end-to-end cases, so that neither can be claimed. */
export const proofs: Proofs = {
  sandbox: (gateway, row) => sandboxOf(gateway.id, row),
  test: (gateway, row) => CASES.find((one) => one.gateway === gateway.id && sameRow(one, row))?.spec ?? null,
};

/** Whether an end-to-end case is about this row. */
export function sameRow(one: { section: string; operation: string; method: string | null }, row: CapabilityRow): boolean {
  return one.section === row.section && one.operation === row.operation && one.method === row.method;
}

function sandboxOf(gatewayId: string, { wire, operation }: CapabilityRow): string | null {
  const dialect = dialectById(gatewayId);
  if (!dialect) return null;
  const page = PAGES[wire];
  if (page !== undefined) return page;
  if (dialect.serves.includes(wire) || dialect.serves.includes(wire.replace("BROWSER ", "GET "))) return "served";
  // The caller's own addresses: what the gateway sends there.
  if (/^(?:POST|GET) (?:notify_?url|backurl)/i.test(wire)) {
    const sends = operation.startsWith("payout") ? dialect.payoutNotification : dialect.notification;
    return sends ? "sent" : null;
  }
  return /^BROWSER (?:return_?url|fronturl)/i.test(wire) ? "sent back" : null;
}
