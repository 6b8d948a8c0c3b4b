import { z } from "zod";
import type { Created, CreateRequest } from "#lib/gateways/gateway.ts";
import type { Operation } from "#lib/gateways/operation.ts";
import { parseJson } from "#lib/gateways/wire.ts";
import type { Xxpay } from "#lib/gateways/xxpay/credentials.ts";
import { clientIpOf, fitText, LIMITS, numberProblem, textProblem, urlProblem } from "#lib/gateways/xxpay/fit.ts";
import { PATHS, pathOf } from "#lib/gateways/xxpay/paths.ts";
import { presentationOf } from "#lib/gateways/xxpay/presentation.ts";
import { PAY_METHODS, type PayMethod, productOf } from "#lib/gateways/xxpay/products.ts";

type Create = Operation<Xxpay, CreateRequest, Created>;

const PAY_PARAMS = z
  .union([z.string().transform((text) => parseJson(text)), z.unknown()])
  .pipe(z.object({ payUrl: z.string().min(1).max(8192) }));
const REPLY = z.object({ payOrderId: z.string().min(1).max(64), payParams: PAY_PARAMS });

/** §2.1: one path for every method; the account's product decides what the shopper gets, the answer's `payUrl` how. */
export const creates = Object.fromEntries(PAY_METHODS.map((method) => [method, createOf(method)])) as Record<PayMethod, Create>;

function createOf(method: PayMethod): Create {
  return {
    verb: PATHS.createPay.verb,
    path: pathOf("createPay"),
    check: (request) =>
      numberProblem(request.gatewayOrderNo) ??
      urlProblem("notifyUrl", request.notifyUrl) ??
      urlProblem("returnUrl", request.returnUrl) ??
      (method === "bank.transfer" ? payerProblem(request) : null),
    fields: (request, { credentials, settings }) => ({
      mchId: credentials.mchId,
      appId: credentials.appId,
      productId: productOf(method, settings.products),
      mchOrderNo: request.gatewayOrderNo,
      currency: "cny",
      amount: request.amount.minor.toString(),
      clientIp: clientIpOf(request.clientIp),
      device: optional(fitText(request.deviceInfo ?? "", LIMITS.device)),
      notifyUrl: request.notifyUrl,
      returnUrl: request.returnUrl,
      // Both are mandatory and an empty value is not signed, so there is always something in them.
      subject: fitText(request.subject, LIMITS.subject) || request.gatewayOrderNo,
      body: fitText(request.subject, LIMITS.body) || request.gatewayOrderNo,
      param1: method === "bank.transfer" ? payerOf(request) : undefined,
    }),
    reply: (_request, { settings }) =>
      REPLY.transform(({ payOrderId, payParams }, issues): Created => {
        const presentation = presentationOf(payParams.payUrl, settings);
        if (presentation) return { presentation, gatewayRef: payOrderId };
        issues.addIssue({ code: "custom", message: "payUrl is neither an address nor POST;address" });
        return z.NEVER;
      }),
  };
}

/** §2.1.4, `param1` of a bank transfer: the payer's bank code, name and account, separated by `;`. */
function payerOf({ payer }: CreateRequest): string | undefined {
  return payer && [payer.bankCode, payer.name, payer.account].join(";");
}

function payerProblem(request: CreateRequest): string | null {
  const { payer } = request;
  if (!payer) return "the payer is not known";
  if (!/^[A-Za-z0-9]{1,32}$/.test(payer.bankCode)) return "the payer's bank is not a bank code";
  if (!/^[0-9A-Za-z-]{4,34}$/.test(payer.account)) return "the payer's account is not an account number";
  if (payer.name.includes(";")) return "the payer's name holds a ;";
  return textProblem("the payer's name", payer.name, LIMITS.name) ?? textProblem("the payer", payerOf(request) ?? "", LIMITS.param);
}

function optional(text: string): string | undefined {
  return text === "" ? undefined : text;
}
