import { prepared, type Tx } from "#db/client.ts";
import { deltas } from "#db/queries/home-deltas.ts";

/** How many events one piece of rolling up may be made of. */
const PIECE_EVENTS = 20_000;
/** And what a reader adds by itself: some tens of milliseconds. */
const READER_EVENTS = 4000;
/** How far back a merchant's history is counted when nothing of it is yet: more than the home screen ever looks at. */
const BACK_DAYS = 40;
const KEPT_DAYS = 100;
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
  await prepared(tx, "home_begin", "insert into home_progress values ($1, now() - make_interval(days => $2)) on conflict do nothing", [
    merchantId,
    BACK_DAYS,
  ]);
  const held = "select through from home_progress where merchant_id = $1 for update skip locked";
  const [mark] = await prepared<{ through: Date }>(tx, "home_mark", held, [merchantId]);
  if (!mark) return false;
  const [piece] = await prepared<{ until: string; more: boolean }>(tx, "home_piece", PIECE, [merchantId, LAG_SECONDS, PIECE_EVENTS]);
  if (!piece) return false;
  await prepared(tx, "home_roll", ROLL, [merchantId, piece.until]);
  await prepared(tx, "home_purge", "delete from home_figures where merchant_id = $1 and slot < now() - make_interval(days => $2)", [
    merchantId,
    KEPT_DAYS,
  ]);
  return piece.more;
}

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
), ${deltas("(select through from mark)", "$2::timestamptz")}, moved as (
  update home_progress set through = $2::timestamptz where merchant_id = $1
)
insert into home_figures as f (merchant_id, kind, slot, live, account_id, method, currency, opened, chosen, shown, paid, ended, amount)
select $1, kind, slot, live, account_id, method, currency, opened, chosen, shown, paid, ended, amount from deltas
on conflict on constraint home_figures_pkey do update set opened = f.opened + excluded.opened, chosen = f.chosen + excluded.chosen,
  shown = f.shown + excluded.shown, paid = f.paid + excluded.paid, ended = f.ended + excluded.ended, amount = f.amount + excluded.amount`;

/**
 * A statement's common table expressions: `figures`, a merchant's (`$1`) figures from `from` on: what is rolled up and what
 * is not yet, in one snapshot, so that nothing is counted twice while a worker rolls; and `known`, whose `until` is how far
 * they go: now, unless so much waits to be rolled up that a reader should not do it.
 */
export function figures(from: string): string {
  return `mark as (
  select coalesce((select through from home_progress where merchant_id = $1), ${from}) as through
), known as (
  select coalesce((select e.at from order_events e, mark where e.merchant_id = $1 and e.at >= mark.through
    order by e.at offset ${READER_EVENTS} limit 1), now() + interval '1 second') as until
), ${deltas("(select through from mark)", "(select until from known)")}, figures as (
  select kind, slot, live, account_id, method, currency, opened, chosen, shown, paid, ended, amount
  from home_figures where merchant_id = $1 and slot >= ${from}
  union all
  select kind, slot, live, account_id, method, currency, opened, chosen, shown, paid, ended, amount from deltas where slot >= ${from}
)`;
}
