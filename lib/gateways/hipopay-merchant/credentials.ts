import { z } from "zod";
import { CURRENCIES } from "#lib/domain/currency.ts";
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
import { ASSUMED, REPLY_KINDS } from "#lib/gateways/hipopay-merchant/assumed.ts";
import { PATH_KEYS } from "#lib/gateways/hipopay-merchant/paths.ts";
import type { Context } from "#lib/gateways/operation.ts";

/** What HipoPay gives a merchant, and the merchant's own key (seeds/001 §4). */
export const credentials = z.object({
  /** The `MerchantNO` header. */
  merchantNo: accountNumber,
  privateKey,
  gatewayPublicKey,
});

const region = z.enum(["mainland", "hongkong"]).default("mainland");
const onOff = z.enum(["off", "on"]);

/** What may differ between accounts. Every default is the document's, or the assumption of `assumed.ts`. */
export const settings = z.object({
  /** Overrides of paths.ts. */
  paths: z.partialRecord(z.enum(PATH_KEYS), path).default({}),
  /** Overrides of `ASSUMED.replyFields`: the one field to read. */
  replyFields: z.partialRecord(z.enum(REPLY_KINDS), z.string().regex(/^[A-Za-z0-9_]{1,64}$/)).default({}),
  /** Which wallets the contract is for: `/wechatpay/hk/…`, or `hk_wallet=true` for Alipay (§6: Mainland Wallet, HongKong Wallet). */
  wechatWallet: region,
  alipayWallet: region,
  wechatBarcodeHkWallet: onOff.default(ASSUMED.wechatBarcodeHkWallet),
  /** The rate's name: seeds/001's, or the one older clients call. */
  ratePath: z.enum(["forex_rate", "rate"]).default("forex_rate"),
  rateDirection: z.enum(["foreign_per_cny", "cny_per_foreign"]).default(ASSUMED.rateDirection),
  /** §10: on adds pay_rate, pay_rate_reversed, bank_type and promotion_detail to notifications. */
  responseVersion: z.enum(["off", "3.0"]).default("off"),
  /**
   * §7 `is_rmb`: orders in CNY are priced in CNY. `settleCurrency` is then what `currency` says; without it, CNY. A query or
   * notification that names the settlement's currency beside an amount in CNY is a mismatch to us: flagged, nothing moves.
   */
  isRmb: onOff.default("off"),
  settleCurrency: z.enum(CURRENCIES).optional(),
  containerUrl,
  containerReturnParameter: containerReturnParameter.default(ASSUMED.containerReturnParameter),
  /** §13: the report wants 3.0; one of the official SDKs sends 1.0. */
  billVersion: billVersion.default("3.0"),
  /** How Alipay's page for PCs is shown: in place of ours, or framed. */
  alipayWeb: z.enum(["redirect", "iframe"]).default("redirect"),
  /** Used where a request names no app id. The official account's is sent only when it stands here. */
  miniProgramAppId: appId.optional(),
  appAppId: appId.optional(),
  mpAppId: appId.optional(),
  miniProgramSignType: miniProgramSignType.default(ASSUMED.miniProgramSignType),
});

export type HipopayMerchant = Context<z.output<typeof credentials>, z.output<typeof settings>>;

/** Fields of requests, replies and notifications that hold personal data, or a token that is as good as the person. */
export const PERSONAL = ["openid", "auth_code", "buyer_email", "buyer_id", "cert_id", "name", "client_ip"] as const;
