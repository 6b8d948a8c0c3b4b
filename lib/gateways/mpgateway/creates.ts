import { isIP } from "node:net";
import { z } from "zod";
import type { Method } from "#lib/domain/methods.ts";
import type { Presentation } from "#lib/domain/presentation.ts";
import type { Created, CreateRequest } from "#lib/gateways/gateway.ts";
import { chargingCodec, signedForm } from "#lib/gateways/mpgateway/codec.ts";
import type { Mpgateway } from "#lib/gateways/mpgateway/credentials.ts";
import { mismatchOf, ORDER, type Order } from "#lib/gateways/mpgateway/order.ts";
import { ASSUMED, PATHS, pathOf } from "#lib/gateways/mpgateway/paths.ts";
import type { DraftFields, Operation } from "#lib/gateways/operation.ts";
import { escapeStrictly } from "#lib/gateways/wire.ts";

type Create = Operation<Mpgateway, CreateRequest, Created>;

/** One action of seeds/002 §3.1.2, as data: what it asks for beyond the common fields, and what its `formaction` is. */
export interface Action {
  readonly name: string;
  /** The setting that may rename it, where the document does not print it. */
  readonly setting?: "aliWapAction";
  readonly extra?: (request: CreateRequest) => DraftFields;
  readonly problem?: (request: CreateRequest) => string | null;
  /** `charge`: nothing to show, the money moves at once. */
  readonly formaction: "qr" | "address" | "payId" | "charge";
}

const scan = { formaction: "charge", problem: authCodeProblem, extra: ({ authCode }: CreateRequest) => ({ code: authCode }) } as const;

/** Every action by method. `AliWap` is not printed; see paths.ts. */
export const ACTIONS = {
  "wechat.barcode": { name: "WxCode", ...scan },
  "wechat.native": { name: "WxSao", formaction: "qr" },
  "wechat.jsapi": {
    name: "WxJsApi",
    formaction: "payId",
    problem: ({ openid }) => (/^[A-Za-z0-9_-]{1,128}$/.test(openid ?? "") ? null : "not an openid"),
    extra: ({ openid, returnUrl }) => ({ openid, fronturl: returnUrl }),
  },
  "wechat.h5": {
    name: "WxH5",
    formaction: "address",
    problem: ({ clientIp }) => (isIP(clientIp) === 0 ? "the shopper's real address is not known" : null),
    extra: ({ clientIp }) => ({ ip: clientIp }),
  },
  "alipay.barcode": { name: "AliCode", ...scan },
  "alipay.qr": { name: "AliSao", formaction: "qr" },
  "alipay.wap": { name: ASSUMED.aliWapAction, setting: "aliWapAction", formaction: "address" },
  "qq.barcode": { name: "QQCode", ...scan },
  "qq.native": { name: "QQSao", formaction: "qr" },
  "unionpay.qr": { name: "USao", formaction: "qr" },
} as const satisfies Partial<Record<Method, Action>>;

/** The creates by method: one path, ten actions. */
export const creates = Object.fromEntries(Object.entries(ACTIONS).map(([method, action]) => [method, createOf(action)])) as Record<
  keyof typeof ACTIONS,
  Create
>;

function createOf(action: Action): Create {
  return {
    verb: PATHS.pay.verb,
    path: pathOf("pay"),
    check: (request) => numberProblem(request.gatewayOrderNo) ?? action.problem?.(request) ?? null,
    fields: (request, { credentials, settings }) => ({
      action: action.setting ? settings[action.setting] : action.name,
      txnamt: request.amount.minor.toString(),
      merid: credentials.merid,
      payway: settings.payway,
      orderid: request.gatewayOrderNo,
      backurl: request.notifyUrl,
      ...action.extra?.(request),
    }),
    reply: (request, context) => ORDER.transform((order, issues) => createdFrom(order, action, request, context, issues)),
    ...(action.formaction === "charge" && { codec: chargingCodec, timeoutMs: 20_000 }),
  };
}

function createdFrom(order: Order, action: Action, request: CreateRequest, context: Mpgateway, issues: z.RefinementCtx): Created {
  const { merid } = context.credentials;
  const expected = { merid, orderid: request.gatewayOrderNo, queryid: null, amount: request.amount };
  const gatewayRef = order.queryid === "" ? null : order.queryid;
  const problem = mismatchOf(order, expected) ?? (action.formaction !== "charge" && !order.formaction ? "no formaction" : null);
  if (problem) {
    issues.addIssue({ code: "custom", message: problem });
    return z.NEVER;
  }
  // A scanned code's answer carries no resultcode in the document: 00 means taken, and the query says how it ended.
  if (action.formaction === "charge") return { presentation: { kind: "none" }, gatewayRef, standing: { kind: "pending", gatewayRef } };
  return { presentation: presentationOf(order.formaction, action, request, context), gatewayRef };
}

function presentationOf(formaction: string, action: Action, request: CreateRequest, context: Mpgateway): Presentation {
  if (action.formaction === "qr") return { kind: "qr", text: formaction };
  return { kind: "redirect", url: action.formaction === "payId" ? payPage(formaction, request, context) : formaction };
}

/** §3.3: the platform's own page that opens the wallet with the PayId, and does so only under its own registered address. */
function payPage(payId: string, request: CreateRequest, context: Mpgateway): string {
  const { key, merid } = context.credentials;
  const fields = { merid, orderid: request.gatewayOrderNo, code: payId };
  const plain = Object.entries(fields).map(([name, value]) => `${name}=${escapeStrictly(value)}`);
  const query = context.settings.payPageSigned ? signedForm(fields, key) : plain.join("&");
  return `${context.baseUrl}${pathOf("payPage")(context)}?${query}`;
}

/** §3.1.2: 8 to 32 letters and digits. */
export function numberProblem(orderid: string): string | null {
  return /^[A-Za-z0-9]{8,32}$/.test(orderid) ? null : "our number is not 8 to 32 letters and digits";
}

function authCodeProblem({ authCode }: CreateRequest): string | null {
  return /^[A-Za-z0-9]{1,64}$/.test(authCode ?? "") ? null : "the scanned code is not a wallet's code";
}
