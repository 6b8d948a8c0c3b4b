import { prepared, type Tx } from "#db/client.ts";
import { fiveMinutes } from "#db/queries/home-deltas.ts";
import { figures } from "#db/queries/home-figures.ts";
import type { Method } from "#lib/domain/methods.ts";

/** How many days the figures under "how it worked" look back, today included. */
export const PERIODS = [1, 7, 30] as const;
export type Period = (typeof PERIODS)[number];

/** What was paid in one currency in some time; minor units. */
export interface Sum {
  currency: string;
  count: number;
  amount: bigint;
}

/** How far the orders of a period came; each step has those of the next. */
export interface Steps {
  opened: number;
  chosen: number;
  shown: number;
  paid: number;
  /** Paid, expired or cancelled. */
  ended: number;
}

/** How tries of one method through one account ended. */
export interface ChannelFigures {
  accountId: string;
  method: Method;
  tried: number;
  paid: number;
  ended: number;
}

export interface HomeFigures {
  /** Today in the merchant's zone, `YYYY-MM-DD`. */
  today: string;
  /** Set when the figures end minutes ago, because much is still being counted. */
  until: Date | null;
  /** The last thirty days that had any, by the merchant's calendar. */
  days: (Sum & { day: string })[];
  /** The same of today, yesterday and this day a week ago, by the hour of the day. */
  hours: (Sum & { back: 0 | 1 | 7; hour: number })[];
  /** What yesterday (1) and this day a week ago (7) had by the same time of the day. */
  byNow: (Sum & { back: 1 | 7 })[];
  steps: Steps;
  channels: ChannelFigures[];
}

export interface HomeQuestion {
  merchantId: string;
  timeZone: string;
  /** Real and test money never stand in one sum. */
  live: boolean;
  period: Period;
  now: Date;
}

/** A merchant's figures in one mode. Orders and tries count by when they began, money by when we learnt of it. */
export async function readFigures(tx: Tx, asked: HomeQuestion): Promise<HomeFigures> {
  const values = [asked.merchantId, asked.timeZone, asked.now, asked.live, asked.period];
  const [[row], rest] = await Promise.all([
    prepared<Row>(tx, "home_read", READ, values),
    prepared<Rest>(tx, "home_rest", REST, values.slice(0, 4)),
  ]);
  if (!row) throw new Error("home: no answer");
  const { today, until, steps } = row;
  return {
    today,
    until: until === null ? null : new Date(until),
    days: row.days.map(sumOf),
    hours: row.hours.map(sumOf),
    byNow: together([...row.by_now, ...rest].map(sumOf)),
    steps,
    channels: row.channels,
  };
}

interface Sent {
  currency: string;
  count: number;
  amount: string;
}
interface Row {
  today: string;
  until: string | null;
  days: (Sent & { day: string })[];
  hours: (Sent & { back: 0 | 1 | 7; hour: number })[];
  by_now: (Sent & { back: 1 | 7 })[];
  steps: Steps;
  channels: ChannelFigures[];
}
type Rest = Sent & { back: 1 | 7 };

function sumOf<S extends Sent>(sent: S): Omit<S, "amount"> & { amount: bigint } {
  return { ...sent, amount: BigInt(sent.amount) };
}

/** Two pieces of one day are one sum. */
function together(pieces: (Sum & { back: 1 | 7 })[]): (Sum & { back: 1 | 7 })[] {
  const sums = new Map<string, Sum & { back: 1 | 7 }>();
  for (const piece of pieces) {
    const key = `${piece.back} ${piece.currency}`;
    const known = sums.get(key);
    sums.set(key, known ? { ...known, count: known.count + piece.count, amount: known.amount + piece.amount } : piece);
  }
  return [...sums.values()];
}

/** The instant that is so many days before `$3` by the merchant's clock. */
const cut = (days: string | number): string => `((($3::timestamptz at time zone $2) - make_interval(days => ${days})) at time zone $2)`;
const SUM = `'currency', currency, 'count', count, 'amount', amount::text`;
const day = (back: string): string => `((($3::timestamptz at time zone $2)::date - (${back}))::timestamp at time zone $2)`;

// One statement is one snapshot: a worker that rolls at the same time moves no event in or out of it.
const READ = `
with ${figures(day("29"), "$2")}, f as materialized (
  select f.*, (slot at time zone $2) as local, ($3::timestamptz at time zone $2)::date - (slot at time zone $2)::date as back
  from figures f where live = $4
), days as (
  select currency, local::date as day, sum(paid)::int as count, sum(amount) as amount from f where kind = 'day' group by 1, 2
), hours as (
  select currency, back, extract(hour from local)::int as hour, sum(paid)::int as count, sum(amount) as amount
  from f where kind = 'taken' and back in (0, 1, 7) group by 1, 2, 3
), by_now as (
  select currency, back.days as back, sum(paid)::int as count, sum(amount) as amount
  from (values (1), (7)) as back(days) join f on f.kind = 'taken' and f.back = back.days and f.slot < ${fiveMinutes(cut("back.days"))} group by 1, 2
), asked as (
  select * from f where slot >= ${day("$5::int - 1")}
)
select ($3::timestamptz at time zone $2)::date::text as today,
  (select case when until < now() - interval '5 minutes' then until end from known)::text as until,
  (select coalesce(jsonb_agg(jsonb_build_object('day', day, ${SUM}) order by day, currency), '[]') from days) as days,
  (select coalesce(jsonb_agg(jsonb_build_object('back', back, 'hour', hour, ${SUM}) order by back, hour, currency), '[]') from hours) as hours,
  (select coalesce(jsonb_agg(jsonb_build_object('back', back, ${SUM}) order by back, currency), '[]') from by_now) as by_now,
  (select jsonb_build_object('opened', coalesce(sum(opened), 0), 'chosen', coalesce(sum(chosen), 0), 'shown', coalesce(sum(shown), 0),
    'paid', coalesce(sum(paid), 0), 'ended', coalesce(sum(ended), 0)) from asked where kind = 'order') as steps,
  (select coalesce(jsonb_agg(jsonb_build_object('accountId', account_id, 'method', method, 'tried', tried, 'paid', paid, 'ended', ended)
    order by tried desc, account_id, method), '[]')
    from (select account_id, method, sum(opened) as tried, sum(paid) as paid, sum(ended) as ended
      from asked where kind = 'attempt' group by 1, 2) c) as channels`;

// What the slot of the cut itself had before it: read from the history, five minutes at most. A day at a time with its own
// constants, so that the planner sees how short the time is; `limit 1` as in home-deltas.ts.
const restOf = (days: 1 | 7): string => `
select o.currency, ${days} as back, count(*)::int as count, sum(o.amount)::text as amount
from order_events e
cross join lateral (select o.currency, o.amount, o.live from orders o where o.id = e.order_id limit 1) o
where e.merchant_id = $1 and e.at >= ${fiveMinutes(cut(days))} and e.at < ${cut(days)} and e.type in ('order.paid', 'order.paid_late')
  and o.live = $4
group by o.currency`;
const REST = `${restOf(1)} union all ${restOf(7)}`;
