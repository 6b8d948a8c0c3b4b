import { z } from "zod";
import { ORDER_FIELDS, type Wording } from "#lib/gateways/hipopay/order.ts";

/** A payment as seeds/000 §11.1, §6.5 and §10.2 describe it. */
export const ORDER = z.object(ORDER_FIELDS);

/** Every spelling seeds/000 uses for one thing. */
export const WORDING: Wording = {
  theirs: ["no", "payment_no", "order_no"],
  ours: ["agent_order_id", "out_order_no", "outer_order_no"],
  paidAt: ["trade_time"],
};
