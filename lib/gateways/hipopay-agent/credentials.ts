import { z } from "zod";
import { isRsaKey } from "#lib/crypto/rsa.ts";
import { ASSUMED, PATH_KEYS } from "#lib/gateways/hipopay-agent/paths.ts";
import type { Context } from "#lib/gateways/operation.ts";

const number = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, "letters, digits, - and _ only");

/** What HipoPay gives an agent, and the agent's own key (seeds/000 §2, §10.3). */
export const credentials = z.object({
  /** The `AgentNo` header. */
  agentNo: number,
  /** The merchant this account takes money for; an agent has several. */
  merchantNo: number,
  /** Ours, PKCS#1 or PKCS#8 PEM: signs requests. */
  privateKey: z
    .string()
    .trim()
    .refine((pem) => isRsaKey(pem, "private"), "not an RSA private key in PEM")
    .meta({ secret: true, multiline: true }),
  /** The gateway's, SPKI PEM: verifies notifications. */
  gatewayPublicKey: z
    .string()
    .trim()
    .refine((pem) => isRsaKey(pem, "public"), "not an RSA public key in PEM")
    .meta({ multiline: true }),
});

const path = z
  .string()
  .max(128)
  .regex(/^(?:\/[A-Za-z0-9_][A-Za-z0-9_.-]*)+$/, "a path such as /order/app_pay");
const appId = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9]{1,64}$/);

/** What may differ between accounts. Every default is the document's, or the assumption of `paths.ts`. */
export const settings = z.object({
  /** Overrides of paths.ts. */
  paths: z.partialRecord(z.enum(PATH_KEYS), path).default({}),
  /** The authorisation page of HipoPay's container (§4.1), e.g. `https://…/container`. Without it WeChat JSAPI has no openid. */
  containerUrl: z.url({ protocol: /^https?$/ }).optional(),
  containerReturnParameter: z
    .string()
    .regex(/^[A-Za-z0-9_]{0,64}$/)
    .default(ASSUMED.containerReturnParameter),
  /** Version header of WeChat's order query (§4.9): 2.0 answers in numbers and lists refunds. */
  agentQueryVersion: z.enum(["1.0", "2.0"]).default("1.0"),
  billVersion: z
    .string()
    .regex(/^\d\.\d$/)
    .default(ASSUMED.billVersion),
  /** How `/alipay/scanned_pay`'s page is shown: framed as §6.1 says, or opened in place of ours. */
  alipayWeb: z.enum(["iframe", "redirect"]).default("iframe"),
  /** Used where a request names no app id (§4.4, §4.5). */
  miniProgramAppId: appId.optional(),
  appAppId: appId.optional(),
  miniProgramSignType: z.enum(["MD5", "HMAC-SHA256"]).default(ASSUMED.miniProgramSignType),
});

export type HipopayAgent = Context<z.output<typeof credentials>, z.output<typeof settings>>;

/** Fields of requests, replies and notifications that hold personal data, or a token that is as good as the person. */
export const PERSONAL = ["openid", "code", "auth_code", "buyer_email", "buyer_id", "cert_id", "name", "ip"] as const;
