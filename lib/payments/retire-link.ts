import { type Database, db } from "#db/client.ts";
import { type CheckoutLink, setLinkActive } from "#db/queries/links.ts";
import { fail, type Result } from "#lib/domain/errors.ts";

interface Which {
  merchantId: string;
  linkId: string;
}

/** Closes a link of this merchant: its page says so and opens nothing more; orders that are open stay payable. Again changes nothing. */
export async function retireLink(which: Which, database: Database = db()): Promise<Result<CheckoutLink>> {
  return move(which, false, database);
}

/** Opens a closed link again, under the same address. Again changes nothing. */
export async function reactivateLink(which: Which, database: Database = db()): Promise<Result<CheckoutLink>> {
  return move(which, true, database);
}

async function move({ merchantId, linkId }: Which, active: boolean, database: Database): Promise<Result<CheckoutLink>> {
  const link = await setLinkActive(database, merchantId, linkId, active);
  return link ? { ok: true, value: link } : fail("link_not_found");
}
