import { z } from "zod";
import { type Database, db, inTransaction } from "#db/client.ts";
import { type Also, nothingAlong } from "#db/queries/audit.ts";
import { endpointOf } from "#db/queries/endpoints.ts";
import { countReplayable, insertReplay, lockReplay, type Replay, replayPiece, saveReplay } from "#db/queries/replays.ts";
import type { ReplayFilter } from "#db/schema/webhook-replays.ts";
import { fail, type Result } from "#lib/domain/errors.ts";
import { newId } from "#lib/domain/ids.ts";
import { sendJob, sendJobs } from "#lib/jobs/queues.ts";
import { WEBHOOK_TYPES } from "#lib/webhooks/decisions.ts";

/** Deliveries one replay sends again at most, and the days it may look back. */
export const REPLAY_MAX = 10_000;
export const REPLAY_DAYS_MAX = 90;
/** Made due again in one transaction. */
const PIECE = 500;

export const REPLAY_STATES = ["pending", "acknowledged", "dead"] as const;

/** What to send again. Instants; `from` inclusive, `to` exclusive. Absent means any. */
export const replayFields = {
  endpointId: z.string().max(64).nullish(),
  live: z.boolean().nullish(),
  types: z.array(z.enum(WEBHOOK_TYPES)).min(1).nullish(),
  states: z.array(z.enum(REPLAY_STATES)).min(1).nullish(),
  from: z.date(),
  to: z.date(),
};

export interface ReplayDeliveries {
  merchantId: string;
  endpointId?: string | null | undefined;
  live?: boolean | null | undefined;
  types?: string[] | null | undefined;
  states?: (typeof REPLAY_STATES)[number][] | null | undefined;
  from: Date;
  to: Date;
  /** A user's id, or an API key's. */
  actor: string;
  /** The replay's own; made up when absent. */
  id?: string | undefined;
}

/**
 * Asks for many deliveries to be sent again: same ids, same bytes, each on a schedule that begins anew, oldest first, keeping
 * nothing new waiting. Says how many; a job does it. Problems: `endpoint_not_found`, `replay_range` (from, to: not in order, or
 * longer than 90 days), `replay_empty`, `replay_too_many` (more than 10,000: narrow it down).
 */
export async function replayDeliveries(
  input: ReplayDeliveries,
  database: Database = db(),
  also: Also = nothingAlong,
): Promise<Result<{ replayId: string; count: number }>> {
  const { merchantId, from, to } = input;
  const days = (to.getTime() - from.getTime()) / 86_400_000;
  if (!(days > 0 && days <= REPLAY_DAYS_MAX)) return fail("replay_range", "from", { max: String(REPLAY_DAYS_MAX) });
  const filter: ReplayFilter = {
    endpointId: input.endpointId ?? null,
    live: input.live ?? null,
    types: input.types ?? null,
    states: input.states ?? null,
    from: from.toISOString(),
    to: to.toISOString(),
  };
  return inTransaction(database, async (tx): Promise<Result<{ replayId: string; count: number }>> => {
    if (filter.endpointId !== null) {
      const endpoint = await endpointOf(tx, merchantId, filter.endpointId);
      // An order's notify_url is of no mode by itself: its deliveries' orders are.
      const foreign = filter.live !== null && endpoint?.kind === "merchant" && endpoint.live !== filter.live;
      if (!endpoint || foreign) return fail("endpoint_not_found", "endpoint");
      if (!endpoint.active) return fail("endpoint_disabled", "endpoint");
    }
    const count = await countReplayable(tx, merchantId, filter, REPLAY_MAX);
    if (count === 0) return fail("replay_empty");
    if (count > REPLAY_MAX) return fail("replay_too_many", "from", { max: String(REPLAY_MAX) });
    const replayId = input.id ?? newId("replay");
    await insertReplay(tx, { id: replayId, merchantId, filter, total: count, requestedBy: input.actor });
    await sendJob(tx, "replay", { replayId });
    await also(tx, replayId);
    return { ok: true, value: { replayId, count } };
  });
}

/** Works through a replay, piece by piece, each in a transaction of its own, until it is finished. The job's handler. */
export async function replayMore(replayId: string, database: Database = db()): Promise<void> {
  for (let pieces = 0; pieces <= REPLAY_MAX / PIECE; pieces += 1) {
    if (!(await onePiece(replayId, database))) return;
  }
}

/** False when there is nothing left, or another is at it. */
async function onePiece(replayId: string, database: Database): Promise<boolean> {
  return inTransaction(database, async (tx) => {
    const replay: Replay | null = await lockReplay(tx, replayId);
    if (!replay) return false;
    // No more than was said, though new ones may match meanwhile.
    const left = Math.min(PIECE, replay.total - replay.done);
    const { streams, count, cursor } = await replayPiece(tx, replay, left);
    await sendJobs(tx, "deliver", streams);
    const done = replay.done + count;
    const finished = cursor === null || done >= replay.total;
    await saveReplay(tx, replayId, { done, cursor: cursor ?? replay.cursor, finished });
    return !finished;
  });
}
