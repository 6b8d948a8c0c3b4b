import { z } from "zod";
import type { Standing } from "#lib/domain/verdict.ts";
import { command } from "#lib/gateways/fengniao/command.ts";
import type { Fengniao } from "#lib/gateways/fengniao/credentials.ts";
import { text, unclear } from "#lib/gateways/fengniao/order.ts";
import { type Channel, ORDER, standingOf } from "#lib/gateways/fengniao/standing.ts";
import type { PaymentKey } from "#lib/gateways/gateway.ts";
import type { ByWallet, Operation } from "#lib/gateways/operation.ts";

/** `trade.query` by our number: §2.18, four shapes of answer; §2.19 (UnionPay) names no merchant. */
export const query: ByWallet<Operation<Fengniao, PaymentKey, Standing>> = {
  wechat: queryOf("wechat"),
  alipay: queryOf("alipay"),
  jd: queryOf("jd"),
  qq: queryOf("qq"),
  unionpay: queryOf("unionpay"),
};

/**
 * `trade.reverse` (§2.22), WeChat and Alipay only. It wants both numbers, so a query must have told the gateway's. What was
 * paid it sends back: only what is surely unpaid may be closed by it.
 */
export const close: ByWallet<Operation<Fengniao, PaymentKey, Standing>> = { wechat: reverse(), alipay: reverse() };

function queryOf(channel: Channel): Operation<Fengniao, PaymentKey, Standing> {
  return command("trade.query", {
    fields: ({ gatewayOrderNo }, { credentials }) => ({
      merchant_no: channel === "unionpay" ? undefined : credentials.merchantNo,
      out_trade_no: gatewayOrderNo,
    }),
    reply: (key) => ORDER.transform((order) => standingOf(order, channel, key)),
  });
}

function reverse(): Operation<Fengniao, PaymentKey, Standing> {
  return command("trade.reverse", {
    check: ({ gatewayRef }) => (gatewayRef ? null : "a reversal needs the gateway's number too, which is not known yet: query first"),
    fields: ({ gatewayOrderNo, gatewayRef }) => ({ out_trade_no: gatewayOrderNo, trade_no: gatewayRef ?? undefined }),
    reply: (key) =>
      z.object({ out_trade_no: text, trade_no: text }).transform((reply, issues): Standing => {
        const same = reply.out_trade_no === key.gatewayOrderNo && reply.trade_no === key.gatewayRef;
        return same ? { kind: "closed" } : unclear(issues, "the answer is about another payment");
      }),
  });
}
