import { randomUUID } from "node:crypto";
import { and, asc, eq, inArray, isNull, lte, ne, or, sql } from "drizzle-orm";
import { Agent, fetch as guardedFetch } from "undici";
import { type Database, inTransaction } from "#db/client.ts";
import { sandboxNotices, sandboxNoticeTries } from "#db/schema/sandbox/notices.ts";
import { sandboxPayments } from "#db/schema/sandbox/payments.ts";
import type { Dialect, WireMessage } from "#lib/dialects/dialect.ts";
import { env } from "#lib/env.ts";
import { readCaller } from "#lib/sandbox/callers.ts";
import { noticeMessage } from "#lib/sandbox/notice-message.ts";
import { readPayment } from "#lib/sandbox/rows.ts";
import { guardedLookup, isPublicHost } from "#lib/webhooks/guard.ts";

/** A notice claimed for one try. */
export interface ClaimedNotice {
  id: number;
  paymentNo: string;
  content: "genuine" | "forged" | "wrong_amount" | "wrong_currency";
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
const TIMEOUT_MS = 10_000;
const BODY_MAX = 500;
const READ_MAX = 64 * 1024;

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
      content: sandboxNotices.content,
      tries: sandboxNotices.tries,
    });
  return rows.sort((a, b) => a.id - b.id).map((row) => ({ ...row, token }));
}

/** Sends a claimed notice once and records the try. Null when the lease was lost meanwhile: then somebody else's counts. */
export async function deliverNotice(delivery: Delivery, notice: ClaimedNotice): Promise<NoticeTry | null> {
  const { database, dialectOf } = delivery;
  const row = await readPayment(database, eq(sandboxPayments.no, notice.paymentNo));
  const dialect = row && dialectOf(row.gateway);
  const caller = row && (await readCaller(database, row.gateway, row.callerNo));
  if (!row || !dialect || !caller) throw new Error(`sandbox notice ${notice.id} has no payment, dialect or caller`);
  const message = noticeMessage(dialect, caller, row, notice.content, new Date());
  const started = Date.now();
  const answer = message ? await send(message) : { status: null, body: "", error: "no notify_url" };
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
    // A notice held back to come out of order goes once another payment's has gone out.
    await tx
      .update(sandboxNotices)
      .set({ nextAt: sql`now()`, heldBack: false })
      .where(and(eq(sandboxNotices.heldBack, true), eq(sandboxNotices.state, "waiting"), ne(sandboxNotices.paymentNo, notice.paymentNo)));
    return true;
  });
}

const guarded = new Agent({ connect: { timeout: 3000, lookup: guardedLookup } });

/**
 * Which addresses a caller's notify_url may lead to, with `own` our PUBLIC_URL: on a developer's machine any; where the public
 * reaches us, only the public internet and ourselves, since the answer is shown on our pages.
 */
export function reachOf(url: string, own: string): "open" | "guarded" | "refused" {
  const { origin, hostname } = new URL(url);
  if (origin === own || !isPublicHost(new URL(own).hostname)) return "open";
  return isPublicHost(hostname) ? "guarded" : "refused";
}

async function send(message: WireMessage): Promise<{ status: number | null; body: string; error: string | null }> {
  try {
    const reach = env().ALLOW_PRIVATE_WEBHOOKS === "1" ? "open" : reachOf(message.url, env().PUBLIC_URL);
    if (reach === "refused") return { status: null, body: "", error: "address refused" };
    const options = {
      method: message.method,
      headers: message.headers,
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(message.method === "POST" ? { body: message.body } : {}),
    } as const;
    const response =
      reach === "guarded" ? await guardedFetch(message.url, { ...options, dispatcher: guarded }) : await fetch(message.url, options);
    return { status: response.status, body: await readSome(response), error: null };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { status: null, body: "", error: cause instanceof Error ? cause.message || cause.name : "no answer" };
  }
}

async function readSome(response: { body: AsyncIterable<Uint8Array> | null }): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= READ_MAX) break;
  }
  return Buffer.concat(chunks).subarray(0, READ_MAX).toString("utf8");
}
