import type { Payment } from "#lib/dialects/backend.ts";
import type { WireReply } from "#lib/dialects/dialect.ts";
import { alipayPrepayString, appParameters, jsapiParameters, miniProgramParameters } from "#lib/dialects/hipopay/wallet-parameters.ts";
import type { Call, Route } from "#lib/dialects/hipopay-agent/call.ts";
import { type Creation, creationRoute } from "#lib/dialects/hipopay-agent/create.ts";
import { MISSPELT_SUCCESS, success } from "#lib/dialects/hipopay-agent/reply.ts";
import { alipayNewOrder, scannedOrder, scanOrder } from "#lib/dialects/hipopay-agent/shapes.ts";
import { qrText } from "#lib/dialects/shown.ts";

const POST_SIGNED = { method: "POST", access: "signed" } as const;
const DESK = { method: "GET", access: "open", assumed: true, required: ["return_url"], optional: [], keepsExtra: true } as const;

const CREATIONS: readonly Creation[] = [
  {
    // §4.1. The path is not printed but known from real clients (protocols.md §1).
    ...POST_SIGNED,
    access: "either",
    path: "/mp_pay",
    wallet: "wechat",
    pays: "wechat.jsapi",
    required: ["openid"],
    optional: [],
    reply: (payment, call) => success({ js_param: jsapiParameters(payment, call) }),
  },
  {
    // §4.2, and §5.1 for the Hong Kong wallet.
    ...POST_SIGNED,
    path: "/order/scan_pay",
    wallet: "wechat",
    pays: "wechat.barcode",
    required: ["ip", "auth_code"],
    optional: ["product_id", "device_info"],
    reply: (payment) => success({ order: scanOrder(payment) }),
  },
  {
    // §4.3
    ...POST_SIGNED,
    path: "/order/scanned_pay",
    wallet: "wechat",
    pays: "wechat.native",
    required: ["ip"],
    optional: ["product_id", "device_info"],
    reply: (payment) =>
      success({ code_url: qrText(payment, (code) => `weixin://wxpay/bizpayurl?pr=${code}`), order: scannedOrder(payment) }),
  },
  {
    // §4.4 step 3
    ...POST_SIGNED,
    assumed: true,
    path: "/mini_program/pay",
    wallet: "wechat",
    pays: "wechat.mini_program",
    required: ["openid", "appid"],
    optional: [],
    reply: (payment, call) => success(miniProgramParameters(payment, call)),
  },
  {
    // §4.5
    ...POST_SIGNED,
    assumed: true,
    path: "/order/app_pay",
    wallet: "wechat",
    pays: "wechat.app",
    required: ["appid"],
    optional: [],
    reply: (payment, call) => success(appParameters(payment, call), MISSPELT_SUCCESS),
  },
  // §4.6, §4.7, §6.4
  { ...DESK, path: "/pc_desk", wallet: "wechat", pays: "wechat.desk", reply: desk("pc_desk") },
  { ...DESK, path: "/mp_desk", wallet: "wechat", pays: "wechat.mp_desk", reply: desk("mp_desk") },
  { ...DESK, path: "/alipay/desk", wallet: "alipay", pays: "alipay.desk", reply: desk("alipay_desk") },
  {
    // §6.1: the address of a page with the QR code, to be framed.
    ...POST_SIGNED,
    path: "/alipay/scanned_pay",
    wallet: "alipay",
    pays: "alipay.web",
    required: [],
    optional: [],
    reply: (payment, call) => success({ url: call.backend.pageUrl(payment, "alipay_qr_frame"), order: alipayNewOrder(payment) }),
  },
  {
    // §6.2.1
    ...POST_SIGNED,
    assumed: true,
    path: "/alipay/app_pay",
    wallet: "alipay",
    pays: "alipay.app",
    required: [],
    optional: [],
    reply: (payment, call) => success({ prepay_string: alipayPrepayString(payment, call), order: alipayNewOrder(payment) }),
  },
  {
    // §6.3
    ...POST_SIGNED,
    path: "/alipay/wap_pay",
    wallet: "alipay",
    pays: "alipay.wap",
    required: ["return_url"],
    optional: [],
    reply: (payment, call) => success({ url: call.backend.pageUrl(payment, "alipay_wap"), order: alipayNewOrder(payment) }),
  },
  {
    // §7.1
    ...POST_SIGNED,
    path: "/alipay/qrcode_pay",
    wallet: "alipay",
    pays: "alipay.qr",
    required: [],
    optional: [],
    reply: (payment) => success({ qrcode: qrText(payment, (code) => `https://qr.alipay.com/${code}`), order: alipayNewOrder(payment) }),
  },
  {
    // §7.2
    ...POST_SIGNED,
    path: "/alipay/scan_pay",
    wallet: "alipay",
    pays: "alipay.barcode",
    required: ["auth_code"],
    optional: [],
    reply: (payment) => success({ order: alipayNewOrder(payment) }),
  },
];

/** Every path that creates a payment. */
export const CREATION_ROUTES: readonly Route[] = CREATIONS.map(creationRoute);

function desk(page: "pc_desk" | "mp_desk" | "alipay_desk"): (payment: Payment, call: Call) => WireReply {
  return (payment, call) => ({ status: 302, headers: { Location: call.backend.pageUrl(payment, page) }, body: "" });
}
