import { type Database, inTransaction } from "#db/client.ts";
import { claimProbe, clearChannels, lockChannel, releaseProbe, type Scope, saveChannel } from "#db/queries/channels.ts";
import { afterFailure, CAUSES, type Cause, type ChannelState, channelState, THRESHOLDS, worst } from "#lib/domain/channel.ts";
import type { Method } from "#lib/domain/methods.ts";
import type { Created, Outcome, RefusalCode } from "#lib/gateways/gateway.ts";
import { log } from "#lib/log.ts";
import type { Opened } from "#lib/payments/open-account.ts";
import type { Particulars } from "#lib/payments/send-create.ts";

/** What a refusal says about the channel; null: the gateway works, and this payment, or this shopper, was refused. */
const REFUSALS = {
  signature_rejected: "rejected",
  clock_skew: "rejected",
  forbidden: "rejected",
  unsupported: "unsupported",
  busy: "busy",
  wallet_error: "wallet",
  invalid_request: null,
  not_found: null,
  already_paid: null,
  already_closed: null,
  duplicate_number: null,
  insufficient_balance: null,
  code_expired: null,
  amount_rejected: null,
  refund_exceeds: null,
} as const satisfies Record<RefusalCode, Cause | null>;

/** Nobody may put a method out of use for others by a wrong card, or by a wallet of their own that pays nothing. */
const OWN = ["openid", "authCode", "bank", "cardNumber", "payer"] as const satisfies readonly (keyof Particulars)[];

/** Whether a payment can be created through this account and method, as far as their last tries tell. */
export function healthOf({ troubles }: Opened, method: Method): ChannelState {
  return worst(troubles.filter(({ scope }) => concerns(scope, method)).map((known) => channelState(known, known.now)));
}

/** Seconds until an account that is down may be tried again, or whoever tries it now is known to have failed; at least one. */
export function downFor({ troubles }: Opened, method: Method): number {
  const until = troubles
    .filter(({ scope }) => concerns(scope, method))
    .map(({ downUntil, probeUntil, now }) => Math.max(+(downUntil ?? 0), +(probeUntil ?? 0)) - now.getTime());
  return Math.max(1, Math.ceil(Math.max(0, ...until) / 1000));
}

/**
 * Whether this try may go through the account. Where it is half open, one caller may, in 30 seconds: the one for whom this is
 * true. `giveBack` undoes that when nothing is tried after all.
 */
export async function mayTry(database: Database, opened: Opened, method: Method): Promise<boolean> {
  const state = healthOf(opened, method);
  if (state !== "half_open") return state === "up";
  return claimProbe(database, opened.row.id, halfOpen(opened, method), THRESHOLDS.probeSeconds);
}

export async function giveBack(database: Database, opened: Opened, method: Method): Promise<void> {
  const scopes = halfOpen(opened, method);
  if (scopes.length > 0) await releaseProbe(database, opened.row.id, scopes);
}

/**
 * Learns from the end of a create. Nothing is written while all is well. Never fails the caller: what is not noted here only
 * costs the next shopper a try. `sent`: what of the shopper's own went along; a wallet's refusal is then about that shopper.
 */
export async function noteCreate(
  database: Database,
  opened: Opened,
  method: Method,
  outcome: Outcome<Created>,
  sent: Particulars,
): Promise<void> {
  const told = causeOf(outcome);
  const cause = told === "wallet" && OWN.some((one) => sent[one] !== undefined) ? null : told;
  const noted = cause ? noteFailure(database, opened, method, cause) : noteSuccess(database, opened, method, outcome);
  await noted.catch((error: Error) => log.warn({ account: opened.row.id, error: error.message }, "channel health not noted"));
}

function causeOf(outcome: Outcome<Created>): Cause | null {
  if (outcome.ok) return null;
  if (outcome.kind === "refused") return REFUSALS[outcome.code];
  return outcome.kind === "unreachable" ? "unreachable" : "unclear";
}

async function noteFailure(database: Database, { row }: Opened, method: Method, cause: Cause): Promise<void> {
  const scope = CAUSES[cause] === "account" ? "*" : method;
  const downs = await inTransaction(database, async (tx) => {
    const { known, now } = await lockChannel(tx, row.id, scope);
    const after = afterFailure(known, now);
    await saveChannel(tx, row.id, scope, cause, after);
    return after.downs > (known?.downs ?? 0) ? after.downs : 0;
  });
  if (downs > 0) log.warn({ account: row.id, scope, cause, downs }, "channel marked down");
}

/** An answer of any kind clears the account; only a payment that was created clears its method. */
async function noteSuccess(database: Database, { row, troubles }: Opened, method: Method, outcome: Outcome<Created>): Promise<void> {
  const cleared = troubles.map(({ scope }) => scope).filter((scope) => scope === "*" || (scope === method && outcome.ok));
  if (cleared.length === 0) return;
  const scopes = await clearChannels(database, row.id, cleared);
  if (scopes.length > 0) log.info({ account: row.id, scopes }, "channel works again");
}

function halfOpen({ troubles }: Opened, method: Method): Scope[] {
  return troubles
    .filter((known) => concerns(known.scope, method) && channelState(known, known.now) === "half_open")
    .map(({ scope }) => scope);
}

function concerns(scope: Scope, method: Method): boolean {
  return scope === "*" || scope === method;
}
