import { randomUUID } from "node:crypto";
import { and, asc, eq, inArray, isNull, lte, ne, or, sql } from "drizzle-orm";
import { type Database, inTransaction, type Tx } from "#db/client.ts";
import { type NoticeContent, sandboxNotices, sandboxNoticeTries } from "#db/schema/sandbox/notices.ts";
import { sandboxPayments } from "#db/schema/sandbox/payments.ts";
import { sandboxPayouts } from "#db/schema/sandbox/payouts.ts";
import type { Dialect } from "#lib/dialects/dialect.ts";
import { readCaller } from "#lib/sandbox/callers.ts";
import { type NoticeSubject, noticeMessage } from "#lib/sandbox/notice-message.ts";
import { readPayout } from "#lib/sandbox/payout-rows.ts";
import { readPayment } from "#lib/sandbox/rows.ts";
import { send } from "#lib/sandbox/send.ts";

/** A notice claimed for one try. */
export interface ClaimedNotice {
  id: number;
  /** One of the two, and the other null. */
  paymentNo: string | null;
  payoutNo: string | null;
  content: NoticeContent;
  tries: number;
  token: string;
}

/** What became of one try. */
export interface NoticeTry {
  noticeId: number;
  number: number;
  status: number | null;
  body: string;
  error: string | null;
  acknowledged: boolean;
  /** Null when no try follows. */
  nextInSeconds: number | null;
}

export interface Delivery {
  database: Database;
  dialectOf: (gateway: string) => Dialect | null;
}

const LEASE_SECONDS = 30;
const BODY_MAX = 500;

/**
 * Claims due notices for one try each, oldest first, under a lease: two notifiers never send the same try, and a killed
 * one's claims run out. With `id`, that one is claimed whatever its state, unless somebody is sending it.
 */
export async function claimNotices(database: Database, limit: number, id?: number): Promise<ClaimedNotice[]> {
  const free = or(isNull(sandboxNotices.leaseUntil), lte(sandboxNotices.leaseUntil, sql`now()`));
  const due =
    id === undefined
      ? and(eq(sandboxNotices.state, "waiting"), lte(sandboxNotices.nextAt, sql`now()`), free)
      : and(eq(sandboxNotices.id, id), free);
  const chosen = database
    .select({ id: sandboxNotices.id })
    .from(sandboxNotices)
    .where(due)
    .orderBy(asc(sandboxNotices.nextAt), asc(sandboxNotices.id))
    .limit(limit)
    .for("update", { skipLocked: true });
  const token = randomUUID();
  const rows = await database
    .update(sandboxNotices)
    .set({ leaseUntil: sql`now() + make_interval(secs => ${LEASE_SECONDS})`, leaseToken: token })
    .where(inArray(sandboxNotices.id, chosen))
    .returning({
      id: sandboxNotices.id,
      paymentNo: sandboxNotices.paymentNo,
      payoutNo: sandboxNotices.payoutNo,
      content: sandboxNotices.content,
      tries: sandboxNotices.tries,
    });
  return rows.sort((a, b) => a.id - b.id).map((row) => ({ ...row, token }));
}

/** Sends a claimed notice once and records the try. Null when the lease was lost meanwhile: then somebody else's counts. */
export async function deliverNotice(delivery: Delivery, notice: ClaimedNotice): Promise<NoticeTry | null> {
  const { database, dialectOf } = delivery;
  const subject = await subjectOf(database, notice);
  const row = subject && ("payment" in subject ? subject.payment : subject.payout);
  const dialect = row && dialectOf(row.gateway);
  const caller = row && (await readCaller(database, row.gateway, row.callerNo));
  if (!subject || !dialect || !caller) throw new Error(`sandbox notice ${notice.id} has no subject, dialect or caller`);
  const message = noticeMessage(dialect, caller, subject, notice.content, new Date());
  const started = Date.now();
  const answer = message ? await send(message) : { status: null, body: "", error: "nothing to send" };
  const acknowledged = answer.status !== null && dialect.acknowledged({ status: answer.status, body: answer.body });
  const number = notice.tries + 1;
  const wait = acknowledged || !message ? null : (dialect.retrySeconds[notice.tries] ?? null);
  const made: NoticeTry = {
    noticeId: notice.id,
    number,
    status: answer.status,
    body: answer.body.slice(0, BODY_MAX).replaceAll("\0", ""),
    error: answer.error,
    acknowledged,
    nextInSeconds: wait,
  };
  return (await finish(database, notice, made, Date.now() - started)) ? made : null;
}

async function subjectOf(tx: Tx, { paymentNo, payoutNo }: ClaimedNotice): Promise<NoticeSubject | null> {
  if (paymentNo !== null) {
    const payment = await readPayment(tx, eq(sandboxPayments.no, paymentNo));
    return payment && { payment };
  }
  const payout = payoutNo === null ? null : await readPayout(tx, eq(sandboxPayouts.no, payoutNo));
  return payout && { payout };
}

async function finish(database: Database, notice: ClaimedNotice, made: NoticeTry, durationMs: number): Promise<boolean> {
  return inTransaction(database, async (tx) => {
    const [mine] = await tx
      .update(sandboxNotices)
      .set({
        tries: made.number,
        state: made.acknowledged ? "acknowledged" : made.nextInSeconds === null ? "given_up" : "waiting",
        nextAt: sql`now() + make_interval(secs => ${made.nextInSeconds ?? 0})`,
        heldBack: false,
        leaseUntil: null,
        leaseToken: null,
      })
      .where(and(eq(sandboxNotices.id, notice.id), eq(sandboxNotices.leaseToken, notice.token)))
      .returning({ id: sandboxNotices.id });
    if (!mine) return false;
    const { nextInSeconds: _next, ...logged } = made;
    await tx.insert(sandboxNoticeTries).values({ ...logged, durationMs });
    // What a stranger signed is no news of the gateway's, whoever believed it.
    if (made.acknowledged && notice.content !== "forged") await markAcknowledged(tx, notice);
    // A notice held back to come out of order goes once another payment's has gone out.
    const another = notice.paymentNo === null ? undefined : ne(sandboxNotices.paymentNo, notice.paymentNo);
    await tx
      .update(sandboxNotices)
      .set({ nextAt: sql`now()`, heldBack: false })
      .where(and(eq(sandboxNotices.heldBack, true), eq(sandboxNotices.state, "waiting"), another));
    return true;
  });
}

/** The first acknowledgement counts (seeds/003: status 2 becomes 3); later ones change nothing. */
async function markAcknowledged(tx: Tx, { paymentNo, payoutNo }: ClaimedNotice): Promise<void> {
  const acknowledgedAt = sql`clock_timestamp()`;
  if (paymentNo !== null)
    await tx
      .update(sandboxPayments)
      .set({ acknowledgedAt })
      .where(and(eq(sandboxPayments.no, paymentNo), isNull(sandboxPayments.acknowledgedAt)));
  if (payoutNo !== null)
    await tx
      .update(sandboxPayouts)
      .set({ acknowledgedAt })
      .where(and(eq(sandboxPayouts.no, payoutNo), isNull(sandboxPayouts.acknowledgedAt)));
}
