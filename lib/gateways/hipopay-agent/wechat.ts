import { z } from "zod";
import type { Method } from "#lib/domain/methods.ts";
import { formatMajor } from "#lib/domain/money.ts";
import type { Created, CreateRequest } from "#lib/gateways/gateway.ts";
import {
  appIdProblem,
  authCodeProblem,
  jsParams,
  MINI_PROGRAM_FIELDS,
  miniProgram as miniProgramParams,
  openidProblem,
  STILL_PAYING,
  someText,
} from "#lib/gateways/hipopay/created.ts";
import { createdWithOrder, dataOf, presented } from "#lib/gateways/hipopay-agent/created.ts";
import type { HipopayAgent } from "#lib/gateways/hipopay-agent/credentials.ts";
import { ORDER } from "#lib/gateways/hipopay-agent/order.ts";
import { PATHS, pathOf } from "#lib/gateways/hipopay-agent/paths.ts";
import type { DraftFields, Operation } from "#lib/gateways/operation.ts";
import { cleanText } from "#lib/gateways/wire.ts";

type Create = Operation<HipopayAgent, CreateRequest, Created>;

/** §4.1: in the WeChat browser, openid known. `/mp_pay` answers no number: the payment is asked for by ours. */
const jsapi: Create = {
  verb: PATHS.mpPay.verb,
  path: pathOf("mpPay"),
  check: openidProblem,
  fields: (request, context) => ({ ...common(request, context), openid: request.openid }),
  reply: () => dataOf({ js_param: jsParams }).transform(({ data }) => presented({ kind: "jsapi", params: data.js_param }, null)),
};

/** §4.2 (and §5.1 for the Hong Kong wallet, the same call): the merchant scans the shopper's code; charges at once. */
const barcode: Create = {
  verb: PATHS.scanPay.verb,
  path: pathOf("scanPay"),
  check: authCodeProblem,
  fields: (request, context) => ({ ...common(request, context), ...terminal(request), auth_code: request.authCode }),
  reply: (request, context) =>
    dataOf({ order: ORDER }).transform(({ data }, issues) =>
      createdWithOrder(data.order, { kind: "none" }, request, context, issues, true),
    ),
  pending: STILL_PAYING,
  timeoutMs: 20_000,
};

/** §4.3: the shopper scans our QR. */
const native: Create = {
  verb: PATHS.scannedPay.verb,
  path: pathOf("scannedPay"),
  fields: (request, context) => ({ ...common(request, context), ...terminal(request) }),
  reply: (request, context) =>
    dataOf({ code_url: someText, order: ORDER }).transform(({ data }, issues) =>
      createdWithOrder(data.order, { kind: "qr", text: data.code_url }, request, context, issues),
    ),
};

/** §4.4, third step: the reply's parts as `wx.requestPayment` wants them. */
const miniProgram: Create = {
  verb: PATHS.miniProgramPay.verb,
  path: pathOf("miniProgramPay"),
  check: (request, { settings }) => openidProblem(request) ?? appIdProblem(request.appId ?? settings.miniProgramAppId),
  fields: (request, context) => ({
    ...common(request, context),
    openid: request.openid,
    appid: request.appId ?? context.settings.miniProgramAppId,
  }),
  reply: (_request, { settings }) =>
    dataOf({ ...MINI_PROGRAM_FIELDS, order_no: someText }).transform(({ data }) =>
      presented(miniProgramParams(data, settings.miniProgramSignType), data.order_no),
    ),
};

/** §4.5: parameters for WeChat's mobile SDK, under the reply's own names. */
const app: Create = {
  verb: PATHS.appPay.verb,
  path: pathOf("appPay"),
  check: (request, { settings }) => appIdProblem(request.appId ?? settings.appAppId),
  fields: (request, context) => ({ ...common(request, context), appid: request.appId ?? context.settings.appAppId }),
  reply: () =>
    dataOf({
      ...{ appid: someText, nonceStr: someText, packageValue: someText, partnerId: someText },
      ...{ prepayId: someText, sign: someText, timeStamp: someText, order_no: someText },
    }).transform(({ data: { order_no: gatewayRef, ...params } }) => presented({ kind: "app", runtime: "wechat_sdk", params }, gatewayRef)),
};

/** WeChat's creates by method; the desks are in desks.ts. */
export const wechatCreates = {
  "wechat.jsapi": jsapi,
  "wechat.barcode": barcode,
  "wechat.native": native,
  "wechat.mini_program": miniProgram,
  "wechat.app": app,
} satisfies Partial<Record<Method, Create>>;

/** §4.4, second step: a mini program's login code for the shopper's openid. */
export const openid: Operation<HipopayAgent, { code: string }, string> = {
  verb: PATHS.miniProgramOpenid.verb,
  path: pathOf("miniProgramOpenid"),
  check: ({ code }) => (/^[A-Za-z0-9_-]{1,128}$/.test(code) ? null : "not a login code"),
  fields: ({ code }, { credentials }) => ({ code, merchant_no: credentials.merchantNo }),
  reply: () => dataOf({ openid: z.string().regex(/^[A-Za-z0-9_-]{1,128}$/) }).transform(({ data }) => data.openid),
};

/** Fields every WeChat create has. Text is cleaned for the wire; our own rows keep the original. */
export function common(request: CreateRequest, { credentials }: HipopayAgent): DraftFields {
  return {
    merchant_no: credentials.merchantNo,
    currency: request.amount.currency,
    amount: formatMajor(request.amount),
    product_info: cleanText(request.subject),
    agent_order_id: request.gatewayOrderNo,
    notify_url: request.notifyUrl,
  };
}

function terminal({ clientIp, productId, deviceInfo }: CreateRequest): DraftFields {
  return {
    ip: clientIp,
    product_id: productId === undefined ? undefined : cleanText(productId),
    device_info: deviceInfo === undefined ? undefined : cleanText(deviceInfo),
  };
}
