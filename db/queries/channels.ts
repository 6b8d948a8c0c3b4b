import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { channelHealth } from "#db/schema/channel-health.ts";
import { gatewayAccounts } from "#db/schema/gateway-accounts.ts";
import type { Cause, Troubled } from "#lib/domain/channel.ts";
import type { Method } from "#lib/domain/methods.ts";

/** The whole account, or one of its methods. */
export type Scope = Method | "*";

/** A troubled channel of an account, with the clock it was read by. */
export interface KnownTrouble extends Troubled {
  scope: Scope;
  now: Date;
}

/** Times since 1970 in milliseconds, as JSON carries them. */
interface Sent {
  scope: Scope;
  failures: number;
  downs: number;
  failed: number;
  down: number | null;
  probe: number | null;
  now: number;
}

const since1970 = (time: string): string => `floor(extract(epoch from ${time}) * 1000)`;

/** A column of a statement over accounts `g`: the account's troubled channels, for `readTroubles`. Mostly null. */
export const TROUBLES_OF_ACCOUNT = `(select jsonb_agg(jsonb_build_object('scope', h.scope, 'failures', h.failures, 'downs', h.downs,
  'failed', ${since1970("h.last_failed_at")}, 'down', ${since1970("h.down_until")}, 'probe', ${since1970("h.probe_until")},
  'now', ${since1970("clock_timestamp()")}))
  from channel_health h where h.account_id = g.id)`;

export type SentTroubles = Sent[] | null;

export function readTroubles(sent: SentTroubles): KnownTrouble[] {
  const time = (value: number | null) => (value === null ? null : new Date(value));
  return (sent ?? []).map(({ scope, failures, downs, failed, down, probe, now }) => ({
    ...{ scope, failures, downs },
    ...{ lastFailedAt: new Date(failed), downUntil: time(down), probeUntil: time(probe), now: new Date(now) },
  }));
}

/** One channel under its row lock, and the database's clock; `known` is null when it has no failure behind it. */
export async function lockChannel(tx: Tx, accountId: string, scope: Scope): Promise<{ known: Troubled | null; now: Date }> {
  // Two first failures at once: the account's lock puts them in a row.
  const [account] = await tx
    .select({ now: sql<string>`clock_timestamp()` })
    .from(gatewayAccounts)
    .where(eq(gatewayAccounts.id, accountId))
    .for("no key update");
  const [known] = await tx
    .select()
    .from(channelHealth)
    .where(ofChannels(accountId, [scope]));
  return { known: known ?? null, now: new Date(account?.now ?? Date.now()) };
}

/** Writes what became of a channel after a failure. */
export async function saveChannel(tx: Tx, accountId: string, scope: Scope, cause: Cause, after: Troubled): Promise<void> {
  const values = { ...after, cause };
  await tx
    .insert(channelHealth)
    .values({ accountId, scope, ...values })
    .onConflictDoUpdate({ target: [channelHealth.accountId, channelHealth.scope], set: values });
}

/** These channels work: nothing is remembered of them any more. Gives the scopes that had been marked down. */
export async function clearChannels(tx: Tx, accountId: string, scopes: readonly Scope[]): Promise<Scope[]> {
  const cleared = await tx
    .delete(channelHealth)
    .where(ofChannels(accountId, scopes))
    .returning({ scope: channelHealth.scope, downs: channelHealth.downs });
  return cleared.filter((one) => one.downs > 0).map((one) => one.scope as Scope);
}

/** Claims to be the one who tries half-open channels again: true for one caller, who has all of them. */
export async function claimProbe(tx: Tx, accountId: string, scopes: readonly Scope[], seconds: number): Promise<boolean> {
  const free = sql`${channelHealth.downUntil} <= now() and (${channelHealth.probeUntil} is null or ${channelHealth.probeUntil} <= now())`;
  const claimed = await tx
    .update(channelHealth)
    .set({ probeUntil: sql`now() + make_interval(secs => ${seconds})` })
    .where(and(ofChannels(accountId, scopes), free))
    .returning({ scope: channelHealth.scope });
  return claimed.length === scopes.length;
}

/** Nobody tries these channels after all. */
export async function releaseProbe(tx: Tx, accountId: string, scopes: readonly Scope[]): Promise<void> {
  await tx.update(channelHealth).set({ probeUntil: null }).where(ofChannels(accountId, scopes));
}

function ofChannels(accountId: string, scopes: readonly Scope[]): SQL | undefined {
  return and(eq(channelHealth.accountId, accountId), inArray(channelHealth.scope, [...scopes]));
}
