import { z } from "zod";
import type { NewPayment } from "#lib/dialects/backend.ts";
import { sealFor, unsealFor } from "#lib/secrets.ts";

const COLUMN = "compat_orders.asked";
const text = z.string().nullable();

const askedSchema = z.object({
  subject: z.string(),
  /** As it was written: clients compare it letter for letter. */
  amount: z.string(),
  notifyUrl: text,
  returnUrl: text,
  ip: text,
  openid: text,
  deviceInfo: text,
  productId: text,
  appId: text,
  extra: z.record(z.string(), z.string()),
});

/** What of a create's request later replies, notices and returns repeat. Personal: an openid, an address. */
export type Asked = z.infer<typeof askedSchema>;

/** Nothing was asked by a dialect: an ordinary order told in its words. */
export const NOTHING_ASKED: Omit<Asked, "subject" | "amount"> = {
  notifyUrl: null,
  returnUrl: null,
  ip: null,
  openid: null,
  deviceInfo: null,
  productId: null,
  appId: null,
  extra: {},
};

/** A request's lasting part, sealed for its order. The scanned code is not in it: it is good for one charge and kept nowhere. */
export function sealAsked(orderId: string, payment: NewPayment): string {
  const { subject, amount, notifyUrl, returnUrl, ip, openid, deviceInfo, productId, appId, extra } = payment;
  const asked: Asked = { subject, amount, notifyUrl, returnUrl, ip, openid, deviceInfo, productId, appId, extra };
  return sealFor(COLUMN, orderId, JSON.stringify(asked));
}

/** Opens it again; throws when it was sealed for another order or under keys that are gone. */
export function openAsked(orderId: string, sealed: string): Asked {
  return askedSchema.parse(JSON.parse(unsealFor(COLUMN, orderId, sealed)));
}
