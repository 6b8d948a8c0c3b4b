import type { Database } from "#db/client.ts";

export interface OrderFacts {
  id: string;
  reference: string;
  state: "open" | "paid" | "expired" | "cancelled";
  paidAmount: bigint;
  refundedAmount: bigint;
  paidLate: boolean;
  needsReview: boolean;
}

export interface AttemptFacts {
  id: string;
  method: string;
  state: string;
  surplus: boolean;
  gatewayOrderNo: string;
  gatewayRef: string | null;
}

/** What the database says: the tests' second opinion beside the pages, and the only way to move time. */
export interface Ledger {
  order(token: string): Promise<OrderFacts>;
  /** Oldest first. */
  attempts(token: string): Promise<AttemptFacts[]>;
  /** The types of the order's history, in order. */
  events(token: string): Promise<string[]>;
  ordersOfLink(slug: string): Promise<number>;
  /** The order's time to pay runs out in this many seconds (negative: it has run out). */
  expireIn(token: string, seconds: number): Promise<void>;
  /** The sweep leaves this order's tries alone, so that only what the test does can settle them. */
  holdSweep(token: string): Promise<void>;
  query<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>;
}

export function newLedger(database: Database): Ledger {
  const query = async <Row extends object>(text: string, values: unknown[] = []) => (await database.$client.query<Row>(text, values)).rows;
  return {
    query,
    async order(token) {
      const [row] = await query<
        Record<"id" | "reference" | "state" | "paid_amount" | "refunded_amount", string> & Record<"paid_late" | "needs_review", boolean>
      >("select id, reference, state, paid_amount::text, refunded_amount::text, paid_late, needs_review from orders where token = $1", [
        token,
      ]);
      if (!row) throw new Error(`no order has the token ${token}`);
      const { id, reference, paid_late: paidLate, needs_review: needsReview } = row;
      const state = row.state as OrderFacts["state"];
      return {
        id,
        reference,
        state,
        paidAmount: BigInt(row.paid_amount),
        refundedAmount: BigInt(row.refunded_amount),
        paidLate,
        needsReview,
      };
    },
    attempts: (token) =>
      query<AttemptFacts>(
        `select a.id, a.method, a.state, a.surplus, a.gateway_order_no as "gatewayOrderNo", a.gateway_ref as "gatewayRef"
         from attempts a join orders o on o.id = a.order_id where o.token = $1 order by a.created_at, a.id`,
        [token],
      ),
    async events(token) {
      const rows = await query<{ type: string }>(
        "select e.type from order_events e join orders o on o.id = e.order_id where o.token = $1 order by e.sequence",
        [token],
      );
      return rows.map((row) => row.type);
    },
    async ordersOfLink(slug) {
      const [row] = await query<{ count: number }>(
        "select count(*)::int as count from orders o join checkout_links l on l.id = o.link_id where l.slug = $1",
        [slug],
      );
      return row?.count ?? 0;
    },
    async expireIn(token, seconds) {
      await query("update orders set expires_at = now() + make_interval(secs => $2) where token = $1", [token, seconds]);
    },
    async holdSweep(token) {
      await query(
        "update attempts set next_sweep_at = now() + interval '1 hour' where order_id = (select id from orders where token = $1) and next_sweep_at is not null",
        [token],
      );
    },
  };
}
