import { z } from "zod";
import type { Presentation } from "#lib/domain/presentation.ts";
import type { Created, CreateRequest } from "#lib/gateways/gateway.ts";
import { createdFrom, jsParams, MINI_PROGRAM_FIELDS, miniProgram, someText } from "#lib/gateways/hipopay/created.ts";
import { ASSUMED, type ReplyKind } from "#lib/gateways/hipopay-merchant/assumed.ts";
import type { HipopayMerchant } from "#lib/gateways/hipopay-merchant/credentials.ts";
import { pricedInCny } from "#lib/gateways/hipopay-merchant/fields.ts";
import { ORDER, WORDING } from "#lib/gateways/hipopay-merchant/order.ts";

/** How to pay, read out of `response`; null when it does not say. */
type Reader = (response: Readonly<Record<string, unknown>>, context: HipopayMerchant) => Presentation | null;

/**
 * The reply of a create: `response` holds the order and, beside it, how to pay. The order must echo what was asked (numbers,
 * amount, currency), or the answer is about something else and thus unclear; fields it leaves out contradict nothing.
 */
export function createdBy(read: Reader, charges = false): (request: CreateRequest, context: HipopayMerchant) => z.ZodType<Created> {
  return (request, context) =>
    z.object({ response: z.record(z.string(), z.unknown()) }).transform(({ response }, issues): Created => {
      const order = ORDER.safeParse(response);
      const presentation = read(response, context);
      // §7: an order names our number (Y). Nothing else ties the answer to a charge to what was charged.
      if (charges && order.success && order.data.out_trade_id === "") {
        issues.addIssue({ code: "custom", message: "the order does not name our number" });
        return z.NEVER;
      }
      if (!order.success || presentation === null) {
        issues.addIssue({ code: "custom", message: order.success ? "it does not say how to pay" : "the order is not readable" });
        return z.NEVER;
      }
      const settles = pricedInCny(request, context) ? context.settings.settleCurrency : undefined;
      const created = createdFrom(
        order.data,
        WORDING,
        presentation,
        {
          gatewayOrderNo: request.gatewayOrderNo,
          merchantNo: context.credentials.merchantNo,
          amount: request.amount,
          ...(settles && { currencies: [settles] }),
        },
        issues,
        charges,
      );
      // Only a charge must name a status: elsewhere the shopper has yet to pay.
      if (charges || order.data.status !== "") return created;
      const { standing: _none, ...pending } = created;
      return pending;
    });
}

/** A text for the shopper's scanner. */
export const qr: Reader = (response, context) => textOf(response, "qr", context, (text) => ({ kind: "qr", text }));

/** A page of the gateway's or the wallet's own. Where a reply has none but a code to scan, the code is shown. */
export const page: Reader = (response, context) =>
  textOf(response, "page", context, (url) => ({ kind: "redirect", url })) ?? qr(response, context);

/** Alipay's page for PCs, framed where the account's settings say so. */
export const alipayPage: Reader = (response, context) => {
  const found = page(response, context);
  return found?.kind === "redirect" ? { kind: context.settings.alipayWeb, url: found.url } : found;
};

/** The charge itself is the answer. */
export const nothing: Reader = () => ({ kind: "none" });

/** The parameters of WeixinJSBridge, as an object or as its JSON text. */
export const jsapi: Reader = (response, context) => {
  const params = jsParams.safeParse(fieldOf(response, "jsapi", context));
  return params.success ? { kind: "jsapi", params: params.data } : null;
};

/** §7: `prepay_params` as `wx.requestPayment` wants them. */
export const prepayParams: Reader = (response, { settings }) => {
  const parts = z.object(MINI_PROGRAM_FIELDS).safeParse(response.prepay_params);
  return parts.success ? miniProgram(parts.data, settings.miniProgramSignType) : null;
};

/** Parameters for WeChat's mobile SDK, under the reply's own names; the gateway's order number among them is not for the SDK. */
export const wechatApp: Reader = (response, context) => {
  const params = z.record(z.string(), z.string().max(8192)).safeParse(fieldOf(response, "wechatApp", context));
  if (!params.success) return null;
  const { order_no: _number, ...forSdk } = params.data;
  return Object.keys(forSdk).length === 0 ? null : { kind: "app", runtime: "wechat_sdk", params: forSdk };
};

/** The text Alipay's mobile SDK takes. */
export const alipayApp: Reader = (response, context) =>
  textOf(response, "alipayApp", context, (text) => ({ kind: "app", runtime: "alipay_sdk", params: { prepay_string: text } }));

function fieldOf(response: Readonly<Record<string, unknown>>, kind: ReplyKind, { settings }: HipopayMerchant): unknown {
  const own = settings.replyFields[kind];
  const names: readonly string[] = own === undefined ? ASSUMED.replyFields[kind] : [own];
  return names.map((name) => response[name]).find((value) => value !== undefined && value !== null && value !== "");
}

function textOf(
  response: Readonly<Record<string, unknown>>,
  kind: ReplyKind,
  context: HipopayMerchant,
  present: (text: string) => Presentation,
): Presentation | null {
  const text = someText.safeParse(fieldOf(response, kind, context));
  return text.success ? present(text.data) : null;
}
