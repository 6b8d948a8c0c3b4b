import { z } from "zod";
import { idOf, METHOD } from "#lib/api/objects/parts.ts";
import { refuse } from "#lib/api/result.ts";
import type { Answers } from "#lib/domain/asks.ts";
import { CHARGES_AT_ONCE, type Method } from "#lib/domain/methods.ts";
import type { Wanted } from "#lib/payments/try-accounts.ts";

/** What a try to pay may take beside its method; which of them a method asks for, `docs/gateways.md` says. */
export const PAY_SHAPE = {
  client_ip: z.union([z.ipv4(), z.ipv6()]).optional().meta({ description: "The shopper's address; yours when absent." }),
  openid: z.string().min(1).max(128).optional().meta({ description: "The shopper as the account's WeChat or Alipay app knows them." }),
  auth_code: z.string().min(1).max(64).optional().meta({ description: "Read from the shopper's wallet by your scanner (`*.barcode`)." }),
  app_id: z.string().min(1).max(64).optional(),
  bank: z.strictObject({ code: z.string().min(1).max(32), card: z.enum(["debit", "credit", "any"]).default("any") }).optional(),
  card_number: z.string().min(12).max(40).optional().meta({ description: "Passed on to the gateway, never stored." }),
  payer: z
    .strictObject({ bank_code: z.string().min(1).max(32), name: z.string().min(1).max(64), account: z.string().min(1).max(64) })
    .optional(),
};

export const PAY_BODY = z.strictObject({ method: METHOD, ...PAY_SHAPE });
export type PayBody = z.infer<typeof PAY_BODY>;

/** Path parameters named for the thing. */
export const ORDER_PATH = z.strictObject({ order: idOf("ord") });

/** A body's particulars as the use cases take them. */
export function wantedOf(body: PayBody, ip: string): Omit<Wanted, "begin" | "actor" | "guard"> {
  const { method, client_ip: clientIp = ip, openid, auth_code: authCode, app_id: appId } = body;
  return { method, clientIp, answers: answersOf(body), openidFor: () => openid, authCode, appId };
}

function answersOf({ bank, card_number: cardNumber, payer }: PayBody): Answers {
  return { bank, cardNumber, payer: payer && { bankCode: payer.bank_code, name: payer.name, account: payer.account } };
}

/** Scan pay has its own rules (a code is used once), and so its own use case. */
export function isScan(method: Method): boolean {
  return CHARGES_AT_ONCE.has(method);
}

/** A code of another wallet than the method's would charge another wallet than was asked for. */
export function codeProblem(body: Pick<PayBody, "method" | "auth_code">, methodOfCode: Method | null) {
  if (!body.auth_code) return refuse("field_missing", "auth_code", { values: { param: "auth_code" } });
  return methodOfCode === body.method ? null : refuse("auth_code_invalid", "auth_code");
}
