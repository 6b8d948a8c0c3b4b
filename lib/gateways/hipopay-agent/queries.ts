import { z } from "zod";
import type { Currency } from "#lib/domain/currency.ts";
import type { Standing } from "#lib/domain/verdict.ts";
import type { PaymentKey } from "#lib/gateways/gateway.ts";
import { standingOf } from "#lib/gateways/hipopay/order.ts";
import { dataOf } from "#lib/gateways/hipopay-agent/created.ts";
import type { HipopayAgent } from "#lib/gateways/hipopay-agent/credentials.ts";
import { ORDER, WORDING } from "#lib/gateways/hipopay-agent/order.ts";
import { PATHS, pathOf } from "#lib/gateways/hipopay-agent/paths.ts";
import { REFUND, refundedInFull } from "#lib/gateways/hipopay-agent/refunds.ts";
import type { ByWallet, Operation } from "#lib/gateways/operation.ts";
import type { Rate } from "#lib/gateways/records.ts";

type Query = Operation<HipopayAgent, PaymentKey, Standing>;

/**
 * §4.9 (both wallets of WeChat, mainland and Hong Kong §5.3) and §6.5. Version 2.0 answers the same in numbers and adds
 * `refunds`. By the gateway's number where it is known, else by ours (desks and `/mp_pay` give none).
 */
export const query: ByWallet<Query> = {
  wechat: {
    verb: PATHS.order.verb,
    path: pathOf("order"),
    version: ({ settings }) => settings.agentQueryVersion,
    fields: ({ gatewayRef, gatewayOrderNo }) => (gatewayRef ? { order_no: gatewayRef } : { agent_order_id: gatewayOrderNo }),
    reply: orderReply,
  },
  alipay: {
    verb: PATHS.alipayOrder.verb,
    path: pathOf("alipayOrder"),
    fields: ({ gatewayRef, gatewayOrderNo }) => (gatewayRef ? { payment_no: gatewayRef } : { out_order_no: gatewayOrderNo }),
    reply: orderReply,
  },
};

/** §4.11: `{meta, data}`, wants the merchant; §6.8: `{meta, rate}`. Both are CNY per one unit of the foreign currency. */
export const rate: ByWallet<Operation<HipopayAgent, { currency: Currency; at: Date }, Rate>> = {
  wechat: {
    verb: PATHS.rate.verb,
    path: pathOf("rate"),
    fields: ({ currency }, { credentials }) => ({ merchant_no: credentials.merchantNo, currency }),
    reply: (asked) => z.object({ data: RATE }).transform(({ data }, issues) => rateFrom(data, asked, issues)),
  },
  alipay: {
    verb: PATHS.alipayRate.verb,
    path: pathOf("alipayRate"),
    fields: ({ currency }) => ({ currency }),
    reply: (asked) => z.object({ rate: RATE }).transform((reply, issues) => rateFrom(reply.rate, asked, issues)),
  },
};

const RATE = z.object({ currency: z.string(), rate: z.string().regex(/^(?=.*[1-9])\d{1,28}(\.\d{1,28})?$/, "not a positive decimal") });

function rateFrom(got: z.output<typeof RATE>, asked: { currency: Currency; at: Date }, issues: z.RefinementCtx): Rate {
  if (got.currency !== asked.currency) {
    issues.addIssue({ code: "custom", message: "the rate is of another currency" });
    return z.NEVER;
  }
  return { currency: asked.currency, cnyPerUnit: got.rate, at: asked.at };
}

function orderReply(key: PaymentKey, { credentials }: HipopayAgent): z.ZodType<Standing> {
  const expected = { gatewayOrderNo: key.gatewayOrderNo, gatewayRef: key.gatewayRef, merchantNo: credentials.merchantNo };
  return dataOf({ order: ORDER, refunds: z.array(REFUND).max(1000).nullish() }).transform(({ data }) =>
    standingOf(data.order, WORDING, expected, (amount) => refundedInFull(data.refunds ?? [], amount)),
  );
}
