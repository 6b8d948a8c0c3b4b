import { z } from "zod";
import { isRsaKey } from "#lib/crypto/rsa.ts";

/** Fields that the credentials and settings of both HipoPay accounts have. */

/** A number HipoPay gives: agent's or merchant's. */
export const accountNumber = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, "letters, digits, - and _ only");

/** Ours, PKCS#1 or PKCS#8 PEM: signs requests. */
export const privateKey = z
  .string()
  .trim()
  .refine((pem) => isRsaKey(pem, "private"), "not an RSA private key in PEM")
  .meta({ secret: true, multiline: true });

/** The gateway's, SPKI PEM: verifies notifications. */
export const gatewayPublicKey = z
  .string()
  .trim()
  .refine((pem) => isRsaKey(pem, "public"), "not an RSA public key in PEM")
  .meta({ multiline: true });

export const path = z
  .string()
  .max(128)
  .regex(/^(?:\/[A-Za-z0-9_][A-Za-z0-9_.-]*)+$/, "a path such as /order/app_pay");

export const appId = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9]{1,64}$/);

/** The authorisation page of HipoPay's container (seeds/000 §4.1), e.g. `https://…/container`. Without it WeChat JSAPI has no openid. */
export const containerUrl = z.url({ protocol: /^https?$/ }).optional();
export const containerReturnParameter = z.string().regex(/^[A-Za-z0-9_]{0,64}$/);
export const billVersion = z.string().regex(/^\d\.\d$/);
export const miniProgramSignType = z.enum(["MD5", "HMAC-SHA256"]);
