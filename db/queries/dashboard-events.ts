import type { Tx } from "#db/client.ts";
import { type Cursor, cutPage, PAGE_ROWS, type Page } from "#db/queries/dashboard-page.ts";

export interface EventListRow {
  /** `<order or payout>.<sequence>`. */
  id: string;
  stream: string;
  about: "order" | "payout";
  reference: string;
  live: boolean;
  sequence: number;
  type: string;
  data: Record<string, unknown>;
  at: Date;
  /** Deliveries of it, by state. */
  told: { id: string; state: "pending" | "acknowledged" | "dead" }[];
}

const ORDERS = `select e.order_id || '.' || e.sequence as id, e.order_id as stream, 'order' as about, o.reference, o.live, e.sequence, e.type, e.data, e.at
  from order_events e join orders o on o.id = e.order_id where e.merchant_id = $1 and e.type = any($2)`;
const PAYOUTS = `select e.payout_id || '.' || e.sequence as id, e.payout_id as stream, 'payout' as about, p.payout_no as reference, a.live, e.sequence,
    e.type, e.data, e.at
  from payout_events e join payouts p on p.id = e.payout_id join gateway_accounts a on a.id = p.account_id
  where p.merchant_id = $1 and e.type = any($2)`;
const TOLD = `(select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'state', d.state) order by d.id), '[]') from deliveries d
  where (d.order_id = v.stream or d.payout_id = v.stream) and d.sequence = v.sequence) as told`;
/** A cursor's id has no dot. */
const DOT = "_seq_";

/** Events of these types, newest first, with whom each was told. Each kind is cut to a page before the two are mixed. */
export async function listEvents(tx: Tx, merchantId: string, types: readonly string[], cursor: Cursor | null): Promise<Page<EventListRow>> {
  const [compare, order] = cursor?.direction === "newer" ? [">", "asc"] : ["<", "desc"];
  const where = cursor ? `where (at, id) ${compare} ($4::timestamptz, $5)` : "";
  const cut = (rows: string) => `(select * from (${rows}) kind ${where} order by at ${order}, id ${order} limit $3)`;
  const text = `select v.*, ${TOLD} from (select * from (${cut(ORDERS)} union all ${cut(PAYOUTS)}) mixed order by at ${order}, id ${order} limit $3) v
    order by at ${order}, id ${order}`;
  const values = [merchantId, types, PAGE_ROWS + 1, ...(cursor ? [cursor.at.toISOString(), cursor.id.replace(DOT, ".")] : [])];
  const { rows } = await tx.$client.query<EventListRow>(text, values);
  return cutPage(rows, cursor, (row) => ({ at: row.at, id: row.id.replace(".", DOT) }));
}
