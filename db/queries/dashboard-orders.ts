import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { run } from "#db/queries/built.ts";
import { type Cursor, cursorText, PAGE_ROWS, type Page } from "#db/queries/dashboard-page.ts";
import { conditionsOf, type OrderFilter } from "#db/queries/orders-filter.ts";
import { FEW, type Source, sourceOf } from "#db/queries/orders-sources.ts";
import type { Method } from "#lib/domain/methods.ts";
import type { OrderState } from "#lib/domain/order.ts";

export interface OrderRow {
  id: string;
  reference: string;
  title: string;
  state: OrderState;
  paidLate: boolean;
  needsReview: boolean;
  live: boolean;
  currency: string;
  amount: bigint;
  paidAmount: bigint;
  refundedAmount: bigint;
  createdAt: Date;
  paidAt: Date | null;
  /** Of the attempt that paid it, or else the latest; null while there is none. */
  method: Method | null;
  accountId: string | null;
  gatewayOrderNo: string | null;
  gatewayRef: string | null;
  walletRef: string | null;
}

export type Sort = "newest" | "oldest";

export interface OrderPage extends Page<OrderRow> {
  /** Set where the page is not full and yet not the end: how far has been looked; the neighbouring cursor goes on from there. */
  lookedTo: Date | null;
}

/** How many rows a page may ask in vain: a filter that hardly fits anything is answered in pieces, each of them at once. */
export const LOOKED_AT = { walk: 20_000, keys: 1_000, few: FEW } as const;

/** One page of a merchant's orders. Neighbouring pages neither repeat nor miss a row, whichever way one goes. */
export async function listOrders(
  tx: Tx,
  merchantId: string,
  filter: OrderFilter,
  cursor: Cursor | null,
  sort: Sort = "newest",
  size: number = PAGE_ROWS,
): Promise<OrderPage> {
  const reading = cursor?.direction ?? (sort === "newest" ? "older" : "newer");
  const search = await openSearch(tx, merchantId, filter, cursor, reading);
  const read = (await run<Raw>(tx, pageStatement(search, size + 1))).map(rowOf);
  const rows = read.slice(0, size);
  const end = read.length > size || search.source.kind === "few" ? null : await lastLookedAt(tx, search);
  const more = read.length > size || end !== null;
  const first = rows[0] ?? cursor;
  const behind =
    cursor !== null && first !== null ? cursorText({ ...placeOf(first), direction: reading === "older" ? "newer" : "older" }) : null;
  const last = rows.at(-1);
  const ahead = end ?? (more && last ? placeOf(last) : null);
  const on = ahead ? cursorText({ direction: reading, ...ahead }) : null;
  if ((reading === "older") !== (sort === "newest")) rows.reverse();
  return { rows, older: reading === "older" ? on : behind, newer: reading === "newer" ? on : behind, lookedTo: end?.at ?? null };
}

/** A search with what leads it chosen: all that its statements are made of. */
export interface OpenSearch {
  merchantId: string;
  source: Source;
  window: (at: SQL, id: SQL) => SQL;
  rest: SQL[];
  descending: boolean;
}

export async function openSearch(
  tx: Tx,
  merchantId: string,
  filter: OrderFilter,
  cursor: Cursor | null,
  reading: Cursor["direction"],
): Promise<OpenSearch> {
  const window = (at: SQL, id: SQL): SQL => windowOf(filter, cursor, at, id);
  const source = await sourceOf(tx, merchantId, filter, window);
  return { merchantId, source, window, rest: conditionsOf(filter, source.leads), descending: reading === "older" };
}

const COLUMNS = sql`o.id, o.reference, o.title, o.state, o.paid_late as "paidLate", o.needs_review as "needsReview", o.live, o.currency, o.amount,
  o.paid_amount as "paidAmount", o.refunded_amount as "refundedAmount", o.created_at as "createdAt", o.paid_at as "paidAt"`;

/** The statement of one page: at most `limit` rows in the reading order. Exported for the test of its plans. */
export function pageStatement(search: OpenSearch, limit: number): SQL {
  const { merchantId, source, rest, descending } = search;
  const way = descending ? sql`desc` : sql`asc`;
  const wanted = sql.join([sql`true`, ...rest], sql` and `);
  const found =
    source.kind === "walk"
      ? sql`select * from (${walked(search)}) o where ${wanted}`
      : sql`select o.* from (${looked(search)}) k cross join lateral
          (select * from orders o where o.id = k.id and o.merchant_id = ${merchantId} and ${wanted} limit 1) o`;
  const key = source.kind === "walk" ? sql`o.created_at ${way}, o.id ${way}` : sql`k.at ${way}, k.id ${way}`;
  const told = sql`select a.method, a.account_id as "accountId", a.gateway_order_no as "gatewayOrderNo", a.gateway_ref as "gatewayRef",
      a.wallet_ref as "walletRef" from attempts a where a.order_id = o.id
    order by (a.id = o.paid_attempt_id) desc nulls last, a.created_at desc, a.id desc limit 1`;
  return sql`select ${COLUMNS}, t.* from (${found} order by ${key} limit ${limit}) o left join lateral (${told}) t on true
    order by o.created_at ${way}, o.id ${way}`;
}

// The rows of `orders` that a page may look at, in order.
function walked({ source, window, descending }: OpenSearch): SQL {
  if (source.kind !== "walk") throw new Error("a walk goes over orders");
  const way = descending ? sql`desc` : sql`asc`;
  const order = sql`order by created_at ${way}, id ${way} limit ${LOOKED_AT.walk}`;
  const ranges = source.ranges.map(
    (range) => sql`(select * from orders o where ${range} and ${window(sql`o.created_at`, sql`o.id`)} ${order})`,
  );
  const [only] = ranges;
  if (only === undefined) return sql`select * from orders where false`;
  return ranges.length === 1 ? only : sql`select * from (${sql.join(ranges, sql` union all `)}) r ${order}`;
}

// The keys (at, id) of orders that a page may look at, in order, each once.
function looked(search: OpenSearch): SQL {
  const { source, window, descending } = search;
  const way = descending ? sql`desc` : sql`asc`;
  if (source.kind === "walk") return sql`select created_at as at, id from (${walked(search)}) w`;
  const order = sql`order by at ${way}, id ${way} limit ${LOOKED_AT[source.kind]}`;
  if (source.kind === "few") return sql`with few as materialized (${source.keys}) select at, id from few ${order}`;
  if (source.ranges.length === 0) return sql`select null::timestamptz as at, null::text as id where false`;
  const ranges = source.ranges.map(
    ({ from, where, at, id }) => sql`(select distinct ${at} as at, ${id} as id from ${from} where ${where} and ${window(at, id)} ${order})`,
  );
  return sql`select distinct at, id from (${sql.join(ranges, sql` union all `)}) r ${order}`;
}

/** Where a page that is not full stopped looking; null when it has seen all there is. */
async function lastLookedAt(tx: Tx, search: OpenSearch): Promise<{ at: Date; id: string } | null> {
  const [row] = await run<{ at: Date; id: string }>(tx, lastStatement(search));
  return row ?? null;
}

export function lastStatement(search: OpenSearch): SQL {
  return sql`select at, id from (${looked(search)}) k offset ${LOOKED_AT[search.source.kind] - 1} limit 1`;
}

function windowOf(filter: OrderFilter, cursor: Cursor | null, at: SQL, id: SQL): SQL {
  const conditions = [
    filter.from ? sql`${at} >= ${startOfDay(filter.from, 0, filter.timeZone)}` : null,
    filter.to ? sql`${at} < ${startOfDay(filter.to, 1, filter.timeZone)}` : null,
    cursor
      ? sql`(${at}, ${id}) ${cursor.direction === "older" ? sql`<` : sql`>`} (${cursor.at.toISOString()}::timestamptz, ${cursor.id})`
      : null,
  ].filter((one) => one !== null);
  return conditions.length > 0 ? sql.join(conditions, sql` and `) : sql`true`;
}

/** The instant a calendar day begins in a zone, `plus` days later; the database knows every zone's rules. */
export function startOfDay(day: string, plus: number, timeZone: string): SQL {
  return sql`((${day}::date + ${plus}::int)::timestamp at time zone ${timeZone})`;
}

type Raw = Omit<OrderRow, "amount" | "paidAmount" | "refundedAmount"> & Record<"amount" | "paidAmount" | "refundedAmount", string>;

function rowOf(row: Raw): OrderRow {
  return { ...row, amount: BigInt(row.amount), paidAmount: BigInt(row.paidAmount), refundedAmount: BigInt(row.refundedAmount) };
}

function placeOf(place: { at: Date; id: string } | { createdAt: Date; id: string }): { at: Date; id: string } {
  return { at: "at" in place ? place.at : place.createdAt, id: place.id };
}
