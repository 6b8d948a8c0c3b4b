import { fengniao } from "#lib/gateways/fengniao/index.ts";
import type { Gateway } from "#lib/gateways/gateway.ts";
import { hipopayAgent } from "#lib/gateways/hipopay-agent/index.ts";
import { hipopayMerchant } from "#lib/gateways/hipopay-merchant/index.ts";
import { mpgateway } from "#lib/gateways/mpgateway/index.ts";
import { xxpay } from "#lib/gateways/xxpay/index.ts";

/** Every gateway this installation speaks to, one line each. */
export const GATEWAYS: readonly Gateway[] = [hipopayAgent, hipopayMerchant, mpgateway, xxpay, fengniao];

const BY_ID = new Map(GATEWAYS.map((gateway) => [gateway.id, gateway]));

/** The gateway with that id, or null. */
export function gatewayById(id: string): Gateway | null {
  return BY_ID.get(id) ?? null;
}
