import type { Method } from "#lib/domain/methods.ts";
import { formatMajor } from "#lib/domain/money.ts";
import type { Created, CreateRequest } from "#lib/gateways/gateway.ts";
import { authCodeProblem, STILL_PAYING, someText } from "#lib/gateways/hipopay/created.ts";
import { createdWithOrder, dataOf } from "#lib/gateways/hipopay-agent/created.ts";
import type { HipopayAgent } from "#lib/gateways/hipopay-agent/credentials.ts";
import { ORDER } from "#lib/gateways/hipopay-agent/order.ts";
import { PATHS, pathOf } from "#lib/gateways/hipopay-agent/paths.ts";
import type { DraftFields, Operation } from "#lib/gateways/operation.ts";
import { cleanText } from "#lib/gateways/wire.ts";

type Create = Operation<HipopayAgent, CreateRequest, Created>;

/** §6.1: a page of Alipay's with a QR on it, shown in a frame (or, by setting, in place of ours). */
const web: Create = {
  verb: PATHS.alipayScannedPay.verb,
  path: pathOf("alipayScannedPay"),
  fields: common,
  reply: (request, context) =>
    dataOf({ url: someText, order: ORDER }).transform(({ data }, issues) =>
      createdWithOrder(data.order, { kind: context.settings.alipayWeb, url: data.url }, request, context, issues),
    ),
};

/** §6.2: the text Alipay's mobile SDK takes. The document names it `perpay_string` once: both are read. */
const app: Create = {
  verb: PATHS.alipayAppPay.verb,
  path: pathOf("alipayAppPay"),
  fields: common,
  reply: (request, context) =>
    dataOf({ prepay_string: someText.optional(), perpay_string: someText.optional(), order: ORDER }).transform(({ data }, issues) => {
      const prepay = data.prepay_string ?? data.perpay_string;
      if (!prepay) issues.addIssue({ code: "custom", message: "no prepay_string" });
      const presentation = { kind: "app", runtime: "alipay_sdk", params: { prepay_string: prepay ?? "" } } as const;
      return createdWithOrder(data.order, presentation, request, context, issues);
    }),
};

/** §6.3: the phone's browser goes to Alipay and comes back to `return_url`. */
const wap: Create = {
  verb: PATHS.alipayWapPay.verb,
  path: pathOf("alipayWapPay"),
  fields: (request, context) => ({ ...common(request, context), return_url: request.returnUrl }),
  reply: (request, context) =>
    dataOf({ url: someText, order: ORDER }).transform(({ data }, issues) =>
      createdWithOrder(data.order, { kind: "redirect", url: data.url }, request, context, issues),
    ),
};

/** §7.1: the shopper scans our QR. */
const qr: Create = {
  verb: PATHS.alipayQrcodePay.verb,
  path: pathOf("alipayQrcodePay"),
  fields: common,
  reply: (request, context) =>
    dataOf({ qrcode: someText, order: ORDER }).transform(({ data }, issues) =>
      createdWithOrder(data.order, { kind: "qr", text: data.qrcode }, request, context, issues),
    ),
};

/** §7.2: the merchant scans the shopper's code; charges at once. */
const barcode: Create = {
  verb: PATHS.alipayScanPay.verb,
  path: pathOf("alipayScanPay"),
  check: authCodeProblem,
  fields: (request, context) => ({ ...common(request, context), auth_code: request.authCode }),
  reply: (request, context) =>
    dataOf({ order: ORDER }).transform(({ data }, issues) =>
      createdWithOrder(data.order, { kind: "none" }, request, context, issues, true),
    ),
  pending: STILL_PAYING,
  timeoutMs: 20_000,
};

/** Alipay's creates by method; the desk is in desks.ts. */
export const alipayCreates = {
  "alipay.web": web,
  "alipay.app": app,
  "alipay.wap": wap,
  "alipay.qr": qr,
  "alipay.barcode": barcode,
} satisfies Partial<Record<Method, Create>>;

function common(request: CreateRequest, { credentials }: HipopayAgent): DraftFields {
  return {
    merchant_no: credentials.merchantNo,
    currency: request.amount.currency,
    amount: formatMajor(request.amount),
    subject: cleanText(request.subject),
    out_order_no: request.gatewayOrderNo,
    notify_url: request.notifyUrl,
  };
}
