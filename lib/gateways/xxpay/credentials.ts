import { z } from "zod";
import type { Context } from "#lib/gateways/operation.ts";
import { ASSUMED, PATH_KEYS } from "#lib/gateways/xxpay/paths.ts";
import { PAY_METHODS } from "#lib/gateways/xxpay/products.ts";

const key = z
  .string()
  .trim()
  .min(8)
  .max(256)
  .regex(/^[\x21-\x7e]+$/, "no blanks");

/** What the payment centre gives a business system (seeds/003 §1.3, §2.1.4). */
export const credentials = z.object({
  mchId: z
    .string()
    .trim()
    .regex(/^\d{1,30}$/, "digits only"),
  appId: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9]{1,32}$/, "letters and digits only"),
  key: key.meta({ secret: true }),
  /** 代付验证码: public clients of some centres must send it as a payout's `param2`; empty where there is none. */
  payoutCode: z
    .string()
    .trim()
    .max(64)
    .regex(/^[A-Za-z0-9]*$/)
    .default("")
    .meta({ secret: true }),
});

const place = z
  .string()
  .max(256)
  .regex(
    /^(?:https:\/\/[A-Za-z0-9.-]+(?::\d{1,5})?)?(?:\/[A-Za-z0-9_][A-Za-z0-9_.-]*)+$/,
    "a path such as /api/pay/query_order, or an https address",
  );

/** What may differ between accounts. Every default is the document's, or the assumption of `paths.ts`. */
export const settings = z.object({
  /** Overrides of paths.ts. */
  paths: z.partialRecord(z.enum(PATH_KEYS), place).default({}),
  /** The product each method is paid with, where it is not the document's first (§4.1). */
  products: z.partialRecord(z.enum(PAY_METHODS), z.string().regex(/^\d{1,8}$/, "a product's number")).default({}),
  /** The document's addresses are plain http: nobody but who sets this may use such a base URL. Enforced where accounts are used. */
  insecureTransport: z.boolean().default(false),
  /** A notification's signature is md5: it is a hint and a query settles, unless the account says otherwise. */
  trustNotifications: z.boolean().default(false),
  /** Whether a query also makes the centre notify us again (§2.2.3, §3.2.3). */
  executeNotify: z.boolean().default(false),
  qrPage: z.enum(["draw", "page"]).default(ASSUMED.qrPage),
  postedValues: z.enum(["raw", "decoded"]).default(ASSUMED.postedValues),
  payParamsSigned: z.boolean().default(ASSUMED.payParamsSigned),
  payoutAccountType: z.enum(["1", "2", "3", "4"]).default(ASSUMED.payoutAccountType),
  /** §3.1.3, `param1`: the last six digits of the account payouts come from, where the centre wants them. */
  payoutPayerLastSix: z
    .string()
    .regex(/^\d{6}$/)
    .optional(),
});

export type Xxpay = Context<z.output<typeof credentials>, z.output<typeof settings>>;

/**
 * Fields of requests, replies and notifications that hold personal data, or a secret the gateway repeats; in lower case too,
 * because answers are looked through that way.
 */
const PERSONAL_FIELDS = [
  ...["clientIp", "param1", "param2", "accountName", "accountNo", "bankType", "bankCode", "bankName", "province", "city"],
  ...["channelUser", "channelAttach"],
];
export const PERSONAL: readonly string[] = [...new Set(PERSONAL_FIELDS.flatMap((name) => [name, name.toLowerCase()]))];
