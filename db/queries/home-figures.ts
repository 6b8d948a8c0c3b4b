import { prepared, type Tx } from "#db/client.ts";
import { deltas } from "#db/queries/home-deltas.ts";

/** How many events one piece of rolling up may be made of. */
const PIECE_EVENTS = 20_000;
/** And what a reader adds by itself: some tens of milliseconds. */
const READER_EVENTS = 4000;
/** How far back a merchant's history is counted when nothing of it is yet: more than the home screen ever looks at. */
const BACK_DAYS = 40;
/** The days' figures are few; those of five minutes are for comparing with a week ago. */
const KEPT_DAYS = { day: 100, taken: 10 } as const;
/** Events are written with the time they were decided at and committed a little later: younger ones are left for next time. */
const LAG_SECONDS = 60;

/** Merchants whose history has grown since it was last rolled up. */
export async function merchantsToRoll(tx: Tx): Promise<string[]> {
  const text = `
select m.id from merchants m left join home_progress p on p.merchant_id = m.id
where exists (select from order_events e where e.merchant_id = m.id and e.at < now() - make_interval(secs => $1)
  and e.at >= coalesce(p.through, now() - make_interval(days => $2)))
limit 500`;
  const rows = await prepared<{ id: string }>(tx, "home_merchants", text, [LAG_SECONDS, BACK_DAYS]);
  return rows.map(({ id }) => id);
}

/**
 * Adds the next piece of a merchant's history to its figures and moves its mark, in the caller's transaction: each event is
 * added once, whoever stops where. True when there is more to add. Somebody else at it: nothing is done.
 */
export async function rollFigures(tx: Tx, merchantId: string): Promise<boolean> {
  // Backfilling a large history is a worker's own work: the five seconds are for requests.
  await tx.$client.query("set local statement_timeout = '120s'");
  await prepared(tx, "home_begin", BEGIN, [merchantId, BACK_DAYS]);
  const held = `select p.zone is distinct from m.time_zone as moved, m.time_zone as zone from home_progress p
    join merchants m on m.id = p.merchant_id where p.merchant_id = $1 for update of p skip locked`;
  const [mark] = await prepared<{ moved: boolean; zone: string }>(tx, "home_mark", held, [merchantId]);
  if (!mark) return false;
  if (mark.moved) await countAnew(tx, merchantId, mark.zone);
  const [piece] = await prepared<{ until: string; more: boolean }>(tx, "home_piece", PIECE, [merchantId, LAG_SECONDS, PIECE_EVENTS]);
  if (!piece) return false;
  await prepared(tx, "home_roll", ROLL, [merchantId, piece.until, mark.zone]);
  await prepared(tx, "home_purge", PURGE, [merchantId, KEPT_DAYS.day, KEPT_DAYS.taken]);
  return piece.more;
}

/** The merchant lives by another clock now: other days. */
async function countAnew(tx: Tx, merchantId: string, zone: string): Promise<void> {
  await prepared(tx, "home_empty", "delete from home_figures where merchant_id = $1", [merchantId]);
  const back = "update home_progress set zone = $2, through = now() - make_interval(days => $3) where merchant_id = $1";
  await prepared(tx, "home_anew", back, [merchantId, zone, BACK_DAYS]);
}

const BEGIN = `insert into home_progress (merchant_id, through, zone)
select id, now() - make_interval(days => $2), time_zone from merchants where id = $1 on conflict do nothing`;

const PURGE = `delete from home_figures where merchant_id = $1 and slot < now() - make_interval(days => case kind when 'taken' then $3::int else $2::int end)`;

// Up to the event after the piece's last; many written at one instant (an import) go along with it. As text: a Date of ours has
// no microseconds, and the mark must stand where the piece ended.
const PIECE = `
select coalesce(next.at, settled.at)::text as until, next.at is not null as more
from home_progress p
cross join lateral (select now() - make_interval(secs => $2) as at) settled
left join lateral (
  select greatest(n.at, p.through + interval '1 microsecond') as at from (
    select e.at from order_events e where e.merchant_id = $1 and e.at >= p.through order by e.at offset $3 limit 1
  ) n where n.at < settled.at
) next on true
where p.merchant_id = $1 and p.through < settled.at`;

const ROLL = `
with mark as (
  select through from home_progress where merchant_id = $1
), ${deltas("(select through from mark)", "$2::timestamptz", "$3")}, moved as (
  update home_progress set through = $2::timestamptz where merchant_id = $1
)
insert into home_figures as f (merchant_id, kind, slot, live, account_id, method, currency, opened, chosen, shown, paid, ended, amount)
select $1, kind, slot, live, account_id, method, currency, opened, chosen, shown, paid, ended, amount from deltas
on conflict on constraint home_figures_pkey do update set opened = f.opened + excluded.opened, chosen = f.chosen + excluded.chosen,
  shown = f.shown + excluded.shown, paid = f.paid + excluded.paid, ended = f.ended + excluded.ended, amount = f.amount + excluded.amount`;

/**
 * A statement's common table expressions: `figures`, a merchant's (`$1`) figures from `from` on by the days of `zone`: what is rolled up and what
 * is not yet, in one snapshot, so that nothing is counted twice while a worker rolls; and `known`, whose `until` is how far
 * they go: now, unless so much waits to be rolled up that a reader should not do it.
 */
export function figures(from: string, zone: string): string {
  return `mark as (
  select coalesce((select through from home_progress where merchant_id = $1), ${from}) as through
), known as (
  select coalesce((select e.at from order_events e where e.merchant_id = $1 and e.at >= (select through from mark)
    order by e.at offset ${READER_EVENTS} limit 1), now() + interval '1 second') as until
), ${deltas("(select through from mark)", "(select until from known)", zone)}, figures as (
  select kind, slot, live, account_id, method, currency, opened, chosen, shown, paid, ended, amount
  from home_figures where merchant_id = $1 and slot >= ${from}
  union all
  select kind, slot, live, account_id, method, currency, opened, chosen, shown, paid, ended, amount from deltas where slot >= ${from}
)`;
}
