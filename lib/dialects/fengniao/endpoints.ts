import { BALANCE_ENDPOINTS } from "#lib/dialects/fengniao/balances.ts";
import type { Endpoint } from "#lib/dialects/fengniao/call.ts";
import { PAYMENT_ENDPOINTS } from "#lib/dialects/fengniao/payments.ts";
import { QUERY_ENDPOINTS } from "#lib/dialects/fengniao/queries.ts";
import { REFUND_ENDPOINTS } from "#lib/dialects/fengniao/refunds.ts";
import { REVERSE_ENDPOINTS } from "#lib/dialects/fengniao/reverse.ts";
import { WITHDRAWAL_ENDPOINTS } from "#lib/dialects/fengniao/withdrawals.ts";

/** Every `method` of the document. */
export const ENDPOINTS: readonly Endpoint[] = [
  ...PAYMENT_ENDPOINTS,
  ...QUERY_ENDPOINTS,
  ...REFUND_ENDPOINTS,
  ...REVERSE_ENDPOINTS,
  ...WITHDRAWAL_ENDPOINTS,
  ...BALANCE_ENDPOINTS,
];

const BY_METHOD: ReadonlyMap<string, Endpoint> = new Map(ENDPOINTS.map((endpoint) => [endpoint.method, endpoint]));

/** The endpoint of a `method`, or null. */
export function endpointOf(method: string): Endpoint | null {
  return BY_METHOD.get(method) ?? null;
}
