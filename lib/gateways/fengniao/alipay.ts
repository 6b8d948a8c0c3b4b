import type { Method } from "#lib/domain/methods.ts";
import { formatMajor } from "#lib/domain/money.ts";
import { authCodeProblem, type Create, create, goodsId, named, ordered, orderName, qr, redirect } from "#lib/gateways/fengniao/create.ts";

/** §2.6: the shopper scans our QR. */
const qrCode = create("alipay.qr_code_pay", {
  fields: (request, context) => ({
    ...named(request, context),
    goods_id: goodsId(request, context),
    client_ip: request.clientIp,
    notify_url: request.notifyUrl,
  }),
  present: qr,
});

/** §2.7: the merchant scans the shopper's code; charges at once, and the reply says nothing final. Sound waves are not ours. */
const barcode = create("alipay.scan_qr_code_pay", {
  check: authCodeProblem,
  fields: (request, context) => ({
    ...named(request, context),
    body: orderName(request),
    auth_code: request.authCode,
    scene: "bar_code",
    client_ip: request.clientIp,
    notify_url: request.notifyUrl,
  }),
  present: () => ({ kind: "none" }),
  charges: true,
});

/** §2.8: a personal code, for one amount. The call has no name for what is bought. */
const personal = create("alipay.ration_code", {
  fields: (request, { credentials }) => ({
    merchant_no: credentials.merchantNo,
    ...ordered(request),
    total_amount: formatMajor(request.amount),
    notify_url: request.notifyUrl,
  }),
  present: (reply, { settings }) =>
    settings.personalCode === "qr" && reply.pay_url ? { kind: "qr", text: reply.pay_url } : redirect(reply),
});

/** §2.9: the phone's browser goes to Alipay and comes back. */
const wap = create("alipay.wap_pay", {
  fields: (request, context) => ({
    ...named(request, context),
    body: orderName(request),
    notify_url: request.notifyUrl,
    return_url: request.returnUrl,
    success_url: request.returnUrl,
  }),
  present: redirect,
});

/**
 * §2.10: inside Alipay. The page is gone to; `tradeNo`, for those who call Alipay's bridge themselves, is Alipay's number and
 * not the `trade_no` the gateway answers elsewhere.
 */
const jsapi = create("alipay.h5_pay", {
  fields: (request, context) => ({
    ...named(request, context),
    user_id: /^2088\d{12}$/.test(request.openid ?? "") ? request.openid : undefined,
    ip: request.clientIp,
    notify_url: request.notifyUrl,
    return_url: request.returnUrl,
  }),
  present: redirect,
});

/** Alipay's creates by method. */
export const alipayCreates = {
  "alipay.qr": qrCode,
  "alipay.barcode": barcode,
  "alipay.personal": personal,
  "alipay.wap": wap,
  "alipay.jsapi": jsapi,
} satisfies Partial<Record<Method, Create>>;
