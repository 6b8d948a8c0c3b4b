import type { Gateway } from "#lib/gateways/gateway.ts";
import { hipopayAgent } from "#lib/gateways/hipopay-agent/index.ts";

/** Every gateway this installation speaks to, one line each. */
export const GATEWAYS: readonly Gateway[] = [hipopayAgent];

const BY_ID = new Map(GATEWAYS.map((gateway) => [gateway.id, gateway]));

/** The gateway with that id, or null. */
export function gatewayById(id: string): Gateway | null {
  return BY_ID.get(id) ?? null;
}
