import { z } from "zod";
import { ASSUMED, PATH_KEYS } from "#lib/gateways/mpgateway/paths.ts";
import type { Context } from "#lib/gateways/operation.ts";

/** What the platform gives a merchant (seeds/002 §2.1). */
export const credentials = z.object({
  merid: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9_-]{1,64}$/, "letters, digits, - and _ only"),
  /** The signing key: both sides sign with it. */
  key: z
    .string()
    .trim()
    .min(8)
    .max(256)
    .regex(/^[\x21-\x7e]+$/, "no blanks")
    .meta({ secret: true }),
});

const path = z
  .string()
  .max(128)
  .regex(/^(?:\/[A-Za-z0-9_][A-Za-z0-9_.-]*)+$/, "a path such as /api/query");

/** What may differ between accounts. Every default is the document's, or the assumption of `paths.ts`. */
export const settings = z.object({
  /** Overrides of paths.ts. */
  paths: z.partialRecord(z.enum(PATH_KEYS), path).default({}),
  /** 指定通道 (§3.2): the channel, for merchants with several; public clients send it with a payment too. */
  payway: z
    .string()
    .regex(/^\d{1,9}$/, "digits")
    .optional(),
  /** A notification's signature is md5: it is a hint and a query settles, unless the account says otherwise. */
  trustNotifications: z.boolean().default(false),
  aliWapAction: z
    .string()
    .regex(/^[A-Za-z0-9]{1,32}$/)
    .default(ASSUMED.aliWapAction),
  payPageSigned: z.boolean().default(ASSUMED.payPageSigned),
});

export type Mpgateway = Context<z.output<typeof credentials>, z.output<typeof settings>>;

/** Fields of requests and replies that hold personal data, or a token that is as good as the person. */
export const PERSONAL = ["openid", "code", "ip"] as const;
