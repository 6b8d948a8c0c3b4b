import { sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";

/** Days of figures a link's page shows. */
export const FIGURE_DAYS = 30;

/** What was paid through a link in one currency, minor units; `paid` includes what was paid beyond the amount (surplus). */
export interface LinkTaken {
  currency: string;
  paid: bigint;
  refunded: bigint;
}

export interface LinkDay {
  /** In the merchant's calendar, `2026-11-20`. */
  day: string;
  opened: number;
  orders: number;
  paid: number;
  taken: LinkTaken[];
}

export interface LinkFigures {
  opened: number;
  orders: number;
  paid: number;
  /** Paid late, after their place had gone to somebody else. */
  oversold: number;
  taken: LinkTaken[];
  /** Days on which something happened, latest first; an order counts on the day it was opened. */
  days: LinkDay[];
}

/** Adds openings to today's figure of each link, today by its merchant's calendar. Unknown links are passed over. */
export async function addVisits(tx: Tx, counted: readonly (readonly [linkId: string, count: number])[]): Promise<void> {
  const json = JSON.stringify(counted.map(([id, count]) => ({ id, count })));
  // In one order everywhere: two processes that write the same links at once must not wait for each other in a circle.
  await tx.execute(sql`
    insert into link_visits (link_id, day, opened)
    select l.id, (now() at time zone m.time_zone)::date, v.count
    from jsonb_to_recordset(${json}::jsonb) as v(id text, count int)
    join checkout_links l on l.id = v.id join merchants m on m.id = l.merchant_id
    order by l.id
    on conflict (link_id, day) do update set opened = link_visits.opened + excluded.opened`);
}

/** All figures of one link of this merchant, counted by the database. */
export async function readFigures(tx: Tx, merchantId: string, linkId: string, timeZone: string): Promise<LinkFigures> {
  const [totals, days] = await Promise.all([
    tx.execute<Totals>(sql`
      select (select coalesce(sum(opened), 0)::int from link_visits where link_id = ${linkId}) as opened,
        coalesce(sum(orders), 0)::int as orders, coalesce(sum(paid), 0)::int as paid, coalesce(sum(oversold), 0)::int as oversold,
        coalesce(jsonb_agg(jsonb_build_object('currency', currency, 'paid', taken::text, 'refunded', refunded::text) order by currency)
          filter (where taken > 0), '[]') as taken
      from (
        select currency, count(*) as orders, count(*) filter (where state = 'paid') as paid,
          count(*) filter (where link_oversold) as oversold, sum(paid_amount) as taken, sum(refunded_amount) as refunded
        from orders where link_id = ${linkId} and merchant_id = ${merchantId} group by currency
      ) by_currency`),
    tx.execute<DayRow>(sql`
      with o as (
        select (created_at at time zone ${timeZone})::date as day, currency, count(*) as orders,
          count(*) filter (where state = 'paid') as paid, sum(paid_amount) as taken, sum(refunded_amount) as refunded
        from orders
        where link_id = ${linkId} and merchant_id = ${merchantId} and created_at > now() - make_interval(days => ${FIGURE_DAYS})
        group by 1, 2
      ), v as (
        select day, opened from link_visits where link_id = ${linkId} and day > (now() at time zone ${timeZone})::date - ${FIGURE_DAYS}::int
      )
      select day::text as day, coalesce(max(v.opened), 0)::int as opened, coalesce(sum(o.orders), 0)::int as orders,
        coalesce(sum(o.paid), 0)::int as paid,
        coalesce(jsonb_agg(jsonb_build_object('currency', o.currency, 'paid', o.taken::text, 'refunded', o.refunded::text) order by o.currency)
          filter (where o.taken > 0), '[]') as taken
      from o full join v using (day) group by day order by day desc`),
  ]);
  const [all] = totals.rows;
  return {
    opened: all?.opened ?? 0,
    orders: all?.orders ?? 0,
    paid: all?.paid ?? 0,
    oversold: all?.oversold ?? 0,
    taken: takenOf(all?.taken ?? []),
    days: days.rows.map((row) => ({ ...row, taken: takenOf(row.taken) })),
  };
}

/** Paid orders and their sums of several links at once, by link id: what a list shows. */
export async function readTakings(
  tx: Tx,
  merchantId: string,
  linkIds: readonly string[],
): Promise<Map<string, { paid: number; taken: LinkTaken[] }>> {
  const found = new Map<string, { paid: number; taken: LinkTaken[] }>();
  if (linkIds.length === 0) return found;
  const { rows } = await tx.execute<{ link_id: string; currency: string; count: number; paid: string; refunded: string }>(sql`
    select link_id, currency, count(*) filter (where state = 'paid')::int as count, sum(paid_amount)::text as paid,
      sum(refunded_amount)::text as refunded
    from orders where merchant_id = ${merchantId} and paid_amount > 0
      and link_id in (select jsonb_array_elements_text(${JSON.stringify(linkIds)}::jsonb))
    group by link_id, currency order by currency`);
  for (const { link_id, count, ...sum } of rows) {
    const one = found.get(link_id) ?? { paid: 0, taken: [] };
    found.set(link_id, { paid: one.paid + count, taken: [...one.taken, ...takenOf([sum])] });
  }
  return found;
}

interface RawTaken {
  currency: string;
  paid: string;
  refunded: string;
}

type Totals = { opened: number; orders: number; paid: number; oversold: number; taken: RawTaken[] };
type DayRow = { day: string; opened: number; orders: number; paid: number; taken: RawTaken[] };

function takenOf(rows: readonly RawTaken[]): LinkTaken[] {
  return rows.map(({ currency, paid, refunded }) => ({ currency, paid: BigInt(paid), refunded: BigInt(refunded) }));
}
