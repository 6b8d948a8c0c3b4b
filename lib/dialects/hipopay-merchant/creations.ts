import type { Payment } from "#lib/dialects/backend.ts";
import { alipayPrepayString, appParameters, jsapiParameters, miniProgramParameters } from "#lib/dialects/hipopay/wallet-parameters.ts";
import { ASSUMED } from "#lib/dialects/hipopay-merchant/assumed.ts";
import type { Call, Route } from "#lib/dialects/hipopay-merchant/call.ts";
import { type Creation, creationRoute } from "#lib/dialects/hipopay-merchant/create.ts";
import type { Shape } from "#lib/dialects/hipopay-merchant/shapes.ts";
import { qrText } from "#lib/dialects/shown.ts";

const APP = { wallet: "wechat", pays: "wechat.app", required: ["appid"], presentation: app } as const;
/** seeds/001 §Place an Order: called by the mini program itself, so it may come unsigned, and must say whose order it is. */
const MINI_PROGRAM = {
  wallet: "wechat",
  pays: "wechat.mini_program",
  access: "either",
  required: ["merchant_no", "appid", "openid"],
  presentation: (payment: Payment, call: Call): Shape => ({ prepay_params: miniProgramParameters(payment, call) }),
} as const;
/** The page in WeChat orders with its own script, as the agent API's /mp_pay (protocols.md §1). */
const PUBLIC_ACCOUNT = {
  wallet: "wechat",
  pays: "wechat.jsapi",
  access: "either",
  required: ["openid"],
  presentation: (payment: Payment, call: Call): Shape => ({ [ASSUMED.jsapi]: jsapiParameters(payment, call) }),
} as const;

/** The mini program's path is seeds/001's, the others are known from real clients (protocols.md §1). */
const CREATIONS: readonly Creation[] = [
  { path: "/wechatpay/app/payment", ...APP },
  { path: "/wechatpay/mp/payment", ...PUBLIC_ACCOUNT },
  { path: "/wechatpay/mini_program/payment", ...MINI_PROGRAM },
  {
    path: "/wechatpay/web/payment",
    wallet: "wechat",
    pays: "wechat.desk",
    presentation: (payment, call) => ({ ...wechatCode(payment), [ASSUMED.page]: call.backend.pageUrl(payment, "wechat_web") }),
  },
  { path: "/wechatpay/qrcode/payment", wallet: "wechat", pays: "wechat.native", presentation: wechatCode },
  { path: "/wechatpay/barcode/payment", wallet: "wechat", pays: "wechat.barcode", required: ["auth_code"], presentation: nothing },
  { path: "/wechatpay/hk/app/payment", ...APP, hongKong: true },
  { path: "/wechatpay/hk/mini_program/payment", ...MINI_PROGRAM, hongKong: true },
  { path: "/wechatpay/hk/online/mp/payment", ...PUBLIC_ACCOUNT, hongKong: true },
  {
    path: "/alipay/app/payment",
    wallet: "alipay",
    pays: "alipay.app",
    presentation: (payment, call) => ({ [ASSUMED.alipayApp]: alipayPrepayString(payment, call) }),
  },
  {
    path: "/alipay/wap/payment",
    wallet: "alipay",
    pays: "alipay.wap",
    required: ["return_url"],
    presentation: (payment, call) => ({ [ASSUMED.page]: call.backend.pageUrl(payment, "alipay_wap") }),
  },
  { path: "/alipay/qrcode/payment", wallet: "alipay", pays: "alipay.qr", presentation: alipayCode },
  {
    path: "/alipay/web/payment",
    wallet: "alipay",
    pays: "alipay.web",
    presentation: (payment, call) => ({ ...alipayCode(payment), [ASSUMED.page]: call.backend.pageUrl(payment, "alipay_qr_frame") }),
  },
  { path: "/alipay/barcode/payment", wallet: "alipay", pays: "alipay.barcode", required: ["auth_code"], presentation: nothing },
];

/** Every path that creates a payment. */
export const CREATION_ROUTES: readonly Route[] = CREATIONS.map(creationRoute);

function app(payment: Payment, call: Call): Shape {
  return { [ASSUMED.app]: appParameters(payment, call) };
}

function wechatCode(payment: Payment): Shape {
  return { [ASSUMED.qrText]: qrText(payment, (code) => `weixin://wxpay/bizpayurl?pr=${code}`) };
}

function alipayCode(payment: Payment): Shape {
  return { [ASSUMED.qrText]: qrText(payment, (code) => `https://qr.alipay.com/${code}`) };
}

// The shopper's code is charged at once: the order's status says how it went.
function nothing(): Shape {
  return {};
}
