import { z } from "zod";
import type { Currency } from "#lib/domain/currency.ts";
import type { Standing } from "#lib/domain/verdict.ts";
import type { PaymentKey } from "#lib/gateways/gateway.ts";
import { standingOf } from "#lib/gateways/hipopay/order.ts";
import type { HipopayMerchant } from "#lib/gateways/hipopay-merchant/credentials.ts";
import { inverted } from "#lib/gateways/hipopay-merchant/invert.ts";
import { ORDER, WORDING } from "#lib/gateways/hipopay-merchant/order.ts";
import { type PathKey, pathFor, pathOf } from "#lib/gateways/hipopay-merchant/paths.ts";
import type { ByWallet, Operation } from "#lib/gateways/operation.ts";
import type { Rate } from "#lib/gateways/records.ts";

/** §8, one operation for both wallets: by the gateway's number where it is known, else by ours. */
const payment: Operation<HipopayMerchant, PaymentKey, Standing> = {
  verb: "GET",
  path: pathOf("payment"),
  fields: ({ gatewayRef, gatewayOrderNo }) => (gatewayRef ? { payment_no: gatewayRef } : { out_trade_id: gatewayOrderNo }),
  reply: ({ gatewayOrderNo, gatewayRef }, { credentials }) =>
    z
      .object({ response: ORDER })
      .transform(({ response }) => standingOf(response, WORDING, { gatewayOrderNo, gatewayRef, merchantNo: credentials.merchantNo })),
};
export const query: ByWallet<typeof payment> = { wechat: payment, alipay: payment };

/** §9, each wallet's own, under the name the account's settings say. The wire's direction is turned round. */
export const rate: ByWallet<Operation<HipopayMerchant, { currency: Currency; at: Date }, Rate>> = {
  wechat: rateAt("wechatRate", "wechatOldRate"),
  alipay: rateAt("alipayRate", "alipayOldRate"),
};

/** Positive, at most what `inverted` reads. */
const decimal = z.string().regex(/^(?=.*[1-9])\d{1,28}(\.\d{1,40})?$/, "not a positive decimal");
const RATE = z.object({ currency: z.string(), forex_rate: decimal.optional(), rate: decimal.optional() });

function rateAt(key: PathKey, older: PathKey): Operation<HipopayMerchant, { currency: Currency; at: Date }, Rate> {
  return {
    verb: "GET",
    path: ({ settings }) => pathFor(settings.ratePath === "rate" ? older : key, settings),
    fields: ({ currency }) => ({ currency }),
    reply: (asked, { settings }) =>
      z.object({ response: RATE }).transform(({ response }, issues) => rateFrom(response, asked, settings.rateDirection, issues)),
  };
}

// `forex_rate` points one way by the document; which way `rate` does is the account's to say.
function rateFrom(
  got: z.output<typeof RATE>,
  asked: { currency: Currency; at: Date },
  direction: HipopayMerchant["settings"]["rateDirection"],
  issues: z.RefinementCtx,
): Rate {
  const text = got.forex_rate ?? got.rate;
  if (got.currency !== asked.currency || text === undefined) {
    issues.addIssue({ code: "custom", message: text === undefined ? "there is no rate" : "the rate is of another currency" });
    return z.NEVER;
  }
  const foreignPerCny = got.forex_rate !== undefined || direction === "foreign_per_cny";
  return { currency: asked.currency, cnyPerUnit: foreignPerCny ? inverted(text) : text, at: asked.at };
}
