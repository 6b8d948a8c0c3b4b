import type { Dialect } from "#lib/dialects/dialect.ts";
import { fengniaoDialect } from "#lib/dialects/fengniao/index.ts";
import { hipopayAgentDialect } from "#lib/dialects/hipopay-agent/index.ts";
import { hipopayMerchantDialect } from "#lib/dialects/hipopay-merchant/index.ts";
import { mpgatewayDialect } from "#lib/dialects/mpgateway/index.ts";
import { xxpayDialect } from "#lib/dialects/xxpay/index.ts";

const DIALECTS: readonly Dialect[] = [hipopayAgentDialect, hipopayMerchantDialect, fengniaoDialect, mpgatewayDialect, xxpayDialect];

/** The dialect of a gateway, by the gateway's id, or null when we do not speak its side. */
export function dialectById(id: string): Dialect | null {
  return DIALECTS.find((dialect) => dialect.id === id) ?? null;
}
