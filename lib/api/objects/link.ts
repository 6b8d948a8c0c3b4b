import { z } from "zod";
import type { CheckoutLink } from "#db/queries/links.ts";
import { idOf } from "#lib/api/objects/parts.ts";
import { env } from "#lib/env.ts";
import { linkReply, linkWire } from "#lib/payments/link-input.ts";

export const LINK = z
  .strictObject({
    ...linkReply.shape,
    id: idOf("lnk"),
    object: z.literal("link"),
    url: z.string().meta({ description: "Hand this out." }),
  })
  .meta({ id: "Link", description: "An address you hand out: each visit that pays makes one order." });
export type LinkObject = z.infer<typeof LINK>;

export function linkObject(row: CheckoutLink): LinkObject {
  return { ...linkWire(row), object: "link", url: `${env().PUBLIC_URL}/l/${row.slug}` };
}
