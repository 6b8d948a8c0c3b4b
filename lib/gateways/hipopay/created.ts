import { z } from "zod";
import type { Presentation } from "#lib/domain/presentation.ts";
import type { Created, CreateRequest } from "#lib/gateways/gateway.ts";
import { type Expected, firstOf, mismatchOf, type Order, rateOf, standingOf, type Wording } from "#lib/gateways/hipopay/order.ts";
import { parseJson } from "#lib/gateways/wire.ts";

/** Text that must be there. */
export const someText = z.string().min(1).max(8192);

/** What WeixinJSBridge needs to open the wallet (WeChat's own names). */
const JS_PARAMS = ["appId", "timeStamp", "nonceStr", "package", "signType", "paySign"] as const;

/** The parameters of `getBrandWCPayRequest`, as an object or as its JSON text. */
export const jsParams = z
  .union([z.string().transform((text) => parseJson(text)), z.unknown()])
  .pipe(z.record(z.string(), z.string().max(8192)))
  .refine((params) => JS_PARAMS.every((name) => params[name]), "a parameter of WeixinJSBridge is missing");

/** The parts of a mini program's reply (seeds/000 §4.4, seeds/001 `prepay_params`). */
export const MINI_PROGRAM_FIELDS = { timeStamp: someText, prepay_id: someText, nonceStr: someText, paySign: someText } as const;

/** Those parts as `wx.requestPayment` wants them; the replies name no algorithm, so the account's settings do. */
export function miniProgram(parts: Record<keyof typeof MINI_PROGRAM_FIELDS, string>, signType: string): Presentation {
  const { timeStamp, nonceStr, paySign } = parts;
  const prepay = `prepay_id=${parts.prepay_id.replace(/^prepay_id=/, "")}`;
  return { kind: "app", runtime: "mini_program", params: { timeStamp, nonceStr, package: prepay, signType, paySign } };
}

/**
 * A create reply that carries its order. The order must echo what was asked (numbers, merchant, amount, currency), or the
 * answer is about something else and thus unclear. `charges`: the reply says how the charge ended; elsewhere a standing is
 * only set when it is no longer pending.
 */
export function createdFrom(
  order: Order,
  wording: Wording,
  presentation: Presentation,
  expected: Expected,
  issues: z.RefinementCtx,
  charges: boolean,
): Created {
  const mismatch = mismatchOf(order, wording, expected);
  if (mismatch) {
    issues.addIssue({ code: "custom", message: mismatch });
    return z.NEVER;
  }
  const standing = standingOf(order, wording, expected);
  const rate = rateOf(order);
  return {
    presentation,
    gatewayRef: firstOf(order, wording.theirs),
    ...((charges || standing.kind !== "pending") && { standing }),
    ...(rate && { exchangeRate: rate }),
  };
}

/** What scan pay says while the shopper types a password. */
export const STILL_PAYING: Created = { presentation: { kind: "none" }, gatewayRef: null, standing: { kind: "pending" } };

/** Why a scanned code is not one, or null. Wallets' codes are digits; other letters never reach the wire. */
export function authCodeProblem({ authCode }: CreateRequest): string | null {
  return /^[A-Za-z0-9]{1,64}$/.test(authCode ?? "") ? null : "the scanned code is not a wallet's code";
}

export function openidProblem({ openid }: CreateRequest): string | null {
  return /^[A-Za-z0-9_-]{1,128}$/.test(openid ?? "") ? null : "not an openid";
}

/** `appId`: the request's, or the one that stands in for it. */
export function appIdProblem(appId: string | undefined): string | null {
  return /^[A-Za-z0-9]{1,64}$/.test(appId ?? "") ? null : "no app id: neither the request nor the account's settings name one";
}
