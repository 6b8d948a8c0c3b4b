import type { Wallet } from "#lib/domain/methods.ts";
import type { Standing } from "#lib/domain/verdict.ts";
import type { PaymentKey } from "#lib/gateways/gateway.ts";
import type { Mpgateway } from "#lib/gateways/mpgateway/credentials.ts";
import { mismatchOf, ORDER, standingOf } from "#lib/gateways/mpgateway/order.ts";
import { PATHS, pathOf } from "#lib/gateways/mpgateway/paths.ts";
import type { ByWallet, DraftFields, Operation } from "#lib/gateways/operation.ts";

type Ask = Operation<Mpgateway, PaymentKey, Standing>;
const WALLETS = ["wechat", "alipay", "qq", "unionpay"] as const satisfies readonly Wallet[];

/** §3.5: by the platform's number where it is known (ours would be ignored beside it), else by ours. */
export const query = forEveryWallet({
  verb: PATHS.query.verb,
  path: pathOf("query"),
  fields: numberOf,
  reply: (key, { credentials }) =>
    ORDER.transform((order) => {
      const mismatch = mismatchOf(order, { merid: credentials.merid, orderid: key.gatewayOrderNo, queryid: key.gatewayRef });
      return mismatch ? { kind: "unknown", reason: mismatch } : standingOf(order);
    }),
});

/** §3.6: by either number; 00 about our very payment means it is cancelled. */
export const close = forEveryWallet({
  verb: PATHS.cancel.verb,
  path: pathOf("cancel"),
  fields: numberOf,
  reply: (key, { credentials }) =>
    ORDER.transform((order) => {
      const expected = { merid: credentials.merid, orderid: key.gatewayOrderNo, queryid: key.gatewayRef, amount: key.amount };
      const mismatch = mismatchOf(order, expected);
      return mismatch ? { kind: "unknown", reason: mismatch } : { kind: "closed" };
    }),
});

function forEveryWallet(operation: Ask): ByWallet<Ask> {
  return Object.fromEntries(WALLETS.map((wallet) => [wallet, operation]));
}

function numberOf({ gatewayRef, gatewayOrderNo }: PaymentKey, { credentials }: Mpgateway): DraftFields {
  return { merid: credentials.merid, ...(gatewayRef ? { queryid: gatewayRef } : { orderid: gatewayOrderNo }) };
}
