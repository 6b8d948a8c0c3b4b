import { z } from "zod";
import { isRsaKey } from "#lib/crypto/rsa.ts";
import { ASSUMED } from "#lib/gateways/fengniao/commands.ts";
import type { Context } from "#lib/gateways/operation.ts";

const number = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9_-]{1,32}$/, "letters, digits, - and _ only, 32 at most");

/** What fengniao gives a merchant (seeds/004 §1.2, §3.1), and the WeChat account's own secret (§3.2). */
export const credentials = z.object({
  /** `app_id`, of the service provider. */
  appId: number,
  /** `merchant_no`. */
  merchantNo: number,
  /** The `secret` of the merchant's back office: signs requests and verifies notifications, with RSA too. */
  secret: z.string().trim().min(1).max(256).meta({ secret: true }),
  /** Ours, PKCS#1 or PKCS#8 PEM; only with the setting `signType` RSA. */
  privateKey: z
    .string()
    .trim()
    .refine((pem) => pem === "" || isRsaKey(pem, "private"), "not an RSA private key in PEM")
    .default("")
    .meta({ secret: true, multiline: true }),
  /** The gateway's, SPKI PEM; only with the setting `signType` RSA. */
  gatewayPublicKey: z
    .string()
    .trim()
    .refine((pem) => pem === "" || isRsaKey(pem, "public"), "not an RSA public key in PEM")
    .default("")
    .meta({ multiline: true }),
  /** Of the WeChat official account `wechatAppId`: exchanges a code for an openid. */
  wechatSecret: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9_-]{0,128}$/, "letters, digits, - and _ only")
    .default("")
    .meta({ secret: true }),
});

const url = z.url({ protocol: /^https?$/ });
const appId = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9]{1,32}$/);

/** What may differ between accounts; what the document marks 特殊必填 ("ask your contact") is here. Defaults: `commands.ts`. */
export const settings = z.object({
  /** Where the gateway is, after the base URL. */
  path: z
    .string()
    .max(128)
    .regex(/^(?:\/[A-Za-z0-9_][A-Za-z0-9_.-]*)+$/, "a path such as /gateway")
    .default(ASSUMED.path),
  signType: z.enum(["MD5", "RSA"]).default("MD5"),
  /** True: a notification with a status moves money by itself. False: it only makes us ask. */
  trustNotifications: z.boolean().default(false),
  /** The official account (`sub_appid` of §2.2–2.4, and whose OAuth tells the openid). */
  wechatAppId: appId.optional(),
  wechatAuthorizeUrl: url.default(ASSUMED.wechatAuthorizeUrl),
  wechatTokenUrl: url.default(ASSUMED.wechatTokenUrl),
  wechatH5: z.enum(["weixin.h5_pay", "weixin.pay"]).default(ASSUMED.wechatH5),
  /** §2.1 `pay_uid`: whether to name the payer, by the MD5 of the address the shopper comes from. */
  sendPayUid: z.boolean().default(false),
  /** §2.2 (online trade), §2.5. */
  subMchId: z
    .string()
    .trim()
    .regex(/^\d{1,16}$/, "digits only, 16 at most")
    .optional(),
  goodsTag: z.string().trim().min(1).max(32).default(ASSUMED.goodsTag),
  wapName: z.string().trim().min(1).max(32).default(ASSUMED.wapName),
  /** §2.3, §2.6 `goods_id` where the request names no product; without it the order's number stands there. */
  goodsId: z.string().trim().min(1).max(32).optional(),
  /** §2.2 `tran_type`: 1 offline, 2 online. Not sent unless set: the document's own default is 1. */
  tranType: z.enum(["1", "2"]).optional(),
  isOnline: z.enum(["0", "1"]).default(ASSUMED.isOnline),
  orderType: z.enum(["0", "1"]).default(ASSUMED.orderType),
  personalCode: z.enum(["redirect", "qr"]).default(ASSUMED.personalCode),
  unionpayRefund: z.enum(["pending", "succeeded"]).default(ASSUMED.unionpayRefund),
});

export type Fengniao = Context<z.output<typeof credentials>, z.output<typeof settings>>;

/** Fields of requests, replies and notifications that hold personal data, or a token that is as good as the person. */
export const PERSONAL = [
  ...["sub_openid", "openid", "open_id", "unionid", "user_id", "user", "pay_uid", "buyer_logon_id", "buyer_user_id"],
  ...["auth_code", "card_no", "ip", "client_ip", "spbill_create_ip"],
  // Payouts: everything about whose account it is (§2.15, §2.16, §2.23, §2.24).
  ...["bakn_account_no", "bank_account_no", "bank_account_name", "bank_mobile", "id_card_no", "bank_code", "bank_name", "province", "city"],
  // WeChat's OAuth (§3.2).
  ...["code", "secret", "access_token", "refresh_token"],
] as const;
