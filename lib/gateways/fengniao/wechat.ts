import { z } from "zod";
import { md5Hex } from "#lib/crypto/digest.ts";
import type { Method } from "#lib/domain/methods.ts";
import { authCodeProblem, type Create, create, goodsId, named, orderName, qr, redirect } from "#lib/gateways/fengniao/create.ts";
import type { Fengniao } from "#lib/gateways/fengniao/credentials.ts";
import type { CreateRequest } from "#lib/gateways/gateway.ts";
import type { DraftFields } from "#lib/gateways/operation.ts";
import { cleanText, parseJson } from "#lib/gateways/wire.ts";

/** What WeixinJSBridge needs to open the wallet (seeds/004 §2.2, `pay_info`). */
const PAY_INFO = ["appId", "timeStamp", "nonceStr", "package", "signType", "paySign"] as const;

const payInfo = z
  .union([z.string().transform((value) => parseJson(value)), z.unknown()])
  .pipe(z.record(z.string(), z.string().max(8192)))
  .refine((params) => PAY_INFO.every((name) => params[name]));

/** §2.2: in the WeChat browser, openid known. Answers either parameters for it or a page of the gateway's. */
const jsapi = create("weixin.mppay", {
  check: ({ openid }, { settings }) => {
    if (!/^[A-Za-z0-9_-]{1,128}$/.test(openid ?? "")) return "not an openid";
    return settings.tranType === "2" && !settings.subMchId ? "an online trade needs the setting subMchId" : null;
  },
  fields: (request, context) => ({
    ...named(request, context),
    tran_type: context.settings.tranType,
    sub_appid: context.settings.wechatAppId,
    sub_mch_id: context.settings.subMchId,
    sub_openid: request.openid,
    spbill_create_ip: request.clientIp,
    body: orderName(request),
    is_online: context.settings.isOnline,
    notify_url: request.notifyUrl,
    success_url: request.returnUrl,
    cancel_url: request.returnUrl,
  }),
  present: (reply) => {
    const params = payInfo.safeParse(reply.pay_info);
    return params.success ? { kind: "jsapi", params: params.data } : redirect(reply);
  },
});

/** §2.3: the shopper scans our QR. */
const native = create("weixin.qr_code_pay", {
  check: (_request, context) => appIdProblem(context),
  fields: (request, context) => ({
    ...named(request, context),
    sub_appid: context.settings.wechatAppId,
    spbill_create_ip: request.clientIp,
    body: orderName(request),
    goods_id: goodsId(request, context),
    is_online: context.settings.isOnline,
    notify_url: request.notifyUrl,
  }),
  present: qr,
});

/** §2.4: the merchant scans the shopper's code; charges at once. There is no notify_url, and the reply says nothing final. */
const barcode = create("weixin.scan_qr_code_pay", {
  check: (request, context) => authCodeProblem(request) ?? appIdProblem(context),
  fields: (request, context) => ({
    ...named(request, context),
    body: orderName(request),
    sub_appid: context.settings.wechatAppId,
    auth_code: request.authCode,
    spbill_create_ip: request.clientIp,
  }),
  present: () => ({ kind: "none" }),
  charges: true,
});

/** A phone's browser: §2.5, or by setting §2.1 (微信支付 特). */
const h5 = create(({ settings }) => settings.wechatH5, {
  check: (_request, { settings }) =>
    settings.wechatH5 === "weixin.h5_pay" && !settings.subMchId ? "weixin.h5_pay needs the setting subMchId" : null,
  fields: (request, context) => (context.settings.wechatH5 === "weixin.pay" ? payFields(request, context) : h5Fields(request, context)),
  present: redirect,
});

/** WeChat's creates by method. */
export const wechatCreates = {
  "wechat.jsapi": jsapi,
  "wechat.native": native,
  "wechat.barcode": barcode,
  "wechat.h5": h5,
} satisfies Partial<Record<Method, Create>>;

function payFields(request: CreateRequest, context: Fengniao): DraftFields {
  return {
    ...named(request, context),
    pay_uid: context.settings.sendPayUid ? md5Hex(request.clientIp) : undefined,
    ip: request.clientIp,
    notify_url: request.notifyUrl,
    return_url: request.returnUrl,
  };
}

function h5Fields(request: CreateRequest, context: Fengniao): DraftFields {
  const { goodsTag, subMchId, wapName } = context.settings;
  const info = { type: "Wap", wap_url: new URL(request.returnUrl).origin, wap_name: cleanText(wapName) };
  return {
    ...named(request, context),
    goods_tag: goodsTag,
    sub_mch_id: subMchId,
    spbill_create_ip: request.clientIp,
    sceneInfo: JSON.stringify({ h5_info: info }),
    notify_url: request.notifyUrl,
  };
}

// §2.3 and §2.4 want it; the document's own answer without it is 10005.
function appIdProblem({ settings }: Fengniao): string | null {
  return settings.wechatAppId ? null : "the account's settings name no wechatAppId";
}
