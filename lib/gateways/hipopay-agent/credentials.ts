import { z } from "zod";
import {
  accountNumber,
  appId,
  billVersion,
  containerReturnParameter,
  containerUrl,
  gatewayPublicKey,
  miniProgramSignType,
  path,
  privateKey,
} from "#lib/gateways/hipopay/account-fields.ts";
import { ASSUMED, PATH_KEYS } from "#lib/gateways/hipopay-agent/paths.ts";
import type { Context } from "#lib/gateways/operation.ts";

/** What HipoPay gives an agent, and the agent's own key (seeds/000 §2, §10.3). */
export const credentials = z.object({
  /** The `AgentNo` header. */
  agentNo: accountNumber,
  /** The merchant this account takes money for; an agent has several. */
  merchantNo: accountNumber,
  privateKey,
  gatewayPublicKey,
});

/** What may differ between accounts. Every default is the document's, or the assumption of `paths.ts`. */
export const settings = z.object({
  /** Overrides of paths.ts. */
  paths: z.partialRecord(z.enum(PATH_KEYS), path).default({}),
  containerUrl,
  containerReturnParameter: containerReturnParameter.default(ASSUMED.containerReturnParameter),
  /** Version header of WeChat's order query (§4.9): 2.0 answers in numbers and lists refunds. */
  agentQueryVersion: z.enum(["1.0", "2.0"]).default("1.0"),
  billVersion: billVersion.default(ASSUMED.billVersion),
  /** How `/alipay/scanned_pay`'s page is shown: framed as §6.1 says, or opened in place of ours. */
  alipayWeb: z.enum(["iframe", "redirect"]).default("iframe"),
  /** Used where a request names no app id (§4.4, §4.5). */
  miniProgramAppId: appId.optional(),
  appAppId: appId.optional(),
  miniProgramSignType: miniProgramSignType.default(ASSUMED.miniProgramSignType),
});

export type HipopayAgent = Context<z.output<typeof credentials>, z.output<typeof settings>>;

/** Fields of requests, replies and notifications that hold personal data, or a token that is as good as the person. */
export const PERSONAL = ["openid", "code", "auth_code", "buyer_email", "buyer_id", "cert_id", "name", "ip"] as const;
