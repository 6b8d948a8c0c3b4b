import { z } from "zod";
import { formatMajor } from "#lib/domain/money.ts";
import type { Presentation } from "#lib/domain/presentation.ts";
import { command } from "#lib/gateways/fengniao/command.ts";
import type { Command } from "#lib/gateways/fengniao/commands.ts";
import type { Fengniao } from "#lib/gateways/fengniao/credentials.ts";
import { amountProblem, echoProblem, numberProblem, text, unclear } from "#lib/gateways/fengniao/order.ts";
import type { Created, CreateRequest } from "#lib/gateways/gateway.ts";
import type { DraftFields, Operation } from "#lib/gateways/operation.ts";
import { cleanText } from "#lib/gateways/wire.ts";

export type Create = Operation<Fengniao, CreateRequest, Created>;

/** What creates answer beside the echo; which of them is each method's own. */
const REPLY = z.object({
  out_trade_no: text,
  total_amount: text,
  trade_no: text,
  pay_url: text,
  qr_code: text,
  code_url: text,
  pay_info: z.unknown().optional(),
});
export type CreateReply = z.output<typeof REPLY>;

interface Spec {
  check?(request: CreateRequest, context: Fengniao): string | null;
  fields(request: CreateRequest, context: Fengniao): DraftFields;
  /** How to pay, or null when the reply lacks what the document promises. */
  present(reply: CreateReply, context: Fengniao): Presentation | null;
  /** The merchant scanned the shopper's code: money may have moved, and the reply does not say so (seeds/004 §2.4, §2.7). */
  charges?: boolean;
}

/** A create: checked before it is sent, and its answer believed only when it echoes our number and the amount. */
export function create(name: Command | ((context: Fengniao) => Command), spec: Spec): Create {
  return command(name, {
    check: (request, context) =>
      numberProblem(request.gatewayOrderNo) ?? amountProblem(request.amount) ?? spec.check?.(request, context) ?? null,
    fields: spec.fields,
    reply: (request, context) =>
      REPLY.transform((reply, issues): Created => {
        const problem = echoProblem(reply, { number: request.gatewayOrderNo, amount: request.amount });
        if (problem) return unclear(issues, problem);
        const presentation = spec.present(reply, context);
        if (!presentation) return unclear(issues, "the answer does not say how to pay");
        const gatewayRef = reply.trade_no || null;
        return { presentation, gatewayRef, ...(spec.charges && { standing: { kind: "pending", gatewayRef } }) };
      }),
    ...(spec.charges && { timeoutMs: 20_000 }),
  });
}

/** The beginning of a wallet's create: whose, which, what and how much. Text is cleaned for the wire and cut to its 64 signs. */
export function named(request: CreateRequest, { credentials }: Fengniao): DraftFields {
  return {
    merchant_no: credentials.merchantNo,
    ...ordered(request),
    order_name: orderName(request),
    total_amount: formatMajor(request.amount),
  };
}

/** Our number alone, as QQ and UnionPay want it: their calls name no merchant (§2.12–2.14). */
export function ordered({ gatewayOrderNo }: CreateRequest): DraftFields {
  return { out_trade_no: gatewayOrderNo };
}

/** What is bought, at most 64 signs. */
export function orderName({ subject }: CreateRequest): string {
  return [...cleanText(subject)].slice(0, 64).join("");
}

/** A name for the goods of a QR code, at most 32 signs: the request's, the account's, else the order's number. */
export function goodsId({ productId, gatewayOrderNo }: CreateRequest, { settings }: Fengniao): string {
  return [...cleanText(productId ?? settings.goodsId ?? gatewayOrderNo)].slice(0, 32).join("");
}

/** The QR code of a reply. */
export function qr({ qr_code: code }: CreateReply): Presentation | null {
  return code ? { kind: "qr", text: code } : null;
}

/** The address of a reply the browser goes to. */
export function redirect({ pay_url: url }: CreateReply): Presentation | null {
  return url ? { kind: "redirect", url } : null;
}

/** Why a scanned code is not one, or null. Wallets' codes are digits; other signs never reach the wire. */
export function authCodeProblem({ authCode }: CreateRequest): string | null {
  return /^[A-Za-z0-9]{1,64}$/.test(authCode ?? "") ? null : "the scanned code is not a wallet's code";
}
