import { z } from "zod";
import { ORDER_FIELDS, text, type Wording } from "#lib/gateways/hipopay/order.ts";

/**
 * A payment as seeds/001 §7, §8 and §10 describe it. `exchange_rate` is CNY per unit only where the payment is settled in
 * CNY or no settlement currency is named: a genuine notification of 1.00 HKD, paid with 0.89 CNY and settled in HKD, says
 * 1.0000000000 (vector `recorded_python_repo`), which no shopper should be shown as a rate.
 */
export const ORDER = z.object({ ...ORDER_FIELDS, settle_currency: text }).transform(({ settle_currency: settled, ...order }) => {
  return settled === "" || settled === "CNY" ? order : { ...order, exchange_rate: "" };
});

/** seeds/001 has one spelling for each. `finish_time` is when it was paid, `trade_time` when it was created. */
export const WORDING: Wording = { theirs: ["payment_no"], ours: ["out_trade_id"], paidAt: ["finish_time", "trade_time"] };
