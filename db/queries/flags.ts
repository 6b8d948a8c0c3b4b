import { prepared, type Tx } from "#db/client.ts";
import { EFFECTS, type Effect } from "#lib/domain/order-history.ts";

/** The events that say that a person has to look. */
const FLAGS = Object.entries<Effect>(EFFECTS).flatMap(([type, { review }]) => (review ? [type] : []));

/** Whether an order was flagged for a person after one of its events. */
export async function flaggedAfter(tx: Tx, orderId: string, sequence: number): Promise<boolean> {
  const text = `select 1 from order_events where order_id = $1 and sequence > $2
    and (type = any($3::text[]) or data->>'gone' = 'true') limit 1`;
  return (await prepared(tx, "flagged_after", text, [orderId, sequence, FLAGS])).length > 0;
}
