import { notFound } from "next/navigation";
import { db } from "#db/client.ts";
import { type CheckoutLink, ownLink } from "#db/queries/links.ts";

/** The link of an address, of the merchant whose screens are shown; 404 for a foreign and for an unknown one alike. */
export async function linkOfAddress(merchantId: string, params: Promise<{ id: string }>): Promise<CheckoutLink> {
  const { id } = await params;
  const link = /^[\w-]{1,64}$/.test(id) ? await ownLink(db(), merchantId, id) : null;
  if (!link) notFound();
  return link;
}
