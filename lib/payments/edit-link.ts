import { type Database, db, inTransaction } from "#db/client.ts";
import { type Also, nothingAlong } from "#db/queries/audit.ts";
import { type CheckoutLink, lockOwnLink, placesTaken, updateLink } from "#db/queries/links.ts";
import { fail, type Problem, type Result } from "#lib/domain/errors.ts";
import { type CreateLinkInput, type EditLinkInput, linkWire } from "#lib/payments/link-input.ts";
import { checkedTerms } from "#lib/payments/link-terms.ts";

/** Of the three ways to price, the one that is given takes the place of the others. */
const PRICINGS = [["amount"], ["choices"], ["min_amount", "max_amount", "suggested_amount"]] as const;

/**
 * Edits a link of this merchant: what is absent stays, null clears; giving one way of pricing clears the others. Orders that
 * are there keep what they were opened with. Where there is a limit, the orders that count towards it are counted anew under
 * the link's lock, so a limit may be set, moved and lifted at any time, but not below what is taken (`stock_below_taken`,
 * `once_below_taken`). Unknown and foreign alike: `link_not_found`. Other problems as createLink.
 */
export async function editLink(
  input: { merchantId: string; linkId: string; change: EditLinkInput },
  database: Database = db(),
  also: Also = nothingAlong,
): Promise<Result<CheckoutLink>> {
  const { merchantId, linkId, change } = input;
  return inTransaction(database, async (tx): Promise<Result<CheckoutLink>> => {
    const before = await lockOwnLink(tx, merchantId, linkId);
    if (!before) return fail("link_not_found");
    const terms = await checkedTerms(tx, { merchantId, live: before.live }, merged(before, change));
    if (!terms.ok) return terms;
    const { expiresAt, reusable, stock } = terms.value;
    const moved = expiresAt?.getTime() !== before.expiresAt?.getTime();
    if (expiresAt && moved && expiresAt.getTime() <= Date.now()) return fail("times_invalid", "expires_at");
    const limits = { reusable: reusable ?? true, stock: stock ?? null };
    const recount = limits.reusable !== before.reusable || limits.stock !== before.stock;
    const taken = recount ? await placesTaken(tx, linkId) : null;
    const problem = taken && belowTaken(limits, taken);
    if (problem) return { ok: false, problem };
    const row = await updateLink(tx, merchantId, linkId, { ...terms.value, ...taken });
    if (!row) return fail("link_not_found");
    await also(tx, row.id);
    return { ok: true, value: row };
  });
}

/** The link's terms as they are, with the change laid over them. */
function merged(row: CheckoutLink, change: EditLinkInput): Omit<CreateLinkInput, "slug"> {
  const { id: _id, slug: _slug, live: _live, active: _active, created_at: _at, ...now } = linkWire(row);
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  const cleared: Record<string, null> = {};
  for (const names of PRICINGS) {
    const named = names.some((name) => change[name] != null);
    if (!named) continue;
    for (const name of PRICINGS.filter((one) => one !== names).flat()) cleared[name] = null;
    // Pieces cannot be counted of an amount the shopper enters.
    if (names[0] === "min_amount" && change.quantity_max === undefined) cleared.quantity_max = null;
  }
  return { ...now, ...cleared, ...given };
}

function belowTaken(limits: Pick<CheckoutLink, "reusable" | "stock">, taken: { takenOrders: number; takenPieces: number }): Problem | null {
  if (!limits.reusable && taken.takenOrders > 1)
    return { code: "once_below_taken", field: "reusable", values: { taken: String(taken.takenOrders) } };
  if (limits.stock !== null && taken.takenPieces > limits.stock)
    return { code: "stock_below_taken", field: "stock", values: { taken: String(taken.takenPieces) } };
  return null;
}
