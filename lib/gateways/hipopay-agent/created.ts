import { z } from "zod";
import type { Presentation } from "#lib/domain/presentation.ts";
import type { Created, CreateRequest } from "#lib/gateways/gateway.ts";
import { createdFrom } from "#lib/gateways/hipopay/created.ts";
import type { Order } from "#lib/gateways/hipopay/order.ts";
import type { HipopayAgent } from "#lib/gateways/hipopay-agent/credentials.ts";
import { WORDING } from "#lib/gateways/hipopay-agent/order.ts";

/** JSON of an envelope whose `data` has this shape. */
export function dataOf<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.object({ data: z.object(shape) });
}

/** A create reply that carries its order, which must echo what was asked. */
export function createdWithOrder(
  order: Order,
  presentation: Presentation,
  request: CreateRequest,
  context: HipopayAgent,
  issues: z.RefinementCtx,
  charges = false,
): Created {
  const expected = { gatewayOrderNo: request.gatewayOrderNo, merchantNo: context.credentials.merchantNo, amount: request.amount };
  return createdFrom(order, WORDING, presentation, expected, issues, charges);
}

/** What a create whose reply has no order says: how to pay, and the gateway's number where there is one. */
export function presented(presentation: Presentation, gatewayRef: string | null): Created {
  return { presentation, gatewayRef };
}
