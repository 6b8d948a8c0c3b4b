import { createHash } from "node:crypto";
import type { Database } from "#db/client.ts";
import { type Claim, claimIdempotencyKey, endLease, keepAnswer } from "#db/queries/api-idempotency.ts";
import { newToken } from "#lib/domain/ids.ts";
import { log } from "#lib/log.ts";
import { sealFor, unsealFor } from "#lib/secrets.ts";

/**
 * Idempotency-Key, and why it holds.
 *
 * 1. The key is claimed (committed) before the operation runs, with a hash of method, path and body and a `seed`. Who finds it
 *    claimed gets 409 while it is in flight, 422 for another request, or the stored answer.
 * 2. What is made is named by the seed: an order without a reference of the shop's own has the seed as reference, a refund as its
 *    key, a secret, a replay, a test delivery as its id. Those names are unique in the database. So running the request twice, even
 *    at the same time, makes one thing: the second run finds the first's. An attempt that is alive is given again, and a scanned
 *    code is charged once, key or no key. What is changed rather than made is written down beside the key in the same commit
 *    (`made`, by `alsoOf`): a later run does not change it again. A run whose lease is over cannot commit after another began.
 * 3. The answer is kept after the operation has committed. A process that dies between the two leaves a key without an answer;
 *    its lease ends after a minute, and the same request then claims it anew *with the same seed*, runs again, finds what was
 *    made, and answers it. So a crash locks a key for a minute at most, and no key ever makes two.
 * 4. Final answers (`isFinal`) are kept. After a 5xx, and after whatever else passes by itself (`isFinal`), nothing is known to be wrong
 *    with the request: the lease ends at once, and the same request may be made again under the same key.
 */
const LEASE_SECONDS = 60;
const KEY = /^[\x21-\x7e]{1,255}$/;

export interface Claimed {
  merchantId: string;
  key: string;
}

/** One run under a claimed key. */
export interface Run extends Claimed {
  leaseUntil: Date;
}

/** Another run has the key now: this one must not commit. Thrown in its transaction. */
export class RunOver extends Error {}

export function isIdempotencyKey(text: string): boolean {
  return KEY.test(text);
}

/** Claims the key for one request, or tells what is known of it. `done` has the answer's bytes. */
export async function claimKey(
  database: Database,
  request: { merchantId: string; live: boolean; key: string; method: string; path: string; body: Uint8Array },
): Promise<{ at: Claimed; claim: Claim; resumedFrom: Date | null }> {
  const at = { merchantId: request.merchantId, key: `${request.live ? "live" : "test"}:${request.key}` };
  const requestHash = createHash("sha256").update(`${request.method} ${request.path}\n`).update(request.body).digest("hex");
  const seed = newToken();
  const claim = await claimIdempotencyKey(database, { ...at, requestHash, seed, leaseSeconds: LEASE_SECONDS });
  const resumedFrom = claim.kind === "claimed" && claim.seed !== seed ? claim.createdAt : null;
  if (claim.kind !== "done") return { at, claim, resumedFrom };
  return { at, resumedFrom, claim: { ...claim, body: unsealFor("idempotency_keys.body", rowId(at), claim.body) } };
}

/** Keeps a final answer; `status` null frees the key. A database that is gone now frees it too, by the lease's end. */
export async function settleKey(database: Database, at: Run, status: number | null, body: string): Promise<void> {
  try {
    if (status !== null) await keepAnswer(database, at, status, sealFor("idempotency_keys.body", rowId(at), body));
    else await endLease(database, at);
  } catch (error) {
    log.error({ error: error instanceof Error ? error.message : "error" }, "api: answer not kept; its lease will end");
  }
}

function rowId({ merchantId, key }: Claimed): string {
  return `${merchantId}/${key}`;
}
