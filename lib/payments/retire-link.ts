import { type Database, db, inTransaction } from "#db/client.ts";
import { type Also, nothingAlong } from "#db/queries/audit.ts";
import { type CheckoutLink, setLinkActive } from "#db/queries/links.ts";
import { fail, type Result } from "#lib/domain/errors.ts";

interface Which {
  merchantId: string;
  linkId: string;
}

/** Closes a link of this merchant: its page says so and opens nothing more; orders that are open stay payable. Again changes nothing. */
export async function retireLink(which: Which, database: Database = db(), also: Also = nothingAlong): Promise<Result<CheckoutLink>> {
  return move(which, false, database, also);
}

/** Opens a closed link again, under the same address. Again changes nothing. */
export async function reactivateLink(which: Which, database: Database = db(), also: Also = nothingAlong): Promise<Result<CheckoutLink>> {
  return move(which, true, database, also);
}

async function move({ merchantId, linkId }: Which, active: boolean, database: Database, also: Also): Promise<Result<CheckoutLink>> {
  return inTransaction(database, async (tx): Promise<Result<CheckoutLink>> => {
    const link = await setLinkActive(tx, merchantId, linkId, active);
    if (!link) return fail("link_not_found");
    await also(tx, link.id);
    return { ok: true, value: link };
  });
}
