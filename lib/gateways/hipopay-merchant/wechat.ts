import type { Method } from "#lib/domain/methods.ts";
import type { Created, CreateRequest } from "#lib/gateways/gateway.ts";
import { appIdProblem, authCodeProblem, openidProblem, STILL_PAYING } from "#lib/gateways/hipopay/created.ts";
import { createdBy, jsapi, nothing, page, prepayParams, qr, wechatApp } from "#lib/gateways/hipopay-merchant/created.ts";
import type { HipopayMerchant } from "#lib/gateways/hipopay-merchant/credentials.ts";
import { withRmb } from "#lib/gateways/hipopay-merchant/fields.ts";
import { type PathKey, pathFor } from "#lib/gateways/hipopay-merchant/paths.ts";
import type { Operation } from "#lib/gateways/operation.ts";

type Create = Operation<HipopayMerchant, CreateRequest, Created>;

/**
 * WeChat's creates (§7) by method. An account for the Hong Kong wallet uses the `/hk/` paths; the QR code and the page for PCs
 * have none that anybody knows, so mainland's serve both.
 */
export const wechatCreates = {
  "wechat.app": {
    verb: "POST",
    path: byRegion("wechatApp", "wechatHkApp"),
    check: (request, { settings }) => appIdProblem(request.appId ?? settings.appAppId),
    fields: (request, context) => ({ ...withRmb(request, context), appid: request.appId ?? context.settings.appAppId }),
    reply: createdBy(wechatApp),
  },
  /** In the WeChat browser. Public clients send the merchant's number here and in the mini program, no app id. */
  "wechat.jsapi": {
    verb: "POST",
    path: byRegion("wechatMp", "wechatHkMp"),
    check: openidProblem,
    fields: (request, context) => ({
      ...withRmb(request, context),
      merchant_no: context.credentials.merchantNo,
      openid: request.openid,
      appid: context.settings.mpAppId,
    }),
    reply: createdBy(jsapi),
  },
  /** The one create seeds/001 prints. It may go unsigned from the mini program itself; ours is signed. */
  "wechat.mini_program": {
    verb: "POST",
    path: byRegion("wechatMiniProgram", "wechatHkMiniProgram"),
    check: (request, { settings }) => openidProblem(request) ?? appIdProblem(request.appId ?? settings.miniProgramAppId),
    fields: (request, context) => ({
      ...withRmb(request, context),
      merchant_no: context.credentials.merchantNo,
      openid: request.openid,
      appid: request.appId ?? context.settings.miniProgramAppId,
    }),
    reply: createdBy(prepayParams),
  },
  /** The gateway's page for PCs. */
  "wechat.desk": { verb: "POST", path: byRegion("wechatWeb", "wechatWeb"), fields: withRmb, reply: createdBy(page) },
  /** The shopper scans our QR. */
  "wechat.native": { verb: "POST", path: byRegion("wechatQrcode", "wechatQrcode"), fields: withRmb, reply: createdBy(qr) },
  /** The merchant scans the shopper's code; charges at once. */
  "wechat.barcode": {
    verb: "POST",
    path: byRegion("wechatBarcode", "wechatBarcode"),
    check: authCodeProblem,
    fields: (request, context) => ({
      ...withRmb(request, context),
      auth_code: request.authCode,
      hk_wallet: context.settings.wechatWallet === "hongkong" && context.settings.wechatBarcodeHkWallet === "on" ? "true" : undefined,
    }),
    reply: createdBy(nothing, true),
    pending: STILL_PAYING,
    timeoutMs: 20_000,
  },
} satisfies Partial<Record<Method, Create>>;

function byRegion(mainland: PathKey, hongkong: PathKey): (context: HipopayMerchant) => string {
  return ({ settings }) => pathFor(settings.wechatWallet === "hongkong" ? hongkong : mainland, settings);
}
